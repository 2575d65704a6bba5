import type { ClientBase } from 'pg';
import type { CapacityKind } from '#libs/kernel/capacity.js';
import { regionContains, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { LISTED_EVENTS, type Supply, type SupplyPart, type SupplySum } from '#libs/findings/domain/supply.js';
import type { Quantity } from '#libs/plans/domain/indicators/quantities.js';
import type { Reader } from '../one-state.js';
import type { SupplyChange } from './subject-judge.js';

interface Cell extends SupplyPart {
  /** Codes joined by commas. */
  regions: string;
  events: string[];
}

const COLUMNS = ['regions', 'what', 'kind', 'scope', 'year', 'low', 'high', 'projects', 'unknown', 'events'];
const CELLS = `
  select ${COLUMNS.join(', ')} from finding_supply
  where regions = any($1::text[]) or exists (
    select from unnest(string_to_array(regions, ',')) region, unnest($2::text[]) prefix where starts_with(region, prefix))
  order by regions, what, kind, scope, year`;
const WRITE = `
  insert into finding_supply (${COLUMNS.join(', ')})
  select regions, what, kind, scope, year, low, high, projects, unknown, string_to_array(events, ',')::uuid[]
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[],
    $8::integer[], $9::integer[], $10::text[]) new (${COLUMNS.join(', ')})
  on conflict (regions, what, kind, scope, year) do update set low = excluded.low, high = excluded.high,
    projects = excluded.projects, unknown = excluded.unknown, events = excluded.events`;

/** The beds and places of the divisions that a batch or a question is about, as they stand event by event. */
export class SupplyBook {
  private readonly cells = new Map<string, Cell>();
  private readonly changed = new Set<Cell>();
  /** Cells of a division and kind, in order. */
  private readonly found = new Map<string, Cell[]>();

  /** @param regions the divisions whose sums will be asked for */
  static async open(
    reader: Reader,
    changes: readonly SupplyChange[],
    regions: Iterable<RegionCode>,
  ): Promise<SupplyBook> {
    const book = new SupplyBook();
    const touched = new Set(changes.flatMap(({ before, after }) => [keyOf(before), keyOf(after)]));
    const prefixes = new Set([...regions].map(regionPrefix));
    const { rows } = await reader.query<Cell>(CELLS, [[...touched], [...prefixes]]);
    for (const cell of rows) book.cells.set(cellKey(cell.regions, cell), cell);
    return book;
  }

  /** What these add up to. */
  static of(supplies: readonly Supply[]): SupplyBook {
    const book = new SupplyBook();
    for (const after of supplies) book.change({ before: NO_SUPPLY, after });
    return book;
  }

  change({ before, after }: Pick<SupplyChange, 'before' | 'after'>): void {
    for (const part of before.parts) this.add(keyOf(before), part, -1);
    for (const part of after.parts) this.add(keyOf(after), part, 1);
  }

  /** What moved in a division after one year and until the end of another; beds of no known scope stand beside it. */
  moved(region: RegionCode, { kind, scope }: Capacity, after: number, until: number): SupplySum {
    const sum = this.sum(
      region,
      kind,
      (part) => part.what === 'moved' && part.year > after && part.year <= until && fits(part, scope),
    );
    return scope === 'all' ? { ...sum, unscoped: 0 } : { ...sum, low: sum.low - sum.unscoped };
  }

  /** What is to come into use by the end of a year; what says no scope counts too. */
  coming(region: RegionCode, { kind, scope }: Capacity, until: number): SupplySum {
    const planned = ({ year }: SupplyPart) => year > 0 && year <= until;
    return this.sum(region, kind, (part) => part.what === 'coming' && planned(part) && fits(part, scope));
  }

  /** A project in several divisions counts once, whole, for each that has one of them. */
  private sum(region: RegionCode, kind: CapacityKind, counts: (part: SupplyPart) => boolean): SupplySum {
    const sum = { low: 0, high: 0, projects: 0, unknown: 0, unscoped: 0 };
    const events = new Set<string>();
    for (const cell of this.cellsIn(region, kind)) {
      if (cell.projects === 0 || !counts(cell)) continue;
      sum.low += cell.low;
      sum.high += cell.high;
      sum.projects += cell.projects;
      sum.unknown += cell.unknown;
      if (cell.scope === '') sum.unscoped += cell.low;
      for (const id of cell.events) if (events.size < LISTED_EVENTS) events.add(id);
    }
    return { ...sum, events: [...events] };
  }

  async write(client: ClientBase): Promise<void> {
    if (this.changed.size === 0) return;
    const rows = [...this.changed].map((cell) => ({ ...cell, events: cell.events.join(',') }));
    const column = (name: string) => rows.map((row) => row[name as keyof typeof row]);
    await client.query({ name: 'finding-supply', text: WRITE, values: COLUMNS.map(column) });
    this.changed.clear();
  }

  private add(regions: string, part: SupplyPart, sign: 1 | -1): void {
    const key = cellKey(regions, part);
    let cell = this.cells.get(key);
    if (!cell) {
      cell = { ...part, regions, low: 0, high: 0, projects: 0, unknown: 0, events: [] };
      this.isNew(cell);
    }
    cell.low += sign * part.low;
    cell.high += sign * part.high;
    cell.projects += sign * part.projects;
    cell.unknown += sign * part.unknown;
    const others = cell.events.filter((id) => !part.events.includes(id));
    cell.events = sign < 0 ? others : [...others, ...part.events].slice(0, LISTED_EVENTS);
    this.changed.add(cell);
  }

  private cellsIn(region: RegionCode, kind: CapacityKind): readonly Cell[] {
    const key = `${region} ${kind}`;
    let cells = this.found.get(key);
    if (!cells) {
      cells = [...this.cells.values()].filter((cell) => belongs(cell, region, kind)).sort(inOrder);
      this.found.set(key, cells);
    }
    return cells;
  }

  private isNew(cell: Cell): void {
    this.cells.set(cellKey(cell.regions, cell), cell);
    for (const [key, cells] of this.found) {
      const [region = '', kind] = key.split(' ');
      if (!belongs(cell, region, kind as CapacityKind)) continue;
      cells.push(cell);
      cells.sort(inOrder);
    }
  }
}

const NO_SUPPLY: Supply = { regions: [], parts: [] };
type Capacity = NonNullable<Quantity['capacity']>;

const fits = (part: SupplyPart, scope: Capacity['scope']): boolean =>
  scope === 'all' || part.scope === scope || part.scope === '';
const keyOf = ({ regions }: Supply): string => regions.join(',');
const cellKey = (regions: string, { what, kind, scope, year }: SupplyPart): string =>
  [regions, what, kind, scope, year].join(' ');
const inOrder = (a: Cell, b: Cell): number => (cellKey(a.regions, a) < cellKey(b.regions, b) ? -1 : 1);
const belongs = (cell: Cell, region: RegionCode, kind: CapacityKind): boolean =>
  cell.kind === kind && cell.regions.split(',').some((each) => regionContains(region, each));
