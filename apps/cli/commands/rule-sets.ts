import type { Command } from 'commander';
import type { AdoptRuleSet } from '#libs/findings/domain/adopt.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import { idFor } from '#libs/kernel/ids.js';
import { digestOf } from '#libs/kernel/canonical.js';
import { chinaDay, parsePartialDate } from '#libs/kernel/partial-date.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import {
  CompareRuleSetsQuery,
  RuleSetQuery,
  RuleSetsQuery,
  type ComparisonAsked,
  type JudgedComparison,
} from '#libs/read-models/findings/rule-set-queries.js';
import { addActorOptions, readActor, type ActorOptions } from '../actor.js';
import type { CliContext } from '../context.js';
import { addAsOfOptions, given, oneOf, region, uuid, wholeNumber } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { readBytes } from '../read-bytes.js';
import { adoptionsTable, comparisonTable, parametersTable } from '../views/rule-set-tables.js';

const RULE_TITLES = Object.fromEntries(RULES.map(({ id, title }) => [id, title]));

export function addRuleSets(program: Command, context: CliContext): void {
  const sets = program.command('rule-sets').description('规则集：审计规则的参数，在何地、从何日起施行');
  const add = (name: string, what: string): Command =>
    addFormatOptions(sets.command(name).description(what).helpOption('-h, --help', '显示帮助'));

  add('list', '已采用的规则集')
    .option('--region <代码>', '可在此地施行的', region)
    .action(async (options: FormatOptions & { region?: string }) => {
      const { json, csv, ...filter } = options;
      await context.withReads(async (session) => {
        const found = await session.query(new RuleSetsQuery(given(filter)));
        printResult(context.terminal, given({ json, csv }) as FormatOptions, found, [
          adoptionsTable(found.items),
        ]);
      });
    });

  add('show <标识>', '一个规则集的参数和规则')
    .option('--version <版本>', '默认最新', wholeNumber(1, 100_000))
    .action(async (id: string, options: FormatOptions & { version?: number }) => {
      await context.withReads(async (session) => {
        const found = await session.query(new RuleSetQuery(id, options.version));
        if (!found) throw new Refusal('ruleSet.unknown', `没有规则集 ${id}`, { id });
        printResult(context.terminal, options, found, [
          parametersTable(found),
          adoptionsTable(found.adoptions),
        ]);
      });
    });

  addActorOptions(
    add('adopt <文件>', '采用规则集；文件为 JSON：id、version，新版另写名称、机关、文号和改变的参数'),
  )
    .requiredOption('--region <代码>', '施行的地区', region)
    .requiredOption('--from <日期>', '自何日起施行（YYYY-MM-DD）')
    .option('--effective <日期>', '决定采用的日期（默认今天）')
    .action(async (file: string, options: AdoptOptions) => {
      const actor = readActor(options, context.env);
      const asked = { ...(await readRuleSet(file)), region: options.region, from: options.from };
      const effectiveDate =
        options.effective === undefined ? chinaDay(new Date()) : parsePartialDate(options.effective);
      await context.withSession(async ({ ruleSets }) => {
        const commandId = idFor('adopt', digestOf({ asked, actor, effectiveDate }));
        const submission = { asked, actor, effectiveDate, commandId, evidence: [] };
        const { adopted, outcome, eventId, position } = await ruleSets.adopt(submission);
        const { ruleSetId: id, version, title } = adopted;
        const done = { id, version, title, outcome, eventId, position };
        if (options.json) return printResult(context.terminal, options, done, []);
        const said = outcome === 'recorded' ? '已采用' : '此前已采用';
        context.terminal.out(`${said} ${id}@${version} ${title}：${options.region} 自 ${options.from} 起\n`);
      });
    });

  addAsOfOptions(add('compare', '同样的事实按两个规则集判断，列出不同'))
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--project-id <标识>', '只看一个项目', uuid)
    .option('--rule <规则>', '规则号', oneOf(RULE_TITLES))
    .option('--on <日期>', '判断哪一天（默认 --as-effective-on，再默认今天）')
    .option('--left <规则集>', '标识@版本；默认该地区当日施行的')
    .option('--right <规则集>', '标识@版本；默认该地区今日施行的')
    .action(async (options: ComparisonAsked & FormatOptions) => {
      const { json, csv, ...asked } = options;
      await context.withReads(async (session) => {
        let first: JudgedComparison | undefined;
        const items = await allPages(async (cursor) => {
          const page = await session.query(
            new CompareRuleSetsQuery({ ...given(asked), ...cursor, limit: MAX_PAGE_SIZE }),
          );
          first ??= page;
          return page;
        });
        const result = { ...first!, items, nextCursor: null };
        printResult(context.terminal, given({ json, csv }) as FormatOptions, result, [
          comparisonTable(result),
        ]);
      });
    });
}

interface AdoptOptions extends ActorOptions, FormatOptions {
  region: string;
  from: string;
  effective?: string;
}

/** @throws Refusal `ruleSet.unreadable` */
async function readRuleSet(file: string): Promise<Omit<AdoptRuleSet, 'region' | 'from'>> {
  const text = Buffer.from(await readBytes(file)).toString('utf8');
  try {
    return readRuleSetText(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('ruleSet.unreadable', `“${file}”不是可识别的规则集文件（JSON）`, { file });
  }
}

function readRuleSetText(text: string): Omit<AdoptRuleSet, 'region' | 'from'> {
  const { id, ...content } = JSON.parse(text) as Record<string, unknown>;
  const known = ['version', 'title', 'authority', 'documentNumber', 'parameters', 'rules'];
  const unknown = Object.keys(content).filter((key) => !known.includes(key));
  const right =
    typeof id === 'string' &&
    Number.isInteger(content['version']) &&
    ['title', 'authority', 'documentNumber'].every((key) =>
      ['string', 'undefined'].includes(typeof content[key]),
    ) &&
    isListOf(content['rules'], (rule) => typeof rule === 'string') &&
    isListOf(content['parameters'], isParameter);
  if (unknown.length > 0 || !right) {
    const message =
      '规则集文件应为 { id, version, title?, authority?, documentNumber?, parameters?, rules? }';
    throw new Refusal('ruleSet.unreadable', message, { unknown });
  }
  return { ruleSetId: id, ...content } as unknown as Omit<AdoptRuleSet, 'region' | 'from'>;
}

const isListOf = (value: unknown, each: (one: unknown) => boolean): boolean =>
  value === undefined || (Array.isArray(value) && value.every(each));

function isParameter(one: unknown): boolean {
  if (typeof one !== 'object' || one === null) return false;
  const { name, from, source, value } = one as Record<string, unknown>;
  const words = Array.isArray(value) && value.every((word) => typeof word === 'string');
  return (
    [name, from, source].every((text) => typeof text === 'string') && (typeof value === 'string' || words)
  );
}
