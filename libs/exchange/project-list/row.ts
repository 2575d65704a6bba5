import { parsePartialDate, yearOf, type PartialDate } from '#libs/kernel/partial-date.js';
import { isProjectCode } from '#libs/kernel/project-code.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { regionName } from '#libs/kernel/regions.js';
import { squeeze, toHalfWidth } from '#libs/kernel/text.js';
import type { ProjectDetails } from '#libs/projects/domain/events.js';
import {
  CONSTRUCTION_NATURES,
  PROJECT_CATEGORIES,
  type ConstructionNature,
  type ProjectCategory,
} from '#libs/projects/domain/vocabulary.js';
import { Findings } from '../layout/finding.js';
import type { Gazetteer } from './gazetteer.js';
import type { ListLayout } from './layout.js';
import type { ListColumns } from './list-columns.js';
import type { ListRow } from './list-row.js';
import { readPlaces, readUnits } from './places.js';
import { readCapacity } from './row-capacity.js';
import { RowCells } from './row-cells.js';
import { readFunding } from './row-funding.js';

const CATEGORY_WORDS: Readonly<Record<string, ProjectCategory>> = {
  养老服务: 'ElderlyCare',
  养老类: 'ElderlyCare',
  托育服务: 'Childcare',
  托育类: 'Childcare',
  医养结合类: 'MedicalElderlyCare',
  医养结合服务: 'MedicalElderlyCare',
};
const LONGEST_NAME = 300;
const LONGEST_SCOPE = 2000;
/** The years that an annual list can be of. */
const FIRST_YEAR = 1949;
const LAST_YEAR = 2200;

/** Reads one project row. What cannot be read is said with sheet, row and column; nothing is guessed. */
export function readRow(
  layout: ListLayout,
  columns: ListColumns,
  row: number,
  gazetteer: Gazetteer,
): ListRow {
  const findings = new Findings(layout.grid.sheet.name, row);
  const cells = new RowCells(layout.grid, columns, row, findings);
  const name = readName(cells, gazetteer);
  const category = readCategory(cells);
  const place = readPlace(cells, gazetteer);
  const scope = limited(cells, 'scope', LONGEST_SCOPE);
  const units = readUnitNames(cells, gazetteer);
  const plannedStart = readDate(cells, 'plannedStart');
  const plannedUse = readDate(cells, 'plannedUse');
  const nature = readNature(cells);
  const capacity = readCapacity(cells, category, place.regions.length);
  const { totalFen, funding } = readFunding(cells, layout.unit);
  const code = readCode(cells);
  const sequence = readSequence(cells);
  const details: ProjectDetails | undefined =
    category && findings.errors.length === 0
      ? {
          name,
          category,
          regions: place.regions,
          place: place.text,
          ...(scope && { scope }),
          implementingUnits: units,
          ...(nature && { constructionNature: nature }),
          ...(plannedStart && { plannedStart }),
          ...(plannedUse && { plannedUse }),
          ...(totalFen !== undefined && { totalInvestmentFen: totalFen.toString() }),
          ...capacity,
        }
      : undefined;
  return {
    sheet: layout.grid.sheet.name,
    row,
    ...(sequence !== undefined && { sequence }),
    name,
    ...(details && { details }),
    ...(code && { code }),
    ...(totalFen !== undefined && { totalFen }),
    funding,
    sources: columns.sources,
    fields: columns.fields,
    warnings: findings.warnings,
    errors: findings.errors,
  };
}

function readName(cells: RowCells, gazetteer: Gazetteer): string {
  const column = cells.columnOf('name');
  const name = squeezed(limited(cells, 'name', LONGEST_NAME));
  if (name === '') cells.findings.reject('nameMissing', '没有项目名称', column);
  for (const { formerName, name: current } of gazetteer.formerNamesOf(name)) {
    const message = `名称中的“${formerName}”已更名为“${current}”，名称按原文记录`;
    cells.findings.warn('regionRenamed', message, column);
  }
  return name;
}

/** Names keep their own punctuation; only the line breaks and spaces of the layout go. */
function squeezed(text: string | undefined): string {
  return (text ?? '').replace(/[\s\u200B\uFEFF]+/gu, '');
}

function readCategory(cells: RowCells): ProjectCategory | undefined {
  const printed = cells.sharedText('category');
  const word = squeeze(printed ?? '');
  const known = (Object.keys(PROJECT_CATEGORIES) as ProjectCategory[]).find(
    (key) => PROJECT_CATEGORIES[key] === word,
  );
  const category = known ?? CATEGORY_WORDS[word];
  if (!category) {
    const labels = Object.values(PROJECT_CATEGORIES).join('、');
    const what = printed === undefined ? '没有项目类型' : `项目类型“${printed}”未知`;
    cells.findings.reject('categoryUnknown', `${what}，应为${labels}之一`, cells.columnOf('category'));
  }
  return category;
}

