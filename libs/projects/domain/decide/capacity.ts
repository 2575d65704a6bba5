import { canonicalJson } from '#libs/kernel/canonical.js';
import { refuse } from '../refusal-codes.js';
import { assertActualCapacity, assertWithinAccepted } from './capacity-rules.js';
import { assertText, type Handlers } from './guards.js';
import { assertAfterStage } from './lifecycle.js';

/** Beds and places: accepted, in use, changed, out of use. */
export const capacityHandlers: Handlers<
  'AcceptCompletion' | 'Commission' | 'ChangeCapacity' | 'Decommission'
> = {
  AcceptCompletion: (data, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    assertText(data.documentNumber, 'documentNumber', '验收文号');
    assertActualCapacity(data.capacity);
    return [{ type: 'CompletionAccepted', data }];
  },
  Commission: (data, state, { effectiveDate }) => {
    if (!state.accepted && !state.exempted) {
      refuse('lifecycle.notAccepted', '项目未竣工验收，也未记录免予验收，不能投入使用');
    }
    assertAfterStage(effectiveDate, state);
    assertActualCapacity(data.capacity);
    assertWithinAccepted(data.capacity, state.accepted);
    return [{ type: 'ProjectCommissioned', data }];
  },
  ChangeCapacity: ({ capacity, reason }, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    assertActualCapacity(capacity);
    assertWithinAccepted(capacity, state.accepted);
    const before = state.inUse!;
    if (canonicalJson(before) === canonicalJson(capacity)) return [];
    return [{ type: 'CapacityChanged', data: { before, after: capacity, reason } }];
  },
  Decommission: ({ reason }, state, { effectiveDate }) => {
    assertAfterStage(effectiveDate, state);
    return [{ type: 'ProjectDecommissioned', data: { capacity: state.inUse!, reason } }];
  },
};
