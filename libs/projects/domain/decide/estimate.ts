import { refuse } from '../refusal-codes.js';
import { assertText, positiveFen, type Handlers } from './guards.js';

export const estimateHandlers: Handlers<'ApproveEstimate' | 'AdjustEstimate'> = {
  ApproveEstimate: (data, { estimate }) => {
    positiveFen(data.estimateFen, '概算');
    assertText(data.documentNumber, 'documentNumber', '概算批复文号');
    if (estimate) refuse('estimate.alreadyApproved', '概算已核定,变更请办理概算调整');
    return [{ type: 'EstimateApproved', data }];
  },
  AdjustEstimate: (data, { estimate }) => {
    const fen = positiveFen(data.estimateFen, '概算');
    assertText(data.documentNumber, 'documentNumber', '概算调整文号');
    if (!estimate) refuse('estimate.missing', '概算尚未核定,不能调整');
    if (fen === estimate.fen) return [];
    return [{ type: 'EstimateAdjusted', data: { ...data, previousFen: estimate.fen.toString() } }];
  },
};
