import type {
  JudgedComparison,
  JudgedSide,
  RuleSetAdoptionView,
  RuleSetView,
} from '#libs/read-models/findings/rule-set-queries.js';
import type { Table } from '../output/table.js';

export function adoptionsTable(adoptions: readonly RuleSetAdoptionView[]): Table {
  return {
    title: `规则集的施行（${adoptions.length} 项）`,
    columns: [
      { header: '规则集' },
      { header: '名称', maxWidth: 24 },
      { header: '地区' },
      { header: '施行日' },
      { header: '发布机关', maxWidth: 20 },
      { header: '文号', maxWidth: 24 },
      { header: '经办' },
    ],
    rows: adoptions.map(({ id, version, title, region, from, authority, documentNumber, adopted }) => [
      `${id}@${version}`,
      title,
      region?.label ?? '各地',
      from,
      authority,
      documentNumber,
      adopted ? `${adopted.actor.unit} ${adopted.actor.user}` : '',
    ]),
    notes: adoptions.flatMap(({ id, version, region, newer }) =>
      newer === null
        ? []
        : [
            `${region?.label ?? '各地'}采用的是 ${id} 第 ${version} 版，随系统发布的已是第 ${newer} 版；采用后自所定之日起施行，以前各日仍按原版。`,
          ],
    ),
  };
}

export function parametersTable({ id, version, title, parameters, rules }: RuleSetView): Table {
  return {
    title: `${id}@${version} ${title}`,
    columns: [
      { header: '参数' },
      { header: '自' },
      { header: '值', maxWidth: 40 },
      { header: '出处', maxWidth: 40 },
    ],
    rows: parameters.map(({ name, from, value, source }) => [
      name,
      from,
      typeof value === 'string' ? value : value.join('、'),
      source,
    ]),
    notes: [`规则：${rules.map((rule) => rule.id).join('、')}`],
  };
}

export function comparisonTable({ left, right, on, same, compared, items }: JudgedComparison): Table {
  const name = ({ id, version }: { id: string; version: number }) => `${id}@${version}`;
  return {
    title: `${on}：${name(left)} 与 ${name(right)}（比较 ${compared} 项，相同 ${same} 项，不同 ${items.length} 项）`,
    columns: [
      { header: '规则' },
      { header: '项目', maxWidth: 24 },
      { header: name(left), maxWidth: 48 },
      { header: name(right), maxWidth: 48 },
    ],
    rows: items.map((item) => [item.rule.id, item.subject.name, sideText(item.left), sideText(item.right)]),
    notes: ['每一方的数字和背后的事件见 --json。'],
  };
}

function sideText({ status, severity, items, why }: JudgedSide): string {
  const said = why ?? items.map(({ sentence }) => sentence).join('；');
  return [severity?.label ?? status.label, said].filter((part) => part !== '').join('：');
}
