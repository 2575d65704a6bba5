import type { ProjectCommand, ProjectCommands } from '../commands.js';
import { command, eventId, given } from '../testing/decider-specification.js';
import {
  approved,
  carry,
  closeYear,
  commission,
  accepted,
  enter,
  exempt,
  file,
  fund,
  funded,
  start,
  underConstruction,
  wan,
} from '../testing/stories.js';

const reverse = (
  n: number,
  more: Partial<ProjectCommands['ReverseEntry']> = {},
  effectiveDate = '2026-11-01',
) => command('ReverseEntry', { eventId: eventId(n), reason: '录入有误', ...more }, { effectiveDate });
/** Reverses the last of the commands given. */
const andReverse = (...life: ProjectCommand[]): [ProjectCommand[], ProjectCommand] => [
  life,
  reverse(life.length - 1),
];

describe('a reversal', () => {
  it('repeats what it takes back', () => {
    const paid = fund('PayFunds', 100);
    given(...funded, paid)
      .when(reverse(funded.length))
      .thenEvents({
        type: 'EntryReversed',
        data: {
          reversed: {
            id: eventId(8),
            type: 'FundsPaid',
            effectiveDate: '2025-06-01',
            schemaVersion: 2,
            data: paid.data,
          },
          reason: '录入有误',
        },
      });
  });

  it('is of an entry of this project, once, and neither of a reversal nor of the entry into the pool', () => {
    given(enter).when(reverse(99)).thenRefused('reversal.unknownEvent');
    given(enter).when(reverse(0)).thenRefused('reversal.notReversible', {}, '终止');
    given(enter, closeYear(2025)).when(reverse(1)).thenRefused('reversal.notReversible', {}, '以前年度');
    const [life, undo] = andReverse(...funded);
    given(...life, undo)
      .when(undo)
      .thenRefused('reversal.alreadyReversed');
    given(...life, undo)
      .when(reverse(life.length))
      .thenRefused('reversal.ofReversal');
  });

  it('does not come before what it takes back', () => {
    given(...funded)
      .when(reverse(7, {}, '2025-05'))
      .thenRefused('reversal.beforeEntry');
    given(...funded)
      .when(reverse(7, {}, '2025-06'))
      .thenRecords('EntryReversed');
  });

  it('takes money out of the stage it was brought to, as long as it is there', () => {
    given(...funded, fund('PayFunds', 100))
      .when(reverse(7))
      .thenRefused(
        'reversal.moneyMovedOn',
        { stage: 'received', amountFen: wan(300), balanceFen: wan(200), excessFen: wan(100) },
        '冲销资金到位 3,000,000.00 元，而到位环节只余 2,000,000.00 元',
      );
    for (const n of [5, 6])
      given(...funded)
        .when(reverse(n))
        .thenRefused('reversal.moneyMovedOn');
    given(...funded, fund('PayFunds', 100), reverse(8))
      .when(reverse(7))
      .thenRecords('EntryReversed');
    const carried = [...funded, carry('received', 300)];
    given(...carried)
      .when(reverse(8))
      .thenRecords('EntryReversed');
    const gone = fund('PayFunds', 1, { budgetYear: 2026 }, '2026-02');
    given(...carried, gone)
      .when(reverse(8))
      .thenRefused('reversal.moneyMovedOn', { balanceFen: wan(299) });
  });

  it('frees what the entry used', () => {
    const { history } = given(...funded, reverse(7), reverse(6), reverse(5), reverse(4));
    const totals = history.state.money.all().map((line) => new Set(Object.values(line.totals)));
    expect(totals).toEqual([new Set([0n])]);
  });

  it('in a closed year is marked 以前年度', () => {
    const closed = [...funded, fund('PayFunds', 1), closeYear(2025)];
    given(...closed)
      .when(reverse(8))
      .thenRefused('year.closed');
    given(...closed)
      .when(reverse(8, { priorYear: true }))
      .thenRecords('EntryReversed');
    given(...funded)
      .when(reverse(7, { priorYear: true }))
      .thenRefused('year.notClosed');
    given(...closed)
      .when(reverse(2, { priorYear: true }))
      .thenRefused('year.notClosed');
  });

  it('puts the stage and the facts back', () => {
    const { history, when } = given(...accepted, commission);
    when(reverse(6)).thenRecords('EntryReversed');
    expect(history.state).toMatchObject({ stage: 'Accepted', inUse: undefined, since: '2026-05-01' });
    when(reverse(5)).thenRecords('EntryReversed');
    expect(history.state).toMatchObject({ stage: 'UnderConstruction', accepted: undefined });
    when(reverse(4)).thenRecords('EntryReversed');
    expect(history.state).toMatchObject({ stage: 'Approved', started: undefined });
  });

  it('takes the later step back first', () => {
    given(...accepted)
      .when(reverse(4))
      .thenRefused('reversal.laterEntryRests', { laterType: 'CompletionAccepted' }, '竣工验收');
  });

  it('leaves in place what another entry rests on', () => {
    given(...underConstruction)
      .when(reverse(2))
      .thenRefused('reversal.laterEntryRests', { laterType: 'ConstructionStarted' });
    given(...approved, fund('AllocateFunds', 1))
      .when(reverse(1))
      .thenRefused('reversal.laterEntryRests', { laterType: 'FundsAllocated' });
    const report = command(
      'ReportProgress',
      { month: '2025-04', completedFen: '0' },
      { effectiveDate: '2025-04-30' },
    );
    given(enter, file, start, report)
      .when(reverse(2))
      .thenRefused('reversal.laterEntryRests', { laterType: 'ProgressReported' });
    given(enter, file, start, report, reverse(3)).when(reverse(2)).thenRecords('EntryReversed');
    given(enter, file, start, exempt, commission)
      .when(reverse(3))
      .thenRefused('reversal.laterEntryRests', { laterType: 'ProjectCommissioned' });
    given(enter, file, start, exempt, commission, reverse(4)).when(reverse(3)).thenRecords('EntryReversed');
  });
});
