import type { Fen } from '#libs/kernel/money.js';
import { claimed, type LineKey } from '../money-lines.js';
import { refuse } from '../refusal-codes.js';
import type { ProjectState } from '../state.js';
import { assertText, positiveFen, type Handlers } from './guards.js';
import { assertWithin, yuan } from './money-words.js';

export const estimateHandlers: Handlers<'ApproveEstimate' | 'AdjustEstimate'> = {
  ApproveEstimate: (data, { estimate }) => {
    positiveFen(data.estimateFen, '概算');
    assertText(data.documentNumber, 'documentNumber', '概算批复文号');
    if (estimate) refuse('estimate.alreadyApproved', '概算已核定，变更请办理概算调整');
    return [{ type: 'EstimateApproved', data }];
  },
  AdjustEstimate: (data, state) => {
    const { estimate } = state;
    const fen = positiveFen(data.estimateFen, '概算');
    assertText(data.documentNumber, 'documentNumber', '概算调整文号');
    if (!estimate) refuse('estimate.missing', '概算尚未核定，不能调整');
    if (fen === estimate.fen) return [];
    assertEstimateCovers(state, fen, 'estimate.belowUsed', '调整后的概算');
    return [{ type: 'EstimateAdjusted', data: { ...data, previousFen: estimate.fen.toString() } }];
  },
};

/** Once there is an estimate, all sources together claim no more; an adjustment moves the limit. */
export function assertWithinEstimate(
  { estimate, money }: ProjectState,
  line: LineKey,
  step: string,
  amount: Fen,
): void {
  if (!estimate) return;
  assertWithin('funds.overEstimate', {
    ...{ line, step, amount, already: claimed(money) },
    alreadyName: '各来源已申请、下达、到位和调入',
    limitName: '概算',
    limit: estimate.fen,
    hint: '如确需增加，请先办理概算调整',
  });
}

/** @throws Refusal `code` where the project has claimed more than the estimate would be */
export function assertEstimateCovers(
  { money }: ProjectState,
  fen: Fen,
  code: 'estimate.belowUsed' | 'reversal.estimateUsed',
  name: string,
): void {
  const used = claimed(money);
  if (used <= fen) return;
  refuse(code, `${name} ${yuan(fen)}，低于已申请、下达、到位和调入的 ${yuan(used)}，差 ${yuan(used - fen)}`, {
    limitFen: fen.toString(),
    usedFen: used.toString(),
    excessFen: (used - fen).toString(),
  });
}
