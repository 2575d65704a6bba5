import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { regionContains, regionName } from '#libs/kernel/regions.js';
import {
  SHIPPED_ADOPTION,
  SHIPPED_RULE_SETS,
  type Adoption,
  type RuleSet,
} from '#libs/findings/domain/rule-sets.js';
import { ruleOf } from '#libs/findings/domain/rules/rules.js';
import type { RuleSetAdopted } from '#libs/findings/domain/rule-set-events.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { asOfParameters } from '../as-of.js';
import { adoptionOf } from './rule-book.js';
import {
  RuleSetQuery,
  RuleSetsQuery,
  type RuleSetAdoptionView,
  type RuleSetView,
} from './rule-set-queries.js';

interface Row {
  event_id: string;
  known_at: Date;
  effective: string;
  actor: Actor;
  data: RuleSetAdopted;
}

/** As known at $1 (null: now). */
const ADOPTIONS = `
  select event_id, known_at, effective, actor, data from read.finding_rule_set
  where $1::timestamptz is null or known_at <= $1 order by position`;

/** Every adoption that is known, the shipped set first. */
export async function readAdoptions(
  database: Pick<DataSource, 'query'>,
  asKnownAt?: string,
): Promise<(Adoption & { adopted: RuleSetAdoptionView['adopted'] })[]> {
  const [known] = asOfParameters(asKnownAt === undefined ? {} : { asKnownAt });
  const rows = await database.query<Row[]>(ADOPTIONS, [known]);
  return [
    { ...SHIPPED_ADOPTION, adopted: null },
    ...rows.map(({ event_id, known_at, effective, actor, data }) => ({
      ...adoptionOf(data),
      adopted: { eventId: event_id, effectiveDate: effective, recordedAt: known_at.toISOString(), actor },
    })),
  ];
}

@QueryHandler(RuleSetsQuery)
export class RuleSetsHandler implements IQueryHandler<RuleSetsQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: RuleSetsQuery): Promise<{ items: RuleSetAdoptionView[]; nextCursor: null }> {
    const { region, asKnownAt } = params;
    const adoptions = await readAdoptions(this.database, asKnownAt);
    const items = adoptions
      .filter(
        ({ region: own }) =>
          region === undefined || own === null || regionContains(own, region) || regionContains(region, own),
      )
      .map(adoptionView);
    return { items, nextCursor: null };
  }
}

@QueryHandler(RuleSetQuery)
export class RuleSetHandler implements IQueryHandler<RuleSetQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ id, version }: RuleSetQuery): Promise<RuleSetView | null> {
    const own = (await readAdoptions(this.database)).filter(({ ruleSet }) => ruleSet.id === id);
    const wanted = version ?? Math.max(...own.map(({ ruleSet }) => ruleSet.version));
    const content = ruleSetNamed(own, id, wanted);
    const adoptions = own.filter(({ ruleSet }) => ruleSet.version === wanted);
    return content ? { ...contentView(content), adoptions: adoptions.map(adoptionView) } : null;
  }
}

/** A version as it was adopted, else as it was shipped, in force or not. */
export const ruleSetNamed = (
  adoptions: readonly Adoption[],
  id: string,
  version: number,
): RuleSet | undefined =>
  [...adoptions.map(({ ruleSet }) => ruleSet), ...SHIPPED_RULE_SETS].find(
    (each) => each.id === id && each.version === version,
  );

function contentView(ruleSet: RuleSet): Omit<RuleSetView, 'adoptions'> {
  const { id, version, title, authority, documentNumber, parameters, rules } = ruleSet;
  return {
    id,
    version,
    title,
    authority,
    documentNumber,
    parameters: [...parameters],
    rules: rules.map((rule) => ({ ...rule, title: ruleOf(rule.id)?.title ?? rule.id })),
  };
}

type WithAdopter = Awaited<ReturnType<typeof readAdoptions>>[number];

function adoptionView({ ruleSet, region, from, adopted }: WithAdopter): RuleSetAdoptionView {
  const { id, version, title, authority, documentNumber } = ruleSet;
  const latest = SHIPPED_RULE_SETS.findLast((shipped) => shipped.id === id)?.version ?? version;
  const newer = latest > version ? latest : null;
  const where = region === null ? null : { key: region, label: regionName(region) };
  return { id, version, title, authority, documentNumber, region: where, from, newer, adopted };
}
