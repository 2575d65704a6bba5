import { earliestDay, latestDay, type PartialDate } from '#libs/kernel/partial-date.js';
import type { DatedProjectEvent } from '#libs/projects/domain/recorded-event.js';
import type { ProjectDetails, ProjectEventData, ProjectEventType } from '#libs/projects/domain/events.js';
import type { Day } from './days.js';

/** What rules look at, by event type; other events say nothing to them. */
export const DOSSIER_TYPES = [
  'ProjectEnteredPool',
  'ProjectDetailsRevised',
  'ProjectCodeAssigned',
  'ProjectListedForYear',
  'ProjectDelisted',
  'EstimateApproved',
  'EstimateAdjusted',
  'ApprovalRevoked',
  'FundingPlanned',
  'FundingPlanRevised',
  'FundsAllocated',
  'FundsDisbursed',
  'FundsReceived',
  'FundsPaid',
  'FundsRecovered',
  'FundsReturned',
  'FundsReallocatedOut',
  'FundsReallocatedIn',
  'ConstructionStarted',
  'ProgressReported',
  'ConstructionSuspended',
  'ConstructionResumed',
  'CompletionAccepted',
  'ProjectCommissioned',
  'CapacityChanged',
  'ProjectDecommissioned',
  'FinalAccountApproved',
  'ProjectWithdrawn',
] as const satisfies readonly ProjectEventType[];
export type DossierType = (typeof DOSSIER_TYPES)[number];
const KNOWN: ReadonlySet<string> = new Set(DOSSIER_TYPES);

export interface DossierFact<T extends DossierType = DossierType> {
  id: string;
  on: PartialDate;
  /** Counts up in the order recorded. */
  n: number;
  data: ProjectEventData<T>;
}

/** A project as rules see it: what stands, by type, with the ids of the events that said so. Belongs to one fold. */
export interface Dossier {
  details: ProjectDetails | undefined;
  readonly facts: { [T in DossierType]?: DossierFact<T>[] };
  /** First day of each fact, by event id. */
  readonly days: Map<string, Day>;
  /** Pairs of which another project's half stands, by the event of that half. */
  readonly counterHalves: Map<string, string>;
  recorded: number;
}

export const emptyDossier = (): Dossier => ({
  ...{ details: undefined, facts: {}, recorded: 0 },
  ...{ days: new Map(), counterHalves: new Map() },
});

/** Whether an event of this type, or the reversal of one, changes a dossier. */
export const concernsDossier = (type: string): type is DossierType => KNOWN.has(type);

/** Money may also come to a stage from another project, or go to one. */
export const REALLOCATIONS = ['FundsReallocatedOut', 'FundsReallocatedIn'] as const;
type Half = ProjectEventData<(typeof REALLOCATIONS)[number]>;

/** The half of a reallocation that an event records or takes back, with the event that recorded it. */
function halfIn(event: DatedProjectEvent): { id: string; half: Half } | undefined {
  const { id, type, data } = event.type === 'EntryReversed' ? event.data.reversed : event;
  return (REALLOCATIONS as readonly string[]).includes(type) ? { id, half: data as Half } : undefined;
}

/** The other project that an event is of too: that of a reallocation. */
export const counterpartOf = (event: DatedProjectEvent): string | undefined =>
  halfIn(event)?.half.counterpartId;

/** Adds what happened to whom it concerns: half of a reallocation tells the other project that it was recorded. */
export function addToDossiers(
  dossierOf: (projectId: string) => Dossier | undefined,
  event: DatedProjectEvent & { projectId: string },
): void {
  const own = dossierOf(event.projectId);
  if (own) addToDossier(own, event);
  const found = halfIn(event);
  const others = found && dossierOf(found.half.counterpartId)?.counterHalves;
  if (!others) return;
  if (event.type === 'EntryReversed') others.delete(found.id);
  else others.set(found.id, found.half.reallocationId);
}

