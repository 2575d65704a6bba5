import type { ProjectEventData } from '#libs/projects/domain/events.js';
import type { Fen } from '#libs/kernel/money.js';
import { addDays } from './calendar.js';
import { purposeOf, repaidBy } from './earmarks.js';
import { isGovernmentInvested, type MoneyLine } from './funding-mix.js';
import { step, type Story } from './life.js';
import type { Profile } from './profile.js';
import type { Random } from './random.js';

/** Half of a 调剂 as the giving project recorded it, and the day. */
export interface HandedOver {
  on: string;
  half: ProjectEventData<'FundsReallocatedOut'>;
}

/** What the chapters of one life have in common. */
export interface Cast {
  random: Random;
  projectId: string;
  profile: Profile;
  lines: MoneyLine[];
  /** Day of entry into the pool. */
  pooledOn: string;
  /** The made-up present: what reaches into another life is begun only where both can be recorded by then. */
  until: string;
  /** Money that went to a second phase of the project; undefined where none did. */
  handedOver?: HandedOver;
  /** `示例文〔2024〕…号`, a new one each time. */
  document(day: string): string;
}

/** True of `percent` in a hundred projects, by a byte of their ids: takes no draw, so all else stays as it was. */
export function isOneOf(percent: number, { projectId }: Cast, byte: number): boolean {
  return parseInt(projectId.slice(2 * byte, 2 * byte + 2), 16) * 100 < percent * 256;
}

/** 入库 to 概算核定. Returns whether it is ready to be built; it is not where it was withdrawn. */
export function* prepare(cast: Cast): Story<boolean> {
  const { random, profile, pooledOn, lines } = cast;
  const listYear = Number(pooledOn.slice(0, 4)) + 1;
  yield* step(pooledOn, 'EnterPool', {
    projectId: cast.projectId,
    details: profile.details,
    list: { title: '示例州重大项目清单(示例)' },
  });
  if (random.chance(25)) yield* reviseDetails(cast);
  yield* step(addDays(pooledOn, 40), 'AssignCode', { code: projectCode(cast) });
  if (random.chance(40))
    yield* step(addDays(pooledOn, 45), 'EnterNationalLibrary', {
      libraryNumber: `示例库${random.int(1, 99999)}`,
    });
  yield* step(addDays(pooledOn, 50), 'ListForYear', {
    year: listYear,
    listTitle: `示例州${listYear}年度重大项目清单(示例)`,
  });
  if (random.chance(5)) return yield* leave(cast, listYear);
  yield* meetConditions(cast);
  if (random.chance(4)) return yield* withdraw(addDays(pooledOn, 75), '示例原因:建设条件变化');
  return yield* approve(cast, isGovernmentInvested(lines));
}

function* reviseDetails({ pooledOn, profile }: Cast): Story {
  const details = { ...profile.details, scope: `${profile.details.scope}(经示例会议调整)` };
  yield* step(addDays(pooledOn, 30), 'ReviseDetails', { details });
}

function projectCode({ random, pooledOn, profile }: Cast): string {
  const month = pooledOn.slice(2, 4) + pooledOn.slice(5, 7);
  return `${month}-${profile.details.regions[0]}-89-01-${random.int(100_000, 999_999)}`;
}

function* leave({ pooledOn }: Cast, year: number): Story<false> {
  yield* step(addDays(pooledOn, 60), 'Delist', { year, reason: '示例原因:年度计划调整' });
  return yield* withdraw(addDays(pooledOn, 61), '示例原因:不再实施');
}

function* withdraw(on: string, reason: string): Story<false> {
  yield* step(on, 'Withdraw', { reason });
  return false;
}

function* meetConditions({ random, pooledOn }: Cast): Story {
  yield* step(addDays(pooledOn, 55), 'MeetReadinessCondition', { condition: 'siting' });
  yield* step(addDays(pooledOn, 60), 'MeetReadinessCondition', { condition: 'land' });
  if (!random.chance(8)) return;
  yield* step(addDays(pooledOn, 65), 'LapseReadinessCondition', {
    condition: 'land',
    reason: '示例原因:地块调整',
  });
  yield* step(addDays(pooledOn, 70), 'MeetReadinessCondition', { condition: 'land' });
}

function* approve(cast: Cast, government: boolean): Story<true> {
  const { random, pooledOn, profile } = cast;
  const authority = '示例州示例发展改革委';
  const approval = (on: string) =>
    step(on, 'Approve', {
      mode: government ? 'Approval' : random.pick(['Filing', 'Authorisation']),
      documentNumber: cast.document(on),
      authority,
      approvedTotalFen: profile.totalFen.toString(),
    });
  yield* approval(addDays(pooledOn, 80));
  if (random.chance(3)) {
    yield* step(addDays(pooledOn, 82), 'RevokeApproval', { authority, reason: '示例原因:材料补正' });
    yield* approval(addDays(pooledOn, 90));
  }
  yield* step(addDays(pooledOn, 91), 'MeetReadinessCondition', { condition: 'approval' });
  const approvedOn = addDays(pooledOn, 100);
  if (government || random.chance(30)) yield* estimate(cast, approvedOn, authority);
  yield* planFunding(cast);
  return true;
}

function* estimate(cast: Cast, on: string, authority: string): Story {
  const totalFen: Fen = cast.profile.totalFen;
  yield* step(on, 'ApproveEstimate', {
    documentNumber: cast.document(on),
    authority,
    estimateFen: totalFen.toString(),
  });
  if (!cast.random.chance(10)) return;
  const adjustedOn = addDays(on, 5);
  yield* step(adjustedOn, 'AdjustEstimate', {
    documentNumber: cast.document(adjustedOn),
    authority,
    estimateFen: ((totalFen * 103n) / 100n).toString(),
    reason: '示例原因:材料价格变化',
  });
}

function* planFunding(cast: Cast): Story {
  const { random, pooledOn, lines } = cast;
  const plan = lines.map((line) => ({
    ...line,
    ...purposeOf(cast.profile, line),
    ...repaidBy(line),
    amountFen: line.amountFen.toString(),
  }));
  const first = plan[0];
  const revised = first !== undefined && random.chance(8);
  if (revised) {
    const smaller = { ...first, amountFen: (BigInt(first.amountFen) / 2n).toString() };
    yield* step(addDays(pooledOn, 106), 'PlanFunding', { lines: [smaller, ...plan.slice(1)] });
  }
  const reason = revised ? { reason: '示例原因:资金来源调整' } : {};
  yield* step(addDays(pooledOn, 108), 'PlanFunding', { lines: plan, ...reason });
  yield* step(addDays(pooledOn, 110), 'MeetReadinessCondition', { condition: 'funds' });
}
