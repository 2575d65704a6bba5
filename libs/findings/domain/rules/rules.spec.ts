import { DEFAULT_PARAMETERS } from '../default-rule-set.js';
import { severityOn, type Outcome, type Severity } from '../outcome.js';
import {
  accepted,
  beside,
  commissioned,
  dossierOf,
  entered,
  estimate,
  finalAccount,
  money,
  othersHalf,
  planned,
  report,
  started,
  wan,
  toldId,
  type Told,
} from '../testing/told.js';
import { PROJECT_RULES } from './rules.js';

interface Example {
  fires: Told[];
  /** Severity on days, `none` before it fails. */
  on: Record<string, Severity | 'none'>;
  says: RegExp;
  passes: Told[];
  notApplicable: Told[];
  others?: number[];
}

const capacity = (beds: number) => ({ plannedCapacity: { beds: { low: beds, high: beds } } });
const lottery = { source: 'WelfareLotteryFund', level: 'county' };
const self = { source: 'SelfRaised' };
const listed: Told = [
  '2024-02',
  { type: 'ProjectListedForYear', data: { year: 2024, listTitle: '示例清单' } },
];
const coded: Told = ['2024-03', { type: 'ProjectCodeAssigned', data: { code: '2403-990101-89-01-000001' } }];
const three = (...amounts: number[]) => amounts.map((amount, n) => report(`2024-0${n + 3}`, amount, '10'));

