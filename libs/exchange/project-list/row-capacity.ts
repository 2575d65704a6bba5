import {
  CAPACITY_KINDS,
  type CapacityKind,
  type CountRange,
  type PlannedCapacity,
} from '#libs/kernel/capacity.js';
import { squeeze } from '#libs/kernel/text.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import type { ProjectCategory } from '#libs/projects/domain/vocabulary.js';
import { countsIn, parseCount, type ReadCount, type ScopeCounts } from './counts.js';
import type { RowCells } from './row-cells.js';

const LABELS: Record<CapacityKind, string> = {
  beds: '床位',
  nursingBeds: '护理型床位',
  places: '托位',
  inclusivePlaces: '普惠托位',
};

const PARTS = [
  ['nursingBeds', 'beds'],
  ['inclusivePlaces', 'places'],
] as const;

type Capacity = Pick<ProjectDetails, 'plannedCapacity' | 'floorAreaM2' | 'facilityCount'>;
type Counts = Partial<Record<CapacityKind, ReadCount>>;

/** Reads capacity from columns of its own and, where they say nothing, from 建设内容和规模. */
export function readCapacity(
  cells: RowCells,
  category: ProjectCategory | undefined,
  regions: number,
): Capacity {
  const inText = countsIn(cells.text('scope') ?? '', regions);
  for (const kind of inText.ambiguous) {
    const message = `建设内容中有多个不同的${LABELS[kind]}数，未计入，请核实`;
    cells.findings.warn('countAmbiguous', message, cells.columnOf('scope'));
  }
  const counts: Counts = {};
  for (const kind of CAPACITY_KINDS) {
    const count = columnCount(cells, kind, inText.counts[kind]) ?? inText.counts[kind];
    if (count) counts[kind] = count;
  }
  // What is inclusive is a place: 普惠托位200个 alone says that there are 200. The same with nursing beds.
  for (const [part, all] of PARTS) {
    if (!counts[all] && counts[part] && !inText.ambiguous.includes(all)) counts[all] = counts[part];
  }
  noteCapacity(cells, counts, category);
  const plannedCapacity: PlannedCapacity = {};
  for (const kind of CAPACITY_KINDS) {
    const count = counts[kind];
    if (count) plannedCapacity[kind] = { low: count.low, high: count.high };
  }
  return { plannedCapacity, ...readArea(cells, inText), ...readFacilities(cells, inText) };
}

function columnCount(
  cells: RowCells,
  kind: CapacityKind,
  inText: ReadCount | undefined,
): ReadCount | undefined {
  const printed = cells.text(kind);
  if (printed === undefined) return undefined;
  const count = parseCount(printed);
  const column = cells.columnOf(kind);
  if (!count) {
    cells.findings.reject('countUnreadable', `${LABELS[kind]}“${printed}”不是可识别的数量`, column);
  } else if (inText && (inText.low !== count.low || inText.high !== count.high)) {
    const message = `${LABELS[kind]}列为${range(count)}，建设内容中为${range(inText)}，以列为准`;
    cells.findings.warn('countDiffers', message, column);
  }
  return count;
}

function noteCapacity(cells: RowCells, counts: Counts, category: ProjectCategory | undefined): void {
  const { findings } = cells;
  for (const [kind, whole] of PARTS) {
    const [part, all] = [counts[kind], counts[whole]];
    if (part && all && part.low > all.high) {
      const message = `${LABELS[kind]}${range(part)}大于${LABELS[whole]}${range(all)}`;
      findings.reject('countExceeds', message, columnOf(cells, kind));
    }
  }
  for (const kind of CAPACITY_KINDS) {
    const count = counts[kind];
    if (count && count.low !== count.high) {
      findings.warn('range', `${LABELS[kind]}为区间${range(count)}，按区间记录`, columnOf(cells, kind));
    }
    if (count?.inexact) {
      findings.warn('countInexact', `${LABELS[kind]}不是确数，按${range(count)}记录`, columnOf(cells, kind));
    }
  }
  const measure: CapacityKind = category === 'Childcare' ? 'places' : 'beds';
  if (category && !counts[measure]) {
    findings.warn(
      'capacityUnknown',
      `没有列出${LABELS[measure]}数，按“未知”记录，不计为零`,
      columnOf(cells, measure),
    );
  }
}

function columnOf(cells: RowCells, kind: CapacityKind): number | undefined {
  return cells.columnOf(kind) ?? cells.columnOf('scope');
}

function readArea(cells: RowCells, inText: ScopeCounts): Pick<Capacity, 'floorAreaM2'> {
  const printed = cells.text('floorArea');
  const column = cells.columnOf(printed === undefined ? 'scope' : 'floorArea');
  const area =
    printed === undefined
      ? inText
      : countsIn(`建筑面积${squeeze(printed).replace(/[^\d万]+$/u, '')}平方米`, 1);
  if (area.floorAreaInexact) {
    cells.findings.warn('areaInexact', `建筑面积不是确数，按${area.floorAreaM2}平方米记录`, column);
  }
  if (printed !== undefined && area.floorAreaM2 === undefined) {
    cells.findings.reject('areaUnreadable', `建筑面积“${printed}”不是可识别的数值`, column);
  }
  return area.floorAreaM2 === undefined ? {} : { floorAreaM2: area.floorAreaM2 };
}

function readFacilities(cells: RowCells, inText: ScopeCounts): Pick<Capacity, 'facilityCount'> {
  const printed = cells.text('facilityCount');
  const count =
    printed === undefined ? inText.facilityCount : parseCount(printed.replace(/[处个所]$/u, ''))?.low;
  if (printed !== undefined && count === undefined) {
    const column = cells.columnOf('facilityCount');
    cells.findings.reject('countUnreadable', `设施数量“${printed}”不是可识别的数量`, column);
  }
  return count === undefined ? {} : { facilityCount: count };
}

function range({ low, high }: CountRange): string {
  return low === high ? String(low) : `${low}—${high}`;
}
