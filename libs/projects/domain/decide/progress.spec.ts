import type { ProjectCommands } from '../commands.js';
import { command, eventId, given } from '../testing/decider-specification.js';
import { approved, closeYear, underConstruction, wan } from '../testing/stories.js';

const report = (
  month: string,
  physicalPercent?: string,
  more: Partial<ProjectCommands['ReportProgress']> = {},
  effectiveDate = '2026-11-01',
) =>
  command(
    'ReportProgress',
    { month, completedFen: wan(10), ...(physicalPercent !== undefined && { physicalPercent }), ...more },
    { effectiveDate },
  );

describe('monthly progress', () => {
  it('is reported once a month, from the start on', () => {
    given(...approved)
      .when(report('2025-04'))
      .thenRefused('lifecycle.illegalTransition');
    given(...underConstruction)
      .when(report('2025-04', '10'))
      .thenRecords('ProgressReported');
    given(...underConstruction, report('2025-04'))
      .when(report('2025-04'))
      .thenRefused('progress.duplicateMonth', { month: '2025-04' });
    const undo = command('ReverseEntry', { eventId: eventId(underConstruction.length), reason: '误报' });
    given(...underConstruction, report('2025-04'), undo)
      .when(report('2025-04'))
      .thenRecords('ProgressReported');
  });

  it('is of a month that has begun, and of no less than nothing', () => {
    given(...underConstruction)
      .when(report('2026-12'))
      .thenRefused('progress.futureMonth');
    given(...underConstruction)
      .when(report('2026-11'))
      .thenRecords('ProgressReported');
    given(...underConstruction)
      .when(report('2026-11', '1', { completedFen: '-1' }))
      .thenRefused('amount.negative');
    given(...underConstruction)
      .when(report('2026-11', '1', { completedFen: '0' }))
      .thenRecords('ProgressReported');
  });

  it('does not fall, compared exactly with the months before and behind', () => {
    const reported = [...underConstruction, report('2025-04', '9.5'), report('2025-06', '30')];
    given(...reported)
      .when(report('2025-07', '29.99'))
      .thenRefused('progress.percentFell', { other: '2025-06' });
    given(...reported)
      .when(report('2025-07', '30.00'))
      .thenRecords('ProgressReported');
    given(...reported)
      .when(report('2025-07'))
      .thenRecords('ProgressReported');
    given(...reported)
      .when(report('2025-05', '9.4'))
      .thenRefused('progress.percentFell', { other: '2025-04' });
    given(...reported)
      .when(report('2025-05', '30.1'))
      .thenRefused('progress.percentOverLater');
    given(...reported)
      .when(report('2025-05', '10'))
      .thenRecords('ProgressReported');
  });

  it('is a percentage', () => {
    for (const percent of ['100.1', '-1', 'half']) {
      given(...underConstruction)
        .when(report('2025-04', percent))
        .thenRefused('progress.percentOutOfRange');
    }
    given(...underConstruction)
      .when(report('2025-04', '100.0'))
      .thenRecords('ProgressReported');
  });

  it('of a closed year is marked 以前年度', () => {
    const closed = [...underConstruction, closeYear(2025)];
    given(...closed)
      .when(report('2025-12'))
      .thenRefused('year.closed');
    given(...closed)
      .when(report('2025-12', '1', { priorYear: true }))
      .thenRecords('ProgressReported');
    given(...closed)
      .when(report('2026-01', '1', { priorYear: true }))
      .thenRefused('year.notClosed');
    given(...closed)
      .when(report('2026-01', '1', {}, '2025-12-31'))
      .thenRefused('year.closed');
  });
});