const EXAMPLES: Record<string, Example> = {
  M1: {
    fires: [estimate(100), report('2024-03', 96), report('2024-04', 5), report('2024-05', 10)],
    on: { '2024-03-27': 'none', '2024-03-28': 'warning', '2024-04-28': 'error', '2024-05-28': 'critical' },
    says: /1,110,000\.00 元 ÷ 概算 1,000,000\.00 元 = 111\.00%，须重新报批/u,
    passes: [estimate(100), report('2024-03', 95)],
    notApplicable: [report('2024-03', 95)],
  },
  M2: {
    fires: [accepted('2024-05-01'), commissioned('2024-06-01'), money('FundsAllocated', '2024-06-02', 10)],
    on: { '2024-06-01': 'none', '2024-06-02': 'error' },
    says: /已投入使用.*中央预算内投资 100,000\.00 元/u,
    passes: [money('FundsAllocated', '2024-06-01', 10), commissioned('2024-06-01')],
    notApplicable: [commissioned('2024-06-01'), money('FundsAllocated', '2024-06-02', 10, self)],
  },
  M3: {
    fires: [
      money('FundsReceived', '2024-01-31', 10),
      money('FundsReceived', '2024-08-31', 20),
      money('FundsPaid', '2024-09-01', 12),
    ],
    on: { '2025-02-28': 'none', '2025-03-01': 'warning', '2026-08-31': 'warning', '2026-09-01': 'error' },
    says: /2024年8月31日到位的中央预算内投资尚有 180,000\.00 元/u,
    passes: [
      money('FundsReceived', '2024-01-31', 10),
      money('FundsPaid', '2024-02-01', 7),
      money('FundsRecovered', '2024-02-01', 3),
    ],
    notApplicable: [money('FundsDisbursed', '2024-01-31', 10)],
  },
  M4: {
    fires: [money('FundsAllocated', '2024-01-01', 10), money('FundsDisbursed', '2024-01-02', 4)],
    on: { '2024-03-31': 'none', '2024-04-01': 'warning' },
    says: /尚有 60,000\.00 元未拨付/u,
    passes: [money('FundsAllocated', '2024-01-01', 10), money('FundsDisbursed', '2024-01-02', 10)],
    notApplicable: [],
  },
  M5: {
    fires: [
      started(),
      money('FundsAllocated', '2024-04-01', 10),
      money('FundsPaid', '2024-03-01', 1),
      money('FundsPaid', '2024-03-31', 1),
    ],
    on: { '2024-02-29': 'none', '2024-03-01': 'error' },
    says: /2024年3月1日支付 10,000\.00 元，项目2024年3月5日才开工/u,
    passes: [started(), money('FundsAllocated', '2024-04-01', 10), money('FundsPaid', '2024-04-01', 1)],
    notApplicable: [started()],
  },
  M6: {
    fires: [estimate(100), money('FundsPaid', '2024-05-01', 60), report('2024-05', 30, '39.9')],
    on: { '2024-05-27': 'none', '2024-05-28': 'warning' },
    says: /= 60\.00%，形象进度 39\.9%，相差 20\.10 个百分点/u,
    passes: [estimate(100), money('FundsPaid', '2024-05-01', 60), report('2024-05', 30, '40')],
    notApplicable: [estimate(100), report('2024-05', 30)],
  },
  M7: {
    fires: [
      money('FundsPaid', '2024-05-01', 3),
      money('FundsPaid', '2024-05-01', 3, { payee: '示例 建设公司' }),
    ],
    on: { '2024-04-30': 'none', '2024-05-01': 'error' },
    says: /示例建设公司.*30,000\.00 元共 2 次/u,
    passes: [money('FundsPaid', '2024-05-01', 3), money('FundsPaid', '2024-05-02', 3)],
    notApplicable: [money('FundsPaid', '2024-05', 3), money('FundsPaid', '2024-05', 3)],
  },
  M8: {
    fires: [entered({ totalInvestmentFen: wan(300) }), planned(100)],
    on: { '2024-01-09': 'none', '2024-01-10': 'warning' },
    says: /总投资 3,000,000\.00 元 − 各来源合计 1,000,000\.00 元 = 2,000,000\.00 元，来源未列/u,
    passes: [entered({ totalInvestmentFen: wan(300) }), planned(100, 200)],
    notApplicable: [entered({ totalInvestmentFen: wan(300) })],
  },
  M11: {
    fires: [entered({ category: 'Childcare' }), money('FundsPaid', '2024-05-01', 3, lottery)],
    on: { '2024-04-30': 'none', '2024-05-01': 'error' },
    says: /项目类型为托育/u,
    passes: [entered(), money('FundsPaid', '2024-05-01', 3, lottery)],
    notApplicable: [entered({ category: 'Childcare' }), money('FundsPaid', '2024-05-01', 3, self)],
  },
  M12: {
    fires: [
      entered(capacity(100)),
      money('FundsAllocated', '2024-02-29', 200),
      money('FundsAllocated', '2024-03-01', 301),
    ],
    on: { '2024-02-29': 'none', '2024-03-01': 'error' },
    says: /床位 100 张 × 5 万元 = 5,000,000\.00 元，超过 10,000\.00 元/u,
    passes: [entered(capacity(100)), money('FundsAllocated', '2024-02-29', 200)],
    notApplicable: [entered(), money('FundsAllocated', '2024-02-29', 200)],
  },
  M13: {
    fires: [money('FundsReceived', '2024-05-01', 100), accepted('2025-01-31'), finalAccount('2025-03-01')],
    on: { '2025-04-30': 'none', '2025-05-01': 'error' },
    says: /中央预算内投资结余 1,000,000\.00 元/u,
    passes: [
      money('FundsReceived', '2024-05-01', 100),
      money('FundsPaid', '2024-06-01', 90),
      finalAccount('2025-03-01'),
      money('FundsRecovered', '2025-03-02', 4),
      money('FundsReturned', '2025-03-02', 3),
      money('FundsReallocatedOut', '2025-03-02', 3),
    ],
    notApplicable: [money('FundsReceived', '2024-05-01', 100), accepted('2025-01-31')],
  },
  M14: {
    fires: [money('FundsReceived', '2024-05-01', 100), money('FundsReallocatedOut', '2025-03-02', 30)],
    on: { '2025-03-05': 'none', '2025-03-06': 'warning', '2025-04-01': 'warning', '2025-04-02': 'error' },
    says: /2025年3月2日调出的中央预算内投资 300,000\.00 元（到位），对方项目没有登记调入/u,
    passes: [
      money('FundsReceived', '2024-05-01', 100),
      money('FundsReallocatedOut', '2025-03-02', 30),
      othersHalf('FundsReallocatedIn', '2025-03-02', 30),
    ],
    notApplicable: [
      money('FundsReceived', '2024-05-01', 100),
      othersHalf('FundsReallocatedIn', '2025-03-02', 30),
    ],
  },
  L1: {
    fires: [entered({ plannedStart: '2024' })],
    on: { '2024-12-31': 'none', '2025-01-01': 'warning', '2026-01-01': 'error' },
    says: /计划2024年开工/u,
    passes: [entered({ plannedStart: '2024' }), started()],
    notApplicable: [entered()],
  },
  L2: {
    fires: [entered({ plannedUse: '2024-06' })],
    on: { '2024-06-30': 'none', '2024-07-01': 'warning', '2025-07-01': 'error' },
    says: /计划2024年6月投入使用/u,
    passes: [entered({ plannedUse: '2024-06' }), commissioned('2024-08-01')],
    notApplicable: [
      entered({ plannedUse: '2024' }),
      ['2024-03', { type: 'ProjectWithdrawn', data: { reason: '调出' } }],
    ],
  },
  L3: {
    fires: [accepted('2024-01-01')],
    on: { '2024-03-31': 'none', '2024-04-01': 'warning' },
    says: /2024年1月1日竣工验收/u,
    passes: [accepted('2024-01-01'), commissioned('2024-12-01')],
    notApplicable: [started()],
  },
  L4: {
    fires: [started(), report('2024-03', 1), report('2024-05', 1)],
    on: { '2024-05-10': 'none', '2024-05-11': 'warning', '2024-08-10': 'warning', '2024-08-11': 'error' },
    says: /没有2024年4月的进度月报/u,
    passes: [started(), report('2024-03', 1), accepted('2024-04-20')],
    notApplicable: [],
  },
  L5: {
    fires: three(5, 5, 5),
    on: { '2024-05-27': 'none', '2024-05-28': 'warning' },
    says: /2024年3月至2024年5月连续 3 期均为当月完成投资 50,000\.00 元、形象进度 10%/u,
    passes: three(5, 5, 6),
    notApplicable: three(5, 5),
  },
  L6: {
    fires: [entered(), listed],
    on: { '2024-01-31': 'none', '2024-02-01': 'warning' },
    says: /列入《示例清单》/u,
    passes: [entered(), listed, coded],
    notApplicable: [entered()],
  },
  C1: {
    fires: [entered(capacity(100)), accepted('2025-01-01', 89)],
    on: { '2024-12-31': 'none', '2025-01-01': 'error' },
    says: /养老床位验收 89 ÷ 计划 100 = 89\.00%/u,
    passes: [entered(capacity(100)), accepted('2025-01-01', 90)],
    notApplicable: [entered(), accepted('2025-01-01', 90)],
  },
  C2: {
    fires: [entered({ totalInvestmentFen: wan(700), floorAreaM2: '1000' })],
    others: [2, 3, 4],
    on: { '2024-01-09': 'none', '2024-01-10': 'warning' },
    says: /每平方米 0\.7000 万元/u,
    passes: [entered({ totalInvestmentFen: wan(100), ...capacity(100) })],
    notApplicable: [entered({ totalInvestmentFen: wan(100) })],
  },
};

