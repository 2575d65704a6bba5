import type { ProjectCommand, ProjectCommandType } from './commands.js';
import { capacityHandlers } from './decide/capacity.js';
import { decliningHandlers } from './decide/declining.js';
import { detailsHandlers } from './decide/details.js';
import { estimateHandlers } from './decide/estimate.js';
import { planHandlers } from './decide/funding-plan.js';
import { fundHandlers } from './decide/funds.js';
import { assertNotFuture, type Handler, type Handlers } from './decide/guards.js';
import { lifecycleHandlers } from './decide/lifecycle.js';
import { progressHandlers } from './decide/progress.js';
import { reallocationHandlers } from './decide/reallocation.js';
import { reversalHandlers } from './decide/reversal.js';
import { assertStage } from './decide/stages.js';
import { yearHandlers } from './decide/years.js';
import type { ProjectEvent } from './events.js';
import { evolve } from './evolve/evolve.js';
import { initialState, type ProjectState } from './state.js';

const HANDLERS: Handlers<ProjectCommandType> = {
  ...detailsHandlers,
  ...lifecycleHandlers,
  ...estimateHandlers,
  ...planHandlers,
  ...fundHandlers,
  ...reallocationHandlers,
  ...yearHandlers,
  ...progressHandlers,
  ...capacityHandlers,
  ...reversalHandlers,
  ...decliningHandlers,
};

/**
 * The rules of one project, pure. `decide` reads the state and returns what happened (nothing, where it is so already)
 * or throws a `Refusal`; `evolve` changes its state in place, so each fold takes a fresh `initialState()`.
 */
export const projectDecider = {
  initialState,
  decide(command: ProjectCommand, state: ProjectState): ProjectEvent[] {
    assertStage(command.type, state);
    assertNotFuture(command.context);
    const handler = HANDLERS[command.type] as Handler<ProjectCommandType>;
    return handler(command.data, state, command.context);
  },
  evolve,
} as const;
