import { types } from 'node:util';
import {
  AccessDenied,
  CommandReused,
  ForeignPosition,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '#libs/event-store/errors.js';
import type { JsonObject } from '#libs/kernel/json.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { toView } from '../dto/money-fields.js';

/** One field that was wrong: where (RFC 6901 pointer into the body, or the name of a parameter) and why. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** RFC 9457 problem details; `code` is the stable name programs go by, `detail` is for the person at the screen. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  instance?: string;
  details?: Readonly<Record<string, unknown>>;
  errors?: FieldError[];
}

/** A request turned down by the HTTP layer itself, before the domain saw it. */
export class ProblemError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly more: {
      errors?: FieldError[];
      details?: Record<string, unknown>;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
  }
}

/**
 * Status and title by code, the first row whose prefix fits. A refusal of the domain is 422: the request was
 * understood and the facts forbid it.
 */
const FAMILIES: readonly (readonly [prefix: string, status: number, title: string])[] = [
  ['route.notFound', 404, '没有这个地址'],
  ['project.notFound', 404, '没有这个项目'],
  ['project.unknown', 404, '没有这个项目'],
  ['finding.unknown', 404, '没有这项疑点'],
  ['ruleSet.unknown', 404, '没有这个规则集'],
  ['ruleSet', 422, '规则集不符合要求'],
  ['finding.factsChanged', 409, '疑点的依据已变化'],
  ['finding', 422, '疑点不能这样处理'],
  ['import.notFound', 404, '没有这次导入'],
  ['reconciliation.notFound', 404, '没有这次对账'],
  ['fundPlan.notFound', 404, '没有这份投资计划'],
  ['trace.unknownPayment', 404, '没有这笔支付'],
  ['import.fileTooLarge', 413, '请求过大'],
  ['request.tooLarge', 413, '请求过大'],
  ['request.mediaType', 415, '不支持的内容类型'],
  ['request.contentEncoding', 415, '不支持的内容编码'],
  ['request.headersTooLarge', 431, '请求头过大'],
  ['request.timeout', 408, '请求超时'],
  ['request.foreignHost', 403, '拒绝外来主机名'],
  ['request.foreignOrigin', 403, '拒绝跨站写入'],
  ['request.preconditionFailed', 412, '项目已被他人修改'],
  ['request', 400, '请求有误'],
  ['paging', 400, '分页参数有误'],
  ['asOf', 400, '时点参数有误'],
  ['ageing', 400, '账龄参数有误'],
  ['yearlyCounts.badYears', 400, '年度参数有误'],
  ['ledger.tooManyRows', 400, '结果过大'],
  ['register.tooManyRows', 400, '结果过大'],
  ['position', 400, '位置标记有误'],
  ['store.foreignPosition', 400, '位置标记有误'],
  ['actor.missing', 401, '缺少操作人'],
  ['actor.notPermitted', 403, '无权办理'],
  ['actor.outsideRegion', 403, '无权办理'],
  ['actor', 400, '操作人有误'],
  ['command.reused', 422, '幂等键已用于其他内容'],
  ['store.revisionConflict', 409, '项目已被他人修改'],
  ['store.accessDenied', 503, '事件库拒绝访问'],
  ['store.unavailable', 503, '事件库暂不可用'],
  ['store.outcomeUnknown', 504, '写入结果未知'],
  ['database.unavailable', 503, '数据库暂不可用'],
  ['projection.behind', 503, '查询数据尚未跟上'],
  ['projection', 503, '查询数据暂不可用'],
  ['server.notReady', 503, '尚不能服务'],
  ['server.unexpected', 500, '服务器内部错误'],
  ['import', 422, '文件不能导入'],
  ['funds', 422, '资金不符合规则'],
  ['evaluation.notFound', 404, '没有这次年度评估'],
  ['evaluation.incomplete', 503, '查询数据不完整'],
  ['evaluation.storeTooBusy', 503, '事件库写入繁忙'],
  ['evaluation.snapshot', 422, '快照不完整'],
  ['evaluation', 422, '年度评估不符合规则'],
  ['circular.notFound', 404, '没有这份通报'],
  ['circular.badPeriod', 400, '期间有误'],
  ['circular.draftChanged', 409, '草稿已被他人修改'],
  ['circular', 422, '通报不符合规则'],
  ['plan.notFound', 404, '没有这份方案'],
  ['plan', 422, '计划不符合规则'],
  ['indicators', 400, '指标参数有误'],
  ['fundPlan', 422, '投资计划不符合规则'],
  ['reallocation', 422, '资金不能这样调剂'],
  ['entry', 422, '该请求此前未能登记'],
  ['amount', 422, '金额不符合规则'],
  ['money', 422, '金额不符合规则'],
  ['year', 422, '预算年度不符合规则'],
  ['date', 422, '日期不符合规则'],
  ['capacity', 422, '床位或托位数不符合规则'],
  ['lifecycle', 422, '项目状态不允许'],
  ['reversal', 422, '不能冲销'],
  ['', 422, '业务规则不允许'],
];

