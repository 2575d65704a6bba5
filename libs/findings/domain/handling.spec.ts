import type { Actor } from '#libs/projects/domain/envelope.js';
import {
  assertMayFollow,
  evolveHandling,
  initialHandling,
  stateFor,
  type HandlingState,
  type HandlingStep,
  type StepKind,
} from './handling.js';

const OLD = '1'.repeat(64);
const NEW = '2'.repeat(64);
const who = (user: string, unit = '示例1县民政局'): Actor => ({
  user,
  unit,
  role: 'LeadUnit',
  region: '990101',
});
const SAID = {
  explained: { explanation: '补助正在申请' },
  waived: { reason: '另文下达', authority: '示例州财政局' },
  rectified: { measures: '已补录' },
  closed: { note: '已核实' },
};
const step = (kind: StepKind, basis = NEW): HandlingStep =>
  ({ kind, said: SAID[kind], basis }) as HandlingStep;
const after = (...steps: [StepKind, string?][]) =>
  steps.reduce(
    (handling, [kind, basis]) => evolveHandling(handling, step(kind, basis), who('甲')),
    initialHandling(),
  );
const refusalOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('the handling of a finding', () => {
  it.each<[string, [StepKind, string?][], StepKind, boolean]>([
    ['explains what is open', [], 'explained', true],
    ['explains again', [['explained']], 'explained', true],
    ['waives what was explained', [['explained']], 'waived', true],
    ['puts right what is open', [], 'rectified', true],
    ['puts right again', [['rectified']], 'rectified', true],
    ['waives what cannot be put right', [['rectified']], 'waived', true],
    ['closes what was put right', [['rectified']], 'closed', true],
    ['closes nothing that is open', [], 'closed', false],
    ['closes nothing on an explanation', [['explained']], 'closed', false],
    ['explains nothing that was waived', [['waived']], 'explained', false],
    ['explains nothing that was put right', [['rectified']], 'explained', false],
    ['does nothing to what is closed', [['rectified'], ['closed']], 'rectified', false],
  ])('%s', (_, before, kind, allowed) => {
    const refusal = refusalOf(() => assertMayFollow(step(kind), after(...before), who('乙')));
    expect(refusal).toBe(allowed ? undefined : 'finding.illegalStep');
  });

  it('takes a second person to close', () => {
    const handling = after(['rectified']);
    expect(refusalOf(() => assertMayFollow(step('closed'), handling, who('甲')))).toBe('finding.samePerson');
    expect(
      refusalOf(() => assertMayFollow(step('closed'), handling, who('甲', '示例州审计局'))),
    ).toBeUndefined();
  });

  it('says nothing of other facts', () => {
    const states: HandlingState[] = [
      stateFor(after(['closed', OLD]), NEW),
      stateFor(after(['closed', OLD]), OLD),
      stateFor(after(['closed', OLD], ['explained']), NEW),
      stateFor(initialHandling(), NEW),
    ];
    expect(states).toEqual(['open', 'closed', 'explained', 'open']);
    const closed = after(['rectified', OLD], ['closed', OLD]);
    expect(refusalOf(() => assertMayFollow(step('explained'), closed, who('甲')))).toBeUndefined();
    expect(refusalOf(() => assertMayFollow(step('closed'), closed, who('乙')))).toBe('finding.illegalStep');
  });
});
