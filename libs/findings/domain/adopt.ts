import { isPartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { isRegionCode } from '#libs/kernel/regions.js';
import { FUNDING_SOURCES, PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import type { Parameter } from './parameters.js';
import { RULE_SET_ID, type RuleSetAdopted } from './rule-set-events.js';
import { SHIPPED_RULE_SET, SHIPPED_RULE_SETS, type RuleSet } from './rule-sets.js';

/** A version that exists is adopted as it is; a new one says what it changes against the one before. */
export interface AdoptRuleSet {
  ruleSetId: string;
  version: number;
  region: string;
  /** First day on which it is in force there, `YYYY-MM-DD`. */
  from: string;
  title?: string;
  authority?: string;
  documentNumber?: string;
  /** All dated values of each parameter that is named here take the place of those before. */
  parameters?: readonly Parameter[];
  /** Rules that are judged; default: those of the version before. */
  rules?: readonly string[];
}

/** @param versions those adopted so far, oldest first @throws Refusal `ruleSet.…`, `region.unknown` */
export function adopt(asked: AdoptRuleSet, versions: readonly RuleSet[]): RuleSetAdopted {
  const { ruleSetId, version, region, from } = asked;
  if (!RULE_SET_ID.test(ruleSetId)) refuse('ruleSet.badId', `“${ruleSetId}”不能作规则集标识`, { ruleSetId });
  if (!isRegionCode(region)) throw new Refusal('region.unknown', `未知的行政区划代码“${region}”`, { region });
  assertDay(from);
  // What a store recorded of a version goes before what is shipped under its number.
  const recorded = (shipped: RuleSet) => versions.find((each) => each.version === shipped.version) ?? shipped;
  const known = ruleSetId === SHIPPED_RULE_SET.id ? SHIPPED_RULE_SETS.map(recorded) : versions;
  const before = known.find((each) => each.version === version);
  const { id: _, ...content } = before ? asItIs(asked, before) : next(asked, known.at(-1));
  const parameters = content.parameters.map((one) => ({ ...one, value: plain(one.value) }));
  return {
    ruleSetId,
    region,
    from,
    ...content,
    parameters,
    rules: content.rules.map((rule) => ({ ...rule })),
  };
}

function asItIs(asked: AdoptRuleSet, before: RuleSet): RuleSet {
  const said = (['title', 'authority', 'documentNumber', 'parameters', 'rules'] as const).filter(
    (field) => asked[field] !== undefined,
  );
  if (said.length === 0) return before;
  const message = `规则集 ${before.id} 第 ${before.version} 版已经采用过，内容不能改变；请另立新版`;
  return refuse('ruleSet.versionExists', message, { version: before.version, said });
}

function next(asked: AdoptRuleSet, latest: RuleSet | undefined): RuleSet {
  const { ruleSetId: id, version, title, authority, documentNumber, parameters = [], rules } = asked;
  const expected = (latest?.version ?? 0) + 1;
  if (version !== expected) {
    refuse('ruleSet.badVersion', `规则集 ${id} 的下一版应为第 ${expected} 版，而不是第 ${version} 版`, {
      expected,
      version,
    });
  }
  if (id === SHIPPED_RULE_SET.id) refuse('ruleSet.shipped', '默认规则集随系统发布，不能另立新版', { id });
  if (!title || !authority || !documentNumber) {
    return refuse('ruleSet.incomplete', '新规则集须写明名称、发布机关和文号', { id, version });
  }
  const base = latest ?? SHIPPED_RULE_SET;
  for (const parameter of parameters) assertFits(parameter);
  const named = new Set(parameters.map(({ name }) => name));
  const kept = base.parameters.filter(({ name }) => !named.has(name));
  const shipped = SHIPPED_RULE_SET.rules;
  const unknown = rules?.filter((rule) => !shipped.some((each) => each.id === rule)) ?? [];
  if (unknown.length > 0) refuse('ruleSet.unknownRule', `没有这些规则：${unknown.join('、')}`, { unknown });
  return {
    id,
    version,
    title,
    authority,
    documentNumber,
    parameters: [...kept, ...parameters],
    rules: rules ? shipped.filter((rule) => rules.includes(rule.id)) : base.rules,
  };
}

const WORDS: Record<string, object> = {
  'M2.centralSources': FUNDING_SOURCES,
  'M11.categories': PROJECT_CATEGORIES,
};
/** Counted in wholes: months, days, fen, projects, reports. The others may have a fraction (`97.5`, `1/3`). */
const WHOLE = /(?:[Mm]onths|[Dd]ays?|Day|Fen|[Rr]eports|Projects)$/u;

/** @throws Refusal `ruleSet.unknownParameter`, `ruleSet.badValue`, `ruleSet.badDay` */
function assertFits({ name, value, from }: Parameter): void {
  assertDay(from);
  const shipped = SHIPPED_RULE_SET.parameters.find((each) => each.name === name);
  if (!shipped) return refuse('ruleSet.unknownParameter', `没有参数“${name}”`, { name });
  const shown = typeof value === 'string' ? value : value.join('、');
  const bad = (expected: string) =>
    refuse('ruleSet.badValue', `参数 ${name} 应为${expected}，而不是“${shown}”`, { name });
  if (typeof shipped.value !== 'string') {
    if (typeof value === 'string' || value.length === 0) return bad('一组词');
    const words = WORDS[name];
    if (words && value.some((word) => !Object.hasOwn(words, word)))
      return bad(`下列代码：${Object.keys(words).join('、')}`);
    return;
  }
  if (typeof value !== 'string') return bad('一个数');
  if (WHOLE.test(name)) return /^\d{1,15}$/u.test(value) ? undefined : bad('非负整数');
  if (!/^\d{1,9}(\.\d{1,6})?(\/[1-9]\d{0,8})?$/u.test(value)) bad('非负小数或分数');
}

function assertDay(day: string): void {
  if (day.length !== 10 || !isPartialDate(day))
    refuse('ruleSet.badDay', `“${day}”不是日期（应为年-月-日）`, { day });
}

const plain = (value: Parameter['value']): string | string[] =>
  typeof value === 'string' ? value : [...value];

function refuse(code: string, message: string, details: Readonly<Record<string, unknown>>): never {
  throw new Refusal(code, message, details);
}