const evaluated = (id: string, story: Told[], others = [2, 3, 4]): Outcome =>
  PROJECT_RULES.find((rule) => rule.id === id)!.evaluate(
    dossierOf(...story),
    DEFAULT_PARAMETERS,
    beside(...others),
  );

it('has examples for every rule', () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(PROJECT_RULES.map(({ id }) => id).toSorted());
});

describe.each(PROJECT_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const example = EXAMPLES[id]!;

  it('fires, from the day and as seriously as it should, with figures and events', () => {
    const outcome = evaluated(id, example.fires, example.others);
    if (outcome.kind !== 'fail') throw new Error(`${id} is ${outcome.kind}`);
    const order = ['none', 'warning', 'error', 'critical'] as const;
    for (const [day, expected] of Object.entries(example.on)) {
      const reached = outcome.items.map((item) => severityOn(item, day) ?? 'none');
      const worst = order.findLast((severity) => reached.includes(severity));
      expect([day, worst]).toEqual([day, expected]);
    }
    expect(outcome.items.map(({ sentence }) => sentence).join('\n')).toMatch(example.says);
    for (const { events, figures } of outcome.items) {
      expect(events.length).toBeGreaterThan(0);
      expect(Object.keys(figures).length).toBeGreaterThan(0);
    }
  });

  it('looks at the events it says, and at no others', () => {
    for (const story of [example.fires, example.passes, example.notApplicable]) {
      const dossier = dossierOf(...story);
      const looked = new Set<string>();
      const facts = new Proxy(dossier.facts, {
        get: (target, type) => {
          looked.add(String(type));
          return Reflect.get(target, type) as unknown;
        },
      });
      rule.evaluate({ ...dossier, facts }, DEFAULT_PARAMETERS, beside(2, 3, 4));
      expect([...looked].filter((type) => !(rule.reads as readonly string[]).includes(type))).toEqual([]);
    }
  });

  it('passes', () => {
    expect(evaluated(id, example.passes, [1, 1, 1])).toEqual({ kind: 'pass' });
  });

  it('does not apply, and says why', () => {
    const outcome = evaluated(id, example.notApplicable);
    expect(outcome.kind).toBe('notApplicable');
    expect((outcome as { why: string }).why).toMatch(/\p{Script=Han}/u);
  });
});

