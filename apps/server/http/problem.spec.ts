import {
  AccessDenied,
  CommandReused,
  ForeignPosition,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '#libs/event-store/errors.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { answerFor, problemFor } from './problem.js';

describe('errors as problems', () => {
  it.each([
    [new StoreUnavailable('gone'), 503, 'store.unavailable', 5],
    [new AccessDenied('no'), 503, 'store.accessDenied', undefined],
    [new OutcomeUnknown('lost'), 504, 'store.outcomeUnknown', 5],
    [new RevisionConflict('project-1', 3, 4), 409, 'store.revisionConflict', undefined],
    [new CommandReused('c'), 422, 'command.reused', undefined],
    [new ForeignPosition('a', 'b'), 400, 'store.foreignPosition', undefined],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 503, 'database.unavailable', 5],
    [
      Object.assign(new Error('failed'), { driverError: Object.assign(new Error(), { code: '57P01' }) }),
      503,
      'database.unavailable',
      5,
    ],
    [new Refusal('funds.paidOverReceived', '超过'), 422, 'funds.paidOverReceived', undefined],
    [new Refusal('project.unknown', '没有'), 404, 'project.unknown', undefined],
    [new Refusal('actor.notPermitted', '无权'), 403, 'actor.notPermitted', undefined],
    [new Refusal('import.fileTooLarge', '过大'), 413, 'import.fileTooLarge', undefined],
    [new Refusal('something.new', '不允许'), 422, 'something.new', undefined],
  ])('%s is %i', (error, status, code, retryAfterSeconds) => {
    const answer = answerFor(error);
    expect(answer?.problem).toMatchObject({ status, code });
    expect(answer?.retryAfterSeconds).toBe(retryAfterSeconds);
  });

  it('advises to repeat with the same key where the outcome is unknown', () => {
    expect(answerFor(new OutcomeUnknown('lost'))?.problem.detail).toContain('Idempotency-Key');
  });

  it('shows amounts of a refusal in fen and yuan', () => {
    const refusal = new Refusal('funds.paidOverReceived', '超过', { excessFen: '150', level: undefined });
    expect(answerFor(refusal)?.problem.details).toEqual({ excess: { fen: '150', yuan: '1.50' } });
  });

  it('knows nothing of other errors', () => {
    expect(answerFor(new Error('bug'))).toBeUndefined();
    expect(answerFor('text')).toBeUndefined();
  });

  it('takes the family with its dot, not any word that begins alike', () => {
    expect(problemFor('importance.low', '').title).toBe(problemFor('other', '').title);
  });
});
