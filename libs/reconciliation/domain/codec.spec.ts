import { frozenSamples } from '#libs/projects/domain/testing/frozen-samples.js';
import { decodeStatementReconciled, encodeStatementReconciled } from './events.js';

describe('events of a reconciliation', () => {
  frozenSamples(
    new URL('./samples/v1/', import.meta.url),
    {
      StatementReconciled: (stored) => {
        const { data, envelope } = decodeStatementReconciled(stored);
        return encodeStatementReconciled(data, stored.id, envelope);
      },
    },
    (data) => ({ ...data, fileName: '' }),
  );
});
