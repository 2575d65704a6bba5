import type { ProjectDetails } from '#libs/projects/domain/events.js';
import { copyLine } from '../copy.js';
import type { Fact } from '../facts.js';

/**
 * Properties of projects are kept as money is: one row for each field that an event set, with both times, never
 * changed. What a project was called, or where it stood, on a given day is then a query.
 */
export const ATTRIBUTE_FIELDS = {
  /** Position of the event that entered the project. */
  entered: undefined,
  name: (d) => d.name,
  category: (d) => d.category,
  regions: (d) => d.regions && [...d.regions].sort().join(','),
  plannedStart: (d) => d.plannedStart,
  plannedUse: (d) => d.plannedUse,
  totalInvestmentFen: (d) => d.totalInvestmentFen,
  plannedCapacity: (d) => d.plannedCapacity && JSON.stringify(d.plannedCapacity),
  bedScope: (d) => d.bedScope,
  /** Position of the event that withdrew it. */
  withdrawn: undefined,
} as const satisfies Record<string, ((details: Partial<ProjectDetails>) => string | undefined) | undefined>;

export type AttributeField = keyof typeof ATTRIBUTE_FIELDS;

type DetailField = {
  [F in AttributeField]: (typeof ATTRIBUTE_FIELDS)[F] extends undefined ? never : F;
}[AttributeField];

export const ATTRIBUTE_COLUMNS = [
  'project_id',
  'field',
  'value',
  'position',
  'event_id',
  'event_type',
  'effective',
  'effective_from',
  'effective_to',
  'recorded_at',
  'reverses',
] as const;

/** COPY lines for what the fact says of the wanted fields; empty where it says nothing. */
export function attributeLines({ event, sign, stamp }: Fact, wanted: readonly AttributeField[]): string {
  if (!ATTRIBUTE_EVENTS.has(event.type)) return '';
  // A reversal names what it takes back; the rows of that event then no longer count.
  const said = sign === -1 ? [['', null] as const] : saidBy(event, stamp.position);
  return said
    .filter(([field]) => field === '' || wanted.includes(field))
    .map(([field, value]) =>
      copyLine([
        stamp.projectId,
        field,
        value,
        stamp.position,
        stamp.eventId,
        stamp.eventType,
        stamp.effective,
        stamp.effectiveFrom,
        stamp.effectiveTo,
        stamp.recordedAt,
        stamp.reverses,
      ]),
    )
    .join('');
}

/** Events that say something of properties. */
export const ATTRIBUTE_EVENTS: ReadonlySet<string> = new Set([
  'ProjectEnteredPool',
  'ProjectDetailsRevised',
  'ProjectWithdrawn',
]);

function saidBy(event: Fact['event'], position: string): (readonly [AttributeField, string | null])[] {
  if (event.type === 'ProjectWithdrawn') return [['withdrawn', position]];
  if (event.type === 'ProjectEnteredPool') {
    return [
      ['entered', position],
      ...detailFields().map((f) => [f, valueIn(event.data.details, f)] as const),
    ];
  }
  if (event.type !== 'ProjectDetailsRevised') return [];
  const { before, after } = event.data;
  return detailFields()
    .filter((field) => field in before || field in after)
    .map((field) => [field, valueIn(after, field)] as const);
}

function detailFields(): DetailField[] {
  return (Object.keys(ATTRIBUTE_FIELDS) as AttributeField[]).filter(
    (field): field is DetailField => ATTRIBUTE_FIELDS[field] !== undefined,
  );
}

function valueIn(details: Partial<ProjectDetails>, field: DetailField): string | null {
  return ATTRIBUTE_FIELDS[field](details) ?? null;
}
