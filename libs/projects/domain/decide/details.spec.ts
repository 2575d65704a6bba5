import { command, eventId, given } from '../testing/decider-specification.js';
import { details, enter, PROJECT_ID } from '../testing/stories.js';
import type { ProjectDetails } from '../events.js';

const revise = (changes: Partial<ProjectDetails>) =>
  command('ReviseDetails', { details: { ...details, ...changes } });
const code = '2509-320193-89-01-544060';
const list = (sequence: number) => command('ListForYear', { year: 2027, listTitle: '示例清单', sequence });

describe('what the registers say', () => {
  it('records only the fields that changed', () => {
    given(enter)
      .when(revise({ place: '示例2县', plannedUse: '2027' }))
      .thenEvents({
        type: 'ProjectDetailsRevised',
        data: { before: { place: '示例1县' }, after: { place: '示例2县', plannedUse: '2027' } },
      });
    given(enter).when(revise({})).thenEvents();
  });

  it('tells unknown from known', () => {
    const { totalInvestmentFen, ...unknown } = details;
    const { history, when } = given(enter);
    when(command('ReviseDetails', { details: unknown })).thenEvents({
      type: 'ProjectDetailsRevised',
      data: { before: { totalInvestmentFen: totalInvestmentFen! }, after: {} },
    });
    expect(history.state.details).toEqual(unknown);
    when(command('ReverseEntry', { eventId: eventId(1), reason: '误改' })).thenRecords('EntryReversed');
    expect(history.state.details).toEqual(details);
  });

  it('plans parts no larger than their whole, where both are printed', () => {
    const capacity = (plannedCapacity: ProjectDetails['plannedCapacity']) =>
      command('EnterPool', { projectId: PROJECT_ID, details: { ...details, plannedCapacity } });
    const range = (low: number, high: number) => ({ low, high });
    given()
      .when(capacity({ beds: range(2, 1) }))
      .thenRefused('capacity.rangeReversed');
    given()
      .when(capacity({ beds: range(1, 9), nursingBeds: range(1, 10) }))
      .thenRefused('capacity.nursingOverBeds', { nursingBeds: 10, beds: 9 });
    given()
      .when(capacity({ places: range(9, 9), inclusivePlaces: range(10, 10) }))
      .thenRefused('capacity.inclusiveOverPlaces');
    given()
      .when(capacity({ beds: range(1, 9), nursingBeds: range(9, 9), inclusivePlaces: range(5, 5) }))
      .thenRecords('ProjectEnteredPool');
  });

  it('names the project', () => {
    given()
      .when(command('EnterPool', { projectId: PROJECT_ID, details: { ...details, name: ' ' } }))
      .thenRefused('text.missing', { field: 'name' });
  });

  it('takes a code of the national shape', () => {
    given(enter)
      .when(command('AssignCode', { code: '2513-320193-89-01-544060' }))
      .thenRefused('code.malformed');
    const assign = command('AssignCode', { code });
    given(enter).when(assign).thenEvents({ type: 'ProjectCodeAssigned', data: { code } });
    given(enter, assign).when(assign).thenEvents();
    const other = '2510-320193-89-01-544061';
    given(enter, assign)
      .when(command('AssignCode', { code: other }))
      .thenEvents({ type: 'ProjectCodeAssigned', data: { code: other, previousCode: code } });
  });

  it('lists a project for a year, renumbers it and takes it off', () => {
    const delist = command('Delist', { year: 2027, reason: '调整' });
    given(enter).when(delist).thenRefused('listing.notListed', { year: 2027 });
    given(enter).when(list(1)).thenRecords('ProjectListedForYear');
    given(enter, list(1)).when(list(1)).thenEvents();
    given(enter, list(1)).when(list(2)).thenRecords('ProjectListedForYear');
    given(enter, list(1)).when(delist).thenRecords('ProjectDelisted');
    given(enter, list(1), delist).when(delist).thenRefused('listing.notListed');
  });

  it('enters the national library once', () => {
    const library = command('EnterNationalLibrary', { libraryNumber: '示例1' });
    given(enter).when(library).thenRecords('ProjectEnteredNationalLibrary');
    given(enter, library).when(library).thenRefused('nationalLibrary.alreadyEntered');
  });

  it('keeps the four readiness conditions, each by itself', () => {
    const meet = (condition: 'land' | 'siting') => command('MeetReadinessCondition', { condition });
    const lapse = command('LapseReadinessCondition', { condition: 'land', reason: '地块调整' });
    given(enter).when(lapse).thenRefused('readiness.notMet', { condition: 'land' });
    given(enter, meet('land')).when(meet('land')).thenEvents();
    given(enter, meet('land')).when(lapse).thenRecords('ReadinessConditionLapsed');
    const { history } = given(
      enter,
      meet('land'),
      meet('siting'),
      command('ReverseEntry', { eventId: eventId(1), reason: '误录' }),
    );
    expect(history.state).toMatchObject({
      'readiness.land': undefined,
      'readiness.siting': { condition: 'siting' },
    });
  });

  it('records another note of a condition that is met already, and nothing where none or the same is given', () => {
    const meet = (note?: string) =>
      command('MeetReadinessCondition', { condition: 'land', ...(note && { note }) });
    for (const again of [meet('已供地'), meet()]) given(enter, meet('已供地')).when(again).thenEvents();
    for (const before of [meet('已供地'), meet()]) {
      given(enter, before).when(meet('已取得用地批复')).thenRecords('ReadinessConditionMet');
    }
    const back = given(
      enter,
      meet('甲'),
      meet('乙'),
      command('ReverseEntry', { eventId: eventId(2), reason: '误录' }),
    );
    expect(back.history.state).toMatchObject({ 'readiness.land': { note: '甲' } });
  });
});
