import { decodeFundPlanEvent } from '#libs/fund-plans/domain/codec.js';
import { fundPlanDecider } from '#libs/fund-plans/domain/decider.js';
import { fundPlanId, fundPlanStream } from '#libs/fund-plans/domain/events.js';
import { planDocuments } from './plan-documents.js';
import { generatePrefecture } from './prefecture.js';

const documents = planDocuments(generatePrefecture({ counties: 5, years: 6, seed: 1 })).map(
  ({ stream, events }) => {
    const told = events.map((event, revision) =>
      decodeFundPlanEvent({ ...event, stream, revision, position: String(revision) }),
    );
    return { stream, told, state: told.reduce(fundPlanDecider.evolve, fundPlanDecider.initialState()) };
  },
);

it('has the document that the auditor’s afternoon asks for, with a line a project and something left', () => {
  const found = documents.find(
    ({ stream }) => stream === fundPlanStream(fundPlanId('示例发改投资〔2025〕8号')),
  );
  const { plan, draws } = found!.state;
  expect(plan!.source).toBe('CentralBudgetInvestment');
  const drawn = [...draws.values()].reduce((sum, { amountFen }) => sum + amountFen, 0n);
  expect(drawn).toBe(plan!.lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n));
  expect(BigInt(plan!.totalFen)).toBeGreaterThan(drawn);
});

it('has documents of several projects', () => {
  expect(documents.some(({ state }) => state.plan!.lines.length > 1)).toBe(true);
});

it('is recorded in order: issued before it is drawn on', () => {
  for (const { told } of documents) {
    expect(told[0]!.type).toBe('FundPlanIssued');
    const recorded = told.map(({ envelope }) => envelope.recordedAt);
    expect(recorded).toEqual([...recorded].sort());
  }
});

it('uses no id twice', () => {
  const ids = documents.flatMap(({ told }) => told.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