function readPlace(cells: RowCells, gazetteer: Gazetteer): { text: string; regions: string[] } {
  const { findings } = cells;
  const column = cells.columnOf('place');
  const cell = cells.sharedText('place') ?? '';
  const printed = squeezed(cell);
  const { regions, renamed, unplaced, doubtful } = readPlaces(cell.slice(0, LONGEST_SCOPE), gazetteer);
  if (printed === '') findings.reject('placeMissing', '没有实施地点', column);
  else if (printed.length > LONGEST_NAME) {
    findings.reject('textTooLong', `实施地点超过${LONGEST_NAME}字`, column);
  } else if (regions.length === 0) {
    const within = regionName(gazetteer.within);
    findings.reject(
      'placeUnknown',
      `实施地点“${printed}”不在${within}（${gazetteer.within}）的行政区划中`,
      column,
    );
  } else if (doubtful.length > 0 || (unplaced.length > 0 && regions.length > 1)) {
    const said = regions.map(regionName).join('、');
    const parts = [...new Set([...unplaced, ...doubtful])].join('、');
    findings.warn('placeUncertain', `“${parts}”没有写出行政区划的名称，只按${said}记录`, column);
  }
  for (const { formerName, name } of renamed) {
    findings.warn('regionRenamed', `地点中的“${formerName}”已更名为“${name}”`, column);
  }
  return { text: printed, regions };
}

function readUnitNames(cells: RowCells, gazetteer: Gazetteer): string[] {
  const column = cells.columnOf('units');
  const printed = cells.sharedText('units') ?? '';
  const units = readUnits(printed.slice(0, LONGEST_SCOPE), gazetteer);
  if (units.length === 0) cells.findings.warn('unitsUnknown', '没有列出组织实施单位', column);
  const longest = Math.max(0, ...units.map((unit) => unit.length));
  if (printed.length > LONGEST_SCOPE || units.length > 200 || longest > LONGEST_NAME) {
    cells.findings.reject('textTooLong', '组织实施单位过多或名称过长', column);
  }
  return units;
}

function readDate(cells: RowCells, field: 'plannedStart' | 'plannedUse'): PartialDate | undefined {
  const printed = cells.sharedText(field);
  const column = cells.columnOf(field);
  if (printed === undefined) {
    if (field === 'plannedUse') {
      cells.findings.warn('plannedUseUnknown', '没有列出投入使用时间，只入库，不列入年度清单', column);
    }
    return undefined;
  }
  try {
    const date = parsePartialDate(certainDate(cells, field, printed));
    if (yearOf(date) >= FIRST_YEAR && yearOf(date) <= LAST_YEAR) return date;
    cells.findings.reject('dateUnreadable', `“${printed}”不是合理的年份`, column);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    cells.findings.reject('dateUnreadable', error.message, column);
    return undefined;
  }
}

/** 2025年上半年, 2025年第四季度. */
const PART_OF_YEAR = /^(\d{4})年?(?:[上下]半年|第?[一二三四1-4]季度)(?:[底末]前?)?$/u;

/**
 * Of a number 2023.1, which is January or October as a spreadsheet drops the zero of 2023.10, and of half a year or a
 * quarter, only the year is certain. By the end of a month (2025年12月底前) is in it.
 */
function certainDate(cells: RowCells, field: 'plannedStart' | 'plannedUse', printed: string): string {
  const plain = squeeze(printed);
  const part = PART_OF_YEAR.exec(plain)?.[1];
  const number = cells.isNumber(field) ? /^(\d{4})\.1$/u.exec(plain)?.[1] : undefined;
  const year = part ?? number;
  if (!year) return printed.replace(/(?<=[底末]\s*)前\s*$/u, '');
  const message = part
    ? `“${printed}”不到月，按${year}年记录`
    : `数值单元格“${printed}”可能是${year}年1月，也可能是10月，按${year}年记录`;
  cells.findings.warn('dateUncertain', message, cells.columnOf(field));
  return year;
}

function readNature(cells: RowCells): ConstructionNature | undefined {
  const printed = cells.sharedText('nature');
  const word = squeeze(printed ?? '');
  const keys = Object.keys(CONSTRUCTION_NATURES) as ConstructionNature[];
  const nature = keys.find((key) => CONSTRUCTION_NATURES[key] === word);
  if (printed !== undefined && !nature) {
    const labels = Object.values(CONSTRUCTION_NATURES).join('、');
    cells.findings.warn(
      'natureUnknown',
      `建设性质“${printed}”未知（应为${labels}），未记录`,
      cells.columnOf('nature'),
    );
  }
  return nature;
}

function readCode(cells: RowCells): string | undefined {
  const printed = cells.text('code');
  if (printed === undefined) return undefined;
  const code = squeeze(printed).replace(/[–—]/gu, '-');
  if (isProjectCode(code)) return code;
  const message = `项目代码“${printed}”格式不正确，应为 4-6-2-2-6 位数字`;
  cells.findings.reject('codeUnreadable', message, cells.columnOf('code'));
  return undefined;
}

function readSequence(cells: RowCells): number | undefined {
  const printed = toHalfWidth(cells.text('sequence') ?? '').trim();
  return /^\d{1,7}$/u.test(printed) ? Number(printed) : undefined;
}

function limited(cells: RowCells, field: 'name' | 'scope', longest: number): string | undefined {
  const text = cells.text(field);
  if (text === undefined || text.length <= longest) return text;
  cells.findings.reject('textTooLong', `超过${longest}字`, cells.columnOf(field));
  return undefined;
}
