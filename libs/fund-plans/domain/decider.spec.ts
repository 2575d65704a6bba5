import { idFor } from '#libs/kernel/ids.js';
import { fundPlanDecider, type Drawing, type FundPlanCommand } from './decider.js';
import type { FundPlanEvent, FundPlanEventData } from './events.js';

const wan = (amount: number) => (BigInt(amount) * 1_000_000n).toString();
const [alpha, beta, gamma] = ['甲', '乙', '丙'].map((name) => idFor('fund-plan spec', name)) as [
  string,
  string,
  string,
];
const document: FundPlanEventData<'FundPlanIssued'> = {
  documentNumber: '示例发改投资〔2025〕8号',
  authority: '示例州发展改革委',
  region: '990100',
  source: 'CentralBudgetInvestment',
  budgetYear: 2025,
  totalFen: wan(1000),
  lines: [
    { projectId: alpha, amountFen: wan(300) },
    { projectId: beta, amountFen: wan(500) },
  ],
};
const context = { effectiveDate: '2025-05-20', today: '2026-11-22' };
const issue = (more: Partial<typeof document> = {}, when = context): FundPlanCommand => ({
  type: 'IssueFundPlan',
  data: { ...document, ...more },
  context: when,
});
const draw = (
  name: string,
  projectId: string,
  amount: number,
  more: Partial<Drawing> = {},
): FundPlanCommand => ({
  type: 'DrawAllocation',
  data: {
    allocationId: idFor('allocation', name),
    projectId,
    regions: ['990101'],
    source: 'CentralBudgetInvestment',
    budgetYear: 2025,
    amountFen: wan(amount),
    ...more,
  },
});
const release = (name: string): FundPlanCommand => ({
  type: 'ReleaseDraw',
  data: { allocationId: idFor('allocation', name), cause: 'allocationReversed' },
});

function decide(...commands: FundPlanCommand[]): FundPlanEvent[] {
  let state = fundPlanDecider.initialState();
  let last: FundPlanEvent[] = [];
  for (const command of commands) {
    last = fundPlanDecider.decide(command, state);
    for (const event of last) state = fundPlanDecider.evolve(state, event);
  }
  return last;
}
const types = (events: readonly FundPlanEvent[]) => events.map(({ type }) => type);
const refused = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error;

describe('issuing a plan document', () => {
  it('records total and lines, which may leave a rest', () => {
    expect(decide(issue())).toEqual([{ type: 'FundPlanIssued', data: document }]);
    expect(types(decide(issue({ lines: [] })))).toEqual(['FundPlanIssued']);
  });

  it('shows by how much the lines exceed the total', () => {
    expect(() => decide(issue({ totalFen: wan(799) }))).toThrow(
      refused('fundPlan.linesOverTotal', { excessFen: wan(1) }),
    );
    expect(() => decide(issue({ totalFen: wan(799) }))).toThrow(
      /2 个项目合计 8,000,000.00 元，超过计划总额 7,990,000.00 元，差 10,000.00 元/u,
    );
  });

  it.each([
    ['fundPlan.directSource', issue({ source: 'SelfRaised' })],
    ['fundPlan.duplicateProject', issue({ lines: [document.lines[0]!, document.lines[0]!] })],
    ['amount.notPositive', issue({ totalFen: '0' })],
    ['fundPlan.unknownRegion', issue({ region: '980000' })],
    ['date.future', issue({}, { ...context, effectiveDate: '2026-11-23' })],
    ['date.unreadable', issue({}, { ...context, effectiveDate: '2026-13' })],
  ])('refuses %s', (code, command) => {
    expect(() => decide(command)).toThrow(refused(code));
  });

  it('takes each number once', () => {
    expect(() => decide(issue(), issue())).toThrow(refused('fundPlan.alreadyIssued'));
  });
});

describe('drawing on a plan document', () => {
  it('goes up to the project’s line and not a fen beyond', () => {
    expect(types(decide(issue(), draw('1', alpha, 200), draw('2', alpha, 100)))).toEqual(['AllocationDrawn']);
    const over = () => decide(issue(), draw('1', alpha, 200), draw('2', alpha, 101));
    expect(over).toThrow(refused('fundPlan.drawnOverLine', { limitFen: wan(300), excessFen: wan(1) }));
    expect(over).toThrow(
      /本次下达 1,010,000.00 元，已占用 2,000,000.00 元，合计 3,010,000.00 元，超过该项目的额度/u,
    );
  });

  it('gives projects without a line what no line names', () => {
    expect(types(decide(issue(), draw('1', gamma, 200)))).toEqual(['AllocationDrawn']);
    expect(() => decide(issue(), draw('1', gamma, 150), draw('2', idFor('丁'), 51))).toThrow(
      refused('fundPlan.drawnOverRest', { limitFen: wan(200), excessFen: wan(1) }),
    );
  });

  it('is done once however often it is asked, and refuses another amount under the same id', () => {
    expect(decide(issue(), draw('1', alpha, 300), draw('1', alpha, 300))).toEqual([]);
    expect(() => decide(issue(), draw('1', alpha, 300), draw('1', alpha, 299))).toThrow(
      refused('fundPlan.otherDraw'),
    );
  });

  it('gives back what is released, and can be drawn again', () => {
    const before = [issue(), draw('1', alpha, 300), release('1')];
    expect(types(decide(...before))).toEqual(['DrawReleased']);
    expect(types(decide(...before, draw('1', alpha, 300)))).toEqual(['AllocationDrawn']);
    expect(decide(...before, release('1'))).toEqual([]);
    expect(decide(issue(), release('9'))).toEqual([]);
  });

  it.each([
    ['fundPlan.otherMoney', { source: 'SpecialTreasuryBond' } as const],
    ['fundPlan.otherMoney', { budgetYear: 2024 }],
    ['fundPlan.outsideRegion', { regions: ['513401'] }],
  ])('refuses %s', (code, more) => {
    expect(() => decide(issue(), draw('1', alpha, 1, more))).toThrow(refused(code));
  });

  it('asks nothing of a number that nobody recorded', () => {
    expect(decide(draw('1', alpha, 300))).toEqual([]);
  });
});