describe('M3 and M4 on money that came from another project', () => {
  it.each([
    ['M3', 'received', '2025-09-03'],
    ['M4', 'allocated', '2025-06-01'],
  ])('%s looks at it where the project has no other', (rule, stage, day) => {
    const outcome = evaluated(rule, [money('FundsReallocatedIn', '2025-03-02', 30, { stage })]);
    if (outcome.kind !== 'fail') throw new Error(`${rule} is ${outcome.kind}`);
    expect(outcome.items.map((item) => [severityOn(item, day), item.figures['leftFen']])).toEqual([
      ['warning', wan(30)],
    ]);
  });
});

describe('M11 on what lottery money says it is for', () => {
  const paidFor = (lotteryPurpose: string) =>
    money('FundsPaid', '2024-05-01', 3, { ...lottery, lotteryPurpose });
  const allottedFor = (lotteryPurpose: string, level = 'county') =>
    money('FundsAllocated', '2024-04-01', 3, { ...lottery, level, lotteryPurpose });
  const outcome = (...story: Told[]) => evaluated('M11', [entered(), ...story]);

  it('fails a purpose that is not permitted, or that nothing of the level was allotted for', () => {
    expect(outcome(paidFor('ElderlyWelfare'))).toEqual({ kind: 'pass' });
    expect(outcome(allottedFor('ElderlyWelfare'), paidFor('ElderlyWelfare'))).toEqual({ kind: 'pass' });
    expect(outcome(allottedFor('ChildWelfare', 'provincial'), paidFor('ElderlyWelfare'))).toEqual({
      kind: 'pass',
    });
    expect(JSON.stringify(outcome(paidFor('PublicWelfare')))).toContain('用于社会公益，不在规定用途之内');
    const other = outcome(allottedFor('ChildWelfare'), paidFor('ElderlyWelfare'));
    expect(JSON.stringify(other)).toContain('与下达时注明的用途不符');
    expect(JSON.stringify(other)).toContain(toldId(1));
  });
});
