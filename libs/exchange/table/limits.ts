/**
 * What a file may cost us. Published lists have tens of rows; these leave two orders of magnitude above the largest
 * provincial list and still keep one import below about half a gigabyte of memory.
 */
export interface TableLimits {
  readonly fileBytes: number;
  readonly zipEntries: number;
  /** All parts of the workbook together, declared as well as actually inflated. */
  readonly inflatedBytes: number;
  /** Inflated : compressed, looked at only above `ratioFromBytes`, since tiny XML compresses well honestly. */
  readonly inflationRatio: number;
  readonly ratioFromBytes: number;
  readonly sheets: number;
  /** Rows that are not empty, a sheet. */
  readonly rows: number;
  readonly columns: number;
  /** Cells that are not empty, all sheets together. */
  readonly cells: number;
  readonly sharedStrings: number;
  readonly cellCharacters: number;
  readonly mergedRanges: number;
}

export const TABLE_LIMITS: TableLimits = {
  fileBytes: 20 * 1024 * 1024,
  zipEntries: 2_000,
  inflatedBytes: 200 * 1024 * 1024,
  inflationRatio: 200,
  ratioFromBytes: 10 * 1024 * 1024,
  sheets: 50,
  rows: 20_000,
  columns: 200,
  cells: 500_000,
  sharedStrings: 500_000,
  cellCharacters: 32_767,
  mergedRanges: 50_000,
};