/** Adds what happened; a reversal takes its event out again, so nothing has to be undone by rules. */
export function addToDossier(dossier: Dossier, event: DatedProjectEvent): void {
  if (event.type === 'EntryReversed') {
    const { reversed } = event.data;
    if (!concernsDossier(reversed.type)) return;
    remove(dossier, reversed.type, reversed.id);
    if (reversed.type === 'ProjectDetailsRevised') {
      const { before, after } = reversed.data as ProjectEventData<'ProjectDetailsRevised'>;
      dossier.details = revised(dossier.details, after, before);
    }
    return;
  }
  if (!concernsDossier(event.type)) return;
  dossier.recorded += 1;
  const fact = { id: event.id, on: event.effectiveDate, n: dossier.recorded, data: event.data };
  ((dossier.facts[event.type] ??= []) as DossierFact[]).push(fact);
  dossier.days.set(event.id, earliestDay(event.effectiveDate));
  if (event.type === 'ProjectEnteredPool') dossier.details = event.data.details;
  if (event.type === 'ProjectDetailsRevised') {
    dossier.details = revised(dossier.details, event.data.before, event.data.after);
  }
}

function remove(dossier: Dossier, type: DossierType, id: string): void {
  const facts = dossier.facts[type] as DossierFact[] | undefined;
  const at = facts?.findIndex((fact) => fact.id === id) ?? -1;
  if (at >= 0) facts!.splice(at, 1);
}

/** Fields that stand before only have become unknown. */
function revised(
  details: ProjectDetails | undefined,
  before: Partial<ProjectDetails>,
  after: Partial<ProjectDetails>,
): ProjectDetails {
  const kept = Object.entries(details ?? {}).filter(([field]) => !(field in before));
  return { ...Object.fromEntries(kept), ...after } as ProjectDetails;
}

/** All standing facts of these types, in the order recorded. */
export function factsOf<T extends DossierType>(dossier: Dossier, ...types: T[]): DossierFact<T>[] {
  const found = types.flatMap((type) => dossier.facts[type] ?? []);
  return types.length > 1 ? found.sort((a, b) => a.n - b.n) : found;
}

export function latestOf<T extends DossierType>(dossier: Dossier, ...types: T[]): DossierFact<T> | undefined {
  return factsOf(dossier, ...types).at(-1);
}

export const firstDay = ({ on }: { on: PartialDate }): Day => earliestDay(on);
export const lastDay = ({ on }: { on: PartialDate }): Day => latestDay(on);

/** The events behind `details`, behind the estimate, and behind the lists, for the rules that look at them. */
export const DETAILS = ['ProjectEnteredPool', 'ProjectDetailsRevised'] as const;
export const ESTIMATE = ['EstimateApproved', 'EstimateAdjusted', 'ApprovalRevoked'] as const;
export const LISTINGS = ['ProjectEnteredPool', 'ProjectListedForYear', 'ProjectDelisted'] as const;

/** The estimate in force; undefined before approval and after the approval was revoked. */
export function estimateOf(dossier: Dossier): { fen: bigint; id: string } | undefined {
  const latest = latestOf(dossier, ...ESTIMATE);
  return latest && 'estimateFen' in latest.data
    ? { fen: BigInt(latest.data.estimateFen), id: latest.id }
    : undefined;
}

/** The events that made the details what they are: the entry and the revisions that touched one of the fields. */
export function detailEvents(dossier: Dossier, ...fields: (keyof ProjectDetails)[]): string[] {
  const entered = factsOf(dossier, 'ProjectEnteredPool').map(({ id }) => id);
  const revisions = factsOf(dossier, 'ProjectDetailsRevised').filter(({ data: { before, after } }) =>
    fields.some((field) => field in before || field in after),
  );
  return [...entered, ...revisions.map(({ id }) => id)];
}

/** The first day on which all of these could be known: when a fault in what is recorded counts from. */
export function sinceEvents(dossier: Dossier, ids: readonly string[]): Day {
  return ids.reduce((latest, id) => {
    const day = dossier.days.get(id) ?? latest;
    return day > latest ? day : latest;
  }, '0001-01-01');
}

/** Names of the lists the project stands on: annual lists it was not taken off, and the list it entered with. */
export function listingsOf(dossier: Dossier): { title: string; id: string; on: PartialDate }[] {
  const entry = factsOf(dossier, 'ProjectEnteredPool').flatMap(({ id, on, data }) =>
    data.list ? [{ title: data.list.title, id, on }] : [],
  );
  const delisted = factsOf(dossier, 'ProjectDelisted');
  const listed = factsOf(dossier, 'ProjectListedForYear').filter(
    ({ n, data }) => !delisted.some((off) => off.n > n && off.data.year === data.year),
  );
  if (listed.length === 0 && delisted.length > 0) return [];
  return [...entry, ...listed.map(({ id, on, data }) => ({ title: data.listTitle, id, on }))];
}

export const isWithdrawn = (dossier: Dossier): boolean => factsOf(dossier, 'ProjectWithdrawn').length > 0;
