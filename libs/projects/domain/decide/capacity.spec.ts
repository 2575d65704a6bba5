import type { ActualCapacity } from '#libs/kernel/capacity.js';
import { command, eventId, given } from '../testing/decider-specification.js';
import { accepted, exempt, inUse, underConstruction } from '../testing/stories.js';

const accept = (capacity: ActualCapacity) =>
  command('AcceptCompletion', { capacity, documentNumber: '示例验1号' });
const commission = (capacity: ActualCapacity) => command('Commission', { capacity });
const change = (capacity: ActualCapacity) => command('ChangeCapacity', { capacity, reason: '调整' });

describe('beds and places', () => {
  it('are accepted with parts no larger than their whole', () => {
    given(...underConstruction)
      .when(accept({ beds: 10, nursingBeds: 11 }))
      .thenRefused('capacity.nursingOverBeds', { beds: 10, nursingBeds: 11 }, '差 1');
    given(...underConstruction)
      .when(accept({ nursingBeds: 1 }))
      .thenRefused('capacity.nursingOverBeds', { beds: 0 });
    given(...underConstruction)
      .when(accept({ places: 10, inclusivePlaces: 11 }))
      .thenRefused('capacity.inclusiveOverPlaces');
    given(...underConstruction)
      .when(accept({ beds: 10, nursingBeds: 10, places: 5, inclusivePlaces: 5 }))
      .thenRecords('CompletionAccepted');
  });

  it('come into use up to what was accepted', () => {
    given(...accepted)
      .when(commission({ beds: 151 }))
      .thenRefused('capacity.inUseOverAccepted', { kind: 'beds', inUse: 151, accepted: 150 });
    given(...accepted)
      .when(commission({ beds: 150, places: 1 }))
      .thenRefused('capacity.inUseOverAccepted', { kind: 'places', accepted: 0 });
    given(...accepted)
      .when(commission({ beds: 150, nursingBeds: 91 }))
      .thenRefused('capacity.inUseOverAccepted');
    given(...accepted)
      .when(commission({ beds: 150, nursingBeds: 90 }))
      .thenRecords('ProjectCommissioned');
    given(...underConstruction, exempt)
      .when(commission({ beds: 999 }))
      .thenRecords('ProjectCommissioned');
  });

  it('change while in use, within what was accepted, with what they were before', () => {
    given(...inUse)
      .when(change({ beds: 151 }))
      .thenRefused('capacity.inUseOverAccepted');
    given(...inUse)
      .when(change({ beds: 1, nursingBeds: 2 }))
      .thenRefused('capacity.nursingOverBeds');
    given(...inUse)
      .when(change({ nursingBeds: 90, beds: 150 }))
      .thenEvents();
    given(...inUse)
      .when(change({ beds: 120 }))
      .thenEvents({
        type: 'CapacityChanged',
        data: { before: { beds: 150, nursingBeds: 90 }, after: { beds: 120 }, reason: '调整' },
      });
    given(...accepted)
      .when(change({ beds: 1 }))
      .thenRefused('lifecycle.illegalTransition');
  });

  it('go back to what they were when a change is reversed', () => {
    const undo = command('ReverseEntry', { eventId: eventId(inUse.length), reason: '误录' });
    const { history } = given(...inUse, change({ beds: 120 }), undo);
    expect(history.state.inUse).toEqual({ beds: 150, nursingBeds: 90 });
  });
});
