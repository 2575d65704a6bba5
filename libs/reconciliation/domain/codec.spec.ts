import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { frozenSamples } from '#libs/projects/domain/testing/frozen-samples.js';
import { decodeStatementReconciled, encodeStatementReconciled } from './events.js';

const again = (stored: EventToDecode) => {
  const { data, envelope } = decodeStatementReconciled(stored);
  return encodeStatementReconciled(data, stored.id, envelope);
};

/** Decisions on pairs came later, and are left out where there are none. */
describe.each(['v1', 'v1-decided'])('events of a reconciliation (%s)', (folder) => {
  frozenSamples(new URL(`./samples/${folder}/`, import.meta.url), { StatementReconciled: again }, (data) => ({
    ...data,
    fileName: '',
  }));
});
