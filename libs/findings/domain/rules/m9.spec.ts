import { idFor } from '#libs/kernel/ids.js';
import type { StatementReconciled } from '#libs/reconciliation/domain/events.js';
import { severityOn } from '../outcome.js';
import { addChange, isInScope, type StatementChange, type StatementDossier } from '../statement.js';
import { wan } from '../testing/told.js';
import { m9 } from './m9-statement-against-ledger.js';

const some = (count = 0, amount = 0) => ({ count, totalFen: wan(amount), items: [] });
type Result = StatementReconciled['result'];

function statement(ledger: number, said = ledger, more: Partial<Result> = {}): StatementDossier {
  const result: Result = {
    outcome: ledger === said ? 'agreed' : 'differing',
    statementLines: 1,
    ledgerItems: 1,
    balances: [{ source: 'CountyFiscal', statementFen: wan(said), ledgerFen: wan(ledger) }],
    matched: { exact: 1, document: 0, proposed: 0 },
    statementOnly: some(),
    ledgerOnly: some(),
    doubtful: some(),
    ...more,
  };
  const scope = { region: '990101', from: '2025-01-01', to: '2025-03-31', kinds: ['payment' as const] };
  return {
    reconciledBy: idFor('reconciled'),
    reconciled: { scope, fileName: '流水.xlsx', position: null, result },
    changes: new Map(),
    replaced: false,
  };
}
const change = (n: number, amount: number, kind: StatementChange['change'] = 'added'): StatementChange => ({
  change: kind,
  itemId: idFor('item', String(n)),
  byEventId: idFor(kind, String(n)),
  source: 'CountyFiscal',
  amountFen: wan(amount),
});
function after(dossier: StatementDossier, ...changes: StatementChange[]): StatementDossier {
  for (const each of changes) addChange(dossier, each);
  return dossier;
}

describe('M9', () => {
  it('fires where statement and ledger differ, source by source, from the last day of the period', () => {
    const outcome = m9.evaluate(statement(10, 8));
    if (outcome.kind !== 'fail') throw new Error(outcome.kind);
    const [item] = outcome.items;
    expect(item!.sentence).toBe(
      '2025-01-01至2025-03-31县级财政：台账 100,000.00 元 − 对账单 80,000.00 元 = 20,000.00 元',
    );
    expect(item!.figures).toMatchObject({ differenceFen: wan(2), agreementBroken: 'false' });
    expect(item!.events).toEqual([idFor('reconciled')]);
    expect([severityOn(item!, '2025-03-30'), severityOn(item!, '2025-03-31')]).toEqual([undefined, 'error']);
  });

  it('fires where a later change breaks what had agreed, and names the change', () => {
    const outcome = m9.evaluate(after(statement(10), change(1, 3), change(2, 5, 'reversed')));
    if (outcome.kind !== 'fail') throw new Error(outcome.kind);
    expect(outcome.items[0]).toMatchObject({
      figures: { ledgerThenFen: wan(10), ledgerFen: wan(8), differenceFen: wan(-2), agreementBroken: 'true' },
      events: [idFor('reconciled'), idFor('added', '1'), idFor('reversed', '2')],
      sentence: expect.stringContaining('被后来的 2 笔登记改变') as string,
    });
  });

  it('warns where the sums agree and the lines do not', () => {
    const lines = { outcome: 'differing', statementOnly: some(1, 10), ledgerOnly: some(1, 10) } as const;
    const outcome = m9.evaluate(statement(10, 10, lines));
    if (outcome.kind !== 'fail') throw new Error(outcome.kind);
    expect(outcome.items[0]!.steps).toEqual([{ severity: 'warning', from: '2025-03-31' }]);
    expect(outcome.items[0]!.sentence).toContain('对账单独有 1 笔，台账独有 1 笔');
  });

  it.each<[string, StatementDossier]>([
    ['where they agree', statement(10)],
    ['where what came went again', after(statement(10), change(1, 3), change(1, 3, 'reversed'))],
    [
      'where an entry was replaced by an equal one',
      after(statement(10), change(1, 3, 'reversed'), change(2, 3)),
    ],
  ])('passes %s', (_, dossier) => {
    expect(m9.evaluate(dossier)).toEqual({ kind: 'pass' });
  });

  it.each<[string, StatementDossier]>([
    ['to a statement that another one of its scope replaced', { ...statement(10, 8), replaced: true }],
    ['to a period without any money', statement(0, 0, { statementLines: 0, ledgerItems: 0, balances: [] })],
  ])('does not apply %s', (_, dossier) => {
    expect(m9.evaluate(dossier)).toMatchObject({
      kind: 'notApplicable',
      why: expect.stringMatching(/\p{Script=Han}/u) as string,
    });
  });
});

describe('an item is in the scope of a statement', () => {
  const { scope } = statement(1).reconciled;
  const item = {
    kind: 'payment',
    projectId: idFor('p'),
    regions: ['990102', '990101'],
    on: '2025-03',
  } as const;

  it.each([
    ['by the whole of its date', item, true],
    ['not by a part of its date', { ...item, on: '2025' }, false],
    ['not before it', { ...item, on: '2024-12-31' }, false],
    ['not elsewhere', { ...item, regions: ['990102'] }, false],
    ['not as another kind', { ...item, kind: 'receipt' as const }, false],
  ])('%s', (_, one, expected) => {
    expect(isInScope(scope, one)).toBe(expected);
  });

  it('and of one project alone, where that was asked', () => {
    expect(isInScope({ ...scope, projectId: idFor('q') }, item)).toBe(false);
    expect(isInScope({ ...scope, projectId: idFor('p') }, item)).toBe(true);
  });
});