export function problemFor(code: string, detail: string): Problem {
  const [, status, title] = FAMILIES.find(
    ([prefix]) => code === prefix || prefix === '' || code.startsWith(`${prefix}.`),
  )!;
  return { type: `urn:taizhang:problem:${code}`, title, status, detail, code };
}

/** Amounts of a refusal in fen and yuan, like everywhere; what is not known is left out. */
function detailsView(details: Refusal['details']): NonNullable<Problem['details']> {
  return toView(JSON.parse(JSON.stringify(details)) as JsonObject) as NonNullable<Problem['details']>;
}

/** A problem and what goes with it into the headers. */
export interface Answer {
  problem: Problem;
  retryAfterSeconds?: number;
}

/** What a known error is to the client; undefined for one that nobody foresaw. */
export function answerFor(error: unknown): Answer | undefined {
  if (error instanceof ProblemError) return fromProblemError(error);
  if (error instanceof Refusal) {
    return { problem: { ...problemFor(error.code, error.message), details: detailsView(error.details) } };
  }
  if (error instanceof RevisionConflict) return fromConflict(error);
  if (error instanceof CommandReused) {
    return {
      problem: problemFor('command.reused', '这个幂等键（或命令编号）已用于另一项内容，请换一个新的'),
    };
  }
  if (error instanceof ForeignPosition) {
    return { problem: problemFor(error.code, '这个位置标记来自另一个事件库，在这里没有意义') };
  }
  if (error instanceof AccessDenied) {
    return {
      problem: problemFor(error.code, '事件库拒绝了本系统的用户名、密码或权限，什么也没有写入，请联系管理员'),
    };
  }
  if (error instanceof StoreUnavailable) {
    return {
      problem: problemFor(error.code, '事件库连接不上，什么也没有写入，请稍后重试'),
      retryAfterSeconds: 5,
    };
  }
  if (error instanceof OutcomeUnknown) {
    const advice =
      '写入途中与事件库断开，可能已写入也可能没有。请用同一个 Idempotency-Key 原样重发，不会重复记账';
    return { problem: problemFor(error.code, advice), retryAfterSeconds: 5 };
  }
  return isDatabaseDown(error)
    ? { problem: problemFor('database.unavailable', '数据库连接不上，请稍后重试'), retryAfterSeconds: 5 }
    : undefined;
}

function fromProblemError({ code, detail, more }: ProblemError): Answer {
  const { errors, details, retryAfterSeconds } = more;
  return {
    problem: { ...problemFor(code, detail), ...(details && { details }), ...(errors && { errors }) },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

function fromConflict({ code, expected, actual }: RevisionConflict): Answer {
  const detail = `项目在此期间有了新的记录（期望版本 ${expected}，现为 ${actual ?? '无'}），本次未写入，请重新读取后再提交`;
  return { problem: { ...problemFor(code, detail), details: { expected, actual: actual ?? null } } };
}

/** Class 08 (connection) and 57P0x (shut down) of PostgreSQL, and what the socket says; wrapped by TypeORM or not. */
const DOWN = /^(08\w{3}|57P0[1-5]|53300|ECONN\w+|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE)$/u;

function isDatabaseDown(error: unknown): boolean {
  // Not instanceof: errors of sockets come from another realm where the program runs inside a VM context.
  if (!types.isNativeError(error)) return false;
  const { code, driverError, errors } = error as { code?: unknown; driverError?: unknown; errors?: unknown };
  if (typeof code === 'string' && DOWN.test(code)) return true;
  if (
    /Connection terminated|timeout exceeded when trying to connect|pool after calling end/u.test(
      error.message,
    )
  )
    return true;
  if (Array.isArray(errors) && errors.some(isDatabaseDown)) return true;
  return driverError !== undefined && driverError !== error && isDatabaseDown(driverError);
}
