import { asOfParameters } from '../as-of.js';
import { scopeParameters } from '../scope.js';
import type { LedgerFilter } from './queries.js';

/** Parameters $1 to $12 of the ledger's statements. A key that is present and null asks for "none". */
export function ledgerParameters(filter: LedgerFilter): unknown[] {
  return [
    ...asOfParameters(filter),
    ...scopeParameters(filter),
    filter.plannedUseYear !== undefined,
    filter.plannedUseYear ?? null,
    filter.year !== undefined,
    filter.year ?? null,
    filter.source !== undefined,
    filter.source ?? null,
  ];
}
