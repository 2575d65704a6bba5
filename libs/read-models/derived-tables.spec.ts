import { ledgerProjection } from './ledger/projection.js';
import { PROJECTIONS } from './read-models.js';
import { registerProjection } from './register/projection.js';
import { ReadModelDatabase } from './testing/read-model-database.js';
import { details, projectId, recorded } from './testing/recorded.js';
import { yearlyCountsProjection } from './yearly-counts/projection.js';

const entered = recorded([
  {
    projectId: projectId(1),
    effective: '2024-01-10',
    event: { type: 'ProjectEnteredPool', data: { projectId: projectId(1), details: details('示例项目1') } },
  },
]);

describe('what is derived at the end of a rebuild', () => {
  const deriving = PROJECTIONS.filter((projection) => projection.derivations !== undefined);

  it('is that of the ledger, the register and the yearly counts', () => {
    expect(new Set(deriving)).toEqual(
      new Set([ledgerProjection, registerProjection, yearlyCountsProjection]),
    );
  });

  it.each(deriving.map((projection) => [projection.name, projection] as const))(
    'of %s is written while the indexes are made, and neither waits for the other',
    async (_, projection) => {
      const database = await ReadModelDatabase.open(projection);
      try {
        await database.apply(entered, 500, true);
        await database.deriveBesideIndexes(projection);
        const totals = await database.totals(projection);
        expect(Object.values(totals)).toContain('1');
        // As after a process that died behind them.
        await database.deriveBesideIndexes(projection);
        expect(await database.totals(projection)).toEqual(totals);
      } finally {
        await database.close();
      }
    },
  );
});
