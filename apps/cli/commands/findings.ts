import type { Command } from 'commander';
import { findingsSheet } from '#libs/exchange/export/findings-sheet.js';
import { HANDLING_STATES } from '#libs/findings/domain/handling.js';
import { SEVERITIES } from '#libs/findings/domain/outcome.js';
import { RULE_CATEGORIES } from '#libs/findings/domain/rule.js';
import { RULES } from '#libs/findings/domain/rules/rules.js';
import { SUBJECT_KINDS } from '#libs/findings/domain/subjects.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { allPages } from '#libs/read-models/all-pages.js';
import { FINDING_STATUSES, FindingsQuery, type FindingFilter } from '#libs/read-models/findings/queries.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import type { CliContext } from '../context.js';
import { given, oneOf, region, uuid } from '../options.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { writeWorkbook } from '../output/write-workbook.js';
import { findingsTable } from '../views/findings-table.js';

type Options = FindingFilter & FormatOptions & { xlsx?: string };

const RULE_TITLES = Object.fromEntries(RULES.map(({ id, title }) => [id, title]));

export function addFindings(program: Command, context: CliContext): void {
  const command = program
    .command('findings')
    .description('疑点：审计规则对全部项目的判断')
    .option('--rule <规则>', '规则号，如 M8', oneOf(RULE_TITLES))
    .option('--rule-category <类别>', '资金、建设进度、规模与造价、方案文本', oneOf(RULE_CATEGORIES))
    .option('--severity <程度>', '提示、问题、严重', oneOf(SEVERITIES))
    .option('--status <结果>', '存在疑点（默认）、尚未到期、通过、不适用', oneOf(FINDING_STATUSES))
    .option('--handling <处理>', '待处理、已说明、已豁免、已整改、已销号', oneOf(HANDLING_STATES))
    .option('--category <类型>', '项目类型', oneOf(PROJECT_CATEGORIES))
    .option('--region <代码>', '行政区划代码，含其下各级', region)
    .option('--subject-kind <对象>', '项目、对账单、地区、规划', oneOf(SUBJECT_KINDS))
    .option('--project-id <标识>', '只看一个项目', uuid)
    .option('--on <日期>', '按此日判断（YYYY-MM-DD，默认今天）')
    .option('--as-known-at <时刻>', '只计在此时刻以前记录的（ISO 8601）')
    .option('--as-effective-on <日期>', '只计在此日以前生效的，并按此日判断（YYYY-MM-DD）')
    .option('--xlsx <文件>', '写成可报送的 .xlsx：标题、表头、合计、打印设置');
  addFormatOptions(command).action(async (options: Options) => {
    const { json, csv, xlsx, ...filter } = options;
    const on = filter.on ?? filter.asEffectiveOn ?? chinaDay(new Date());
    await context.withReads(async (session) => {
      const findings = await allPages((cursor) =>
        session.query(new FindingsQuery({ ...given(filter), on, ...cursor, limit: MAX_PAGE_SIZE })),
      );
      if (xlsx !== undefined) {
        return writeWorkbook(context, xlsx, findingsSheet(findings, given({ ...filter, on })));
      }
      printResult(context.terminal, given({ json, csv }) as FormatOptions, { items: findings }, [
        findingsTable(findings, on),
      ]);
    });
  });
}
