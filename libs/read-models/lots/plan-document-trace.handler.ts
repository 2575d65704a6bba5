import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { moneyView, type Fen } from '#libs/kernel/money.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { MONEY_PLACES, type MoneyPlace } from '#libs/projects/domain/vocabulary.js';
import { asOfCondition, asOfParameters } from '../as-of.js';
import { PLAN_DOCUMENTS, planDocumentOf, type RawPlanDocument } from '../fund-plans/plan-document-rows.js';
import { labelled } from '../views.js';
import { MoneyFlow, type Path } from './lots.js';
import { projectNames, standingMovements, stepOf, type TracedMovement } from './movements.js';
import {
  PlanDocumentTraceQuery,
  type AmountsByStage,
  type DocumentLot,
  type DocumentProject,
  type PlanDocumentTrace,
} from './queries.js';

const PLACES = Object.keys(MONEY_PLACES) as MoneyPlace[];

/** Projects in the order of their lines, then those without one; a project's draws beside each other. */
const HOLDERS = `
  select coalesce(l.project_id, d.project_id) as project_id, l.amount_fen as line_fen,
    d.allocation_id, d.drawn_fen, d.moved
  from (
    select project_id, sum(amount_fen) as amount_fen, min(place) as place
    from (
      select project_id, amount_fen, place::integer from read.fund_plan_line where plan_id = $3
      union all
      select project_id, amount_fen, null from read.fund_plan_change c
      where c.plan_id = $3 and c.project_id is not null and ${asOfCondition('c')}
    ) line
    group by project_id having sum(amount_fen) <> 0
  ) l
  full join (
    select d.project_id, d.allocation_id, sum(d.amount_fen) as drawn_fen,
      bool_or(d.moved) as moved, min(d.position) as first
    from read.fund_plan_draw d
    where d.plan_id = $3 and ${asOfCondition('d')}
    group by d.project_id, d.allocation_id having sum(d.amount_fen) <> 0
  ) d on d.project_id = l.project_id
  order by l.place nulls last, d.first`;

interface RawHolder {
  project_id: string;
  line_fen: string | null;
  allocation_id: string | null;
  drawn_fen: string | null;
  /** Whether it came from another project's draw, or went to one. */
  moved: boolean | null;
}

/** A project's part of the document. */
interface Holding {
  projectId: string;
  lineFen: Fen | null;
  drawnFen: Fen;
  pendingFen: Fen;
  paths: Path<TracedMovement>[];
}

@QueryHandler(PlanDocumentTraceQuery)
export class PlanDocumentTraceHandler implements IQueryHandler<PlanDocumentTraceQuery> {
  constructor(private readonly database: DataSource) {}

  async execute({ params }: PlanDocumentTraceQuery): Promise<PlanDocumentTrace> {
    const { documentId } = params;
    const asOf = asOfParameters(params);
    const parameters = [...asOf, documentId];
    const sql = `${PLAN_DOCUMENTS} and p.plan_id = $3`;
    const [document] = await this.database.query<RawPlanDocument[]>(sql, parameters);
    if (!document) {
      throw new Refusal('fundPlan.notFound', `没有标识为 ${documentId} 的投资计划（或在该时点尚未记录）`, {
        documentId,
      });
    }
    const holders = await this.database.query<RawHolder[]>(HOLDERS, parameters);
    const projectIds = [...new Set(holders.map(({ project_id }) => project_id))];
    const movements = await standingMovements(this.database, asOf, projectIds, document);
    const holdings = holdingsOf(holders, movements);
    const names = await projectNames(
      this.database,
      holdings.map(({ projectId }) => projectId),
    );
    const named = (id: string) => ({ id, name: names.get(id) ?? '' });
    return {
      document: planDocumentOf(document),
      now: byStage(holdings.flatMap(({ paths }) => paths)),
      pending: moneyView(holdings.reduce((sum, { pendingFen }) => sum + pendingFen, 0n)),
      projects: holdings.map((holding) => projectOf(holding, named)),
      lots: holdings.flatMap(({ projectId, paths }) => paths.map((path) => lotOf(path, named(projectId)))),
    };
  }
}

function holdingsOf(holders: readonly RawHolder[], movements: readonly TracedMovement[]): Holding[] {
  const flow = new MoneyFlow(movements);
  const allocations = new Map(
    movements.filter(({ stage }) => stage === 'allocated').map((each) => [each.eventId, each]),
  );
  const holdings = new Map<string, Holding>();
  const holdingOf = (projectId: string): Holding => {
    let holding = holdings.get(projectId);
    if (!holding) {
      holding = { projectId, lineFen: null, drawnFen: 0n, pendingFen: 0n, paths: [] };
      holdings.set(projectId, holding);
    }
    return holding;
  };
  for (const { project_id: projectId, line_fen, allocation_id, drawn_fen, moved } of holders) {
    const holding = holdingOf(projectId);
    if (line_fen !== null) holding.lineFen = BigInt(line_fen);
    if (allocation_id === null || drawn_fen === null) continue;
    holding.drawnFen += BigInt(drawn_fen);
    const allocation = allocations.get(allocation_id);
    // Money that was reallocated stands at the project it went to.
    if (allocation) {
      for (const path of flow.destinations(allocation))
        holdingOf(path.steps.at(-1)!.projectId).paths.push(path);
    } else if (!moved) holding.pendingFen += BigInt(drawn_fen);
  }
  return [...holdings.values()];
}

/** Where the money of a path stands: carrying forward changes the year and not the stage. */
function standsAt({ steps }: Path<TracedMovement>): MoneyPlace {
  return steps.at(-1)!.to as MoneyPlace;
}

function byStage(paths: readonly Path<TracedMovement>[]): AmountsByStage {
  const sums = PLACES.map((place) => {
    const there = paths.filter((path) => standsAt(path) === place);
    return [place, moneyView(there.reduce((sum, { amountFen }) => sum + amountFen, 0n))] as const;
  });
  return Object.fromEntries(sums) as AmountsByStage;
}

type Named = (id: string) => { id: string; name: string };

function projectOf(
  { projectId, lineFen, drawnFen, pendingFen, paths }: Holding,
  named: Named,
): DocumentProject {
  return {
    project: named(projectId),
    line: lineFen === null ? null : moneyView(lineFen),
    drawn: moneyView(drawnFen),
    remainder: lineFen === null ? null : moneyView(lineFen - drawnFen),
    now: byStage(paths),
    pending: moneyView(pendingFen),
  };
}

function lotOf(path: Path<TracedMovement>, project: { id: string; name: string }): DocumentLot {
  const { amountFen, steps } = path;
  return {
    project,
    amount: moneyView(amountFen),
    stage: labelled(MONEY_PLACES, standsAt(path)),
    budgetYear: steps.at(-1)!.toYear!,
    steps: steps.map(stepOf),
  };
}
