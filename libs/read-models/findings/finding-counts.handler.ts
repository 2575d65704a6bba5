import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { SEVERITIES, type Severity } from '#libs/findings/domain/outcome.js';
import { RULE_CATEGORIES } from '#libs/findings/domain/rule.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { labelled } from '../views.js';
import { dayAsked } from './find-findings.js';
import { COUNTS_SQL } from './findings-sql.js';
import { FindingCountsQuery, type FindingCounts } from './queries.js';

const WORST_FIRST = Object.keys(SEVERITIES).toReversed() as Severity[];

@QueryHandler(FindingCountsQuery)
export class FindingCountsHandler implements IQueryHandler<FindingCountsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params: { on, region } }: FindingCountsQuery): Promise<FindingCounts> {
    const rows = await this.database.query<{ rule: string; severity: Severity; count: number }[]>(
      COUNTS_SQL,
      [dayAsked(on === undefined ? {} : { on }), region === undefined ? null : regionPrefix(region)],
    );
    const rules = [...new Set(rows.map(({ rule }) => rule))];
    const items = rules.map((id) => {
      const { title, category } = ruleOf(id)!;
      const ofRule = rows.filter(({ rule }) => rule === id);
      const bySeverity = WORST_FIRST.flatMap((severity) => {
        const count = ofRule.find((row) => row.severity === severity)?.count ?? 0;
        return count > 0 ? [{ severity: labelled(SEVERITIES, severity), count }] : [];
      });
      const failing = bySeverity.reduce((sum, { count }) => sum + count, 0);
      return { rule: { id, title }, category: labelled(RULE_CATEGORIES, category), failing, bySeverity };
    });
    const worst = ({ bySeverity }: FindingCounts['items'][number]): number =>
      WORST_FIRST.indexOf(bySeverity[0]!.severity.key);
    return { items: items.toSorted((a, b) => worst(a) - worst(b) || b.failing - a.failing) };
  }
}
