import { strFromU8, unzipSync } from 'fflate';

/** The parts of a workbook by name, as text. */
export function unzipped(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}
