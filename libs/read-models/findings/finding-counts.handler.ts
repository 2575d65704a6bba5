import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { SEVERITIES, type Severity } from '#libs/findings/domain/outcome.js';
import { RULE_CATEGORIES } from '#libs/findings/domain/rule.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import { regionPrefix } from '#libs/kernel/regions.js';
import { asOfParameters } from '../as-of.js';
import { labelled } from '../views.js';
import { dayAsked } from './find-findings.js';
import { countsSql, RULE_IDS } from './findings-sql.js';
import { judgedFindings } from './judged-findings.js';
import { FindingCountsQuery, type FindingCounts } from './queries.js';
import { RuleBook } from './rule-book.js';
import { readAdoptions } from './rule-sets.handler.js';

const WORST_FIRST = Object.keys(SEVERITIES).toReversed() as Severity[];

interface Counted {
  rule: string;
  severity: Severity;
  count: number;
}

@QueryHandler(FindingCountsQuery)
export class FindingCountsHandler implements IQueryHandler<FindingCountsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: FindingCountsQuery): Promise<FindingCounts> {
    const rows = await this.counted(params);
    const rules = [...new Set(rows.map(({ rule }) => rule))];
    const items = rules.map((id) => {
      const { title, category } = ruleOf(id)!;
      const ofRule = rows.filter(({ rule }) => rule === id);
      const bySeverity = WORST_FIRST.flatMap((severity) => {
        const rowsOfIt = ofRule.filter((row) => row.severity === severity);
        const count = rowsOfIt.reduce((sum, row) => sum + row.count, 0);
        return count > 0 ? [{ severity: labelled(SEVERITIES, severity), count }] : [];
      });
      const failing = bySeverity.reduce((sum, { count }) => sum + count, 0);
      return { rule: { id, title }, category: labelled(RULE_CATEGORIES, category), failing, bySeverity };
    });
    const worst = ({ bySeverity }: FindingCounts['items'][number]): number =>
      WORST_FIRST.indexOf(bySeverity[0]!.severity.key);
    return { items: items.toSorted((a, b) => worst(a) - worst(b) || b.failing - a.failing) };
  }

  /** By rule and severity, counted from the same answers that the list shows. */
  private async counted(params: FindingCountsQuery['params']): Promise<Counted[]> {
    const day = dayAsked(params);
    const { asEffectiveOn, region } = params;
    const [asKnownAt] = asOfParameters(params);
    if (asEffectiveOn === undefined) {
      const prefix = region === undefined ? null : regionPrefix(region);
      return this.database.query<Counted[]>(countsSql(asKnownAt !== null), [
        asKnownAt,
        day,
        RULE_IDS,
        prefix,
      ]);
    }
    const book = new RuleBook(await readAdoptions(this.database, params.asKnownAt));
    const filter = { ...params, asEffectiveOn, status: 'failing' as const };
    const { rows } = await judgedFindings(this.database, filter, day, book);
    return rows.map(({ rule, severity }) => ({ rule, severity: severity!, count: 1 }));
  }
}
