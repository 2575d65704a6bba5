import { CommanderError } from 'commander';
import {
  AccessDenied,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '#libs/event-store/errors.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** Errors of sockets and PostgreSQL that mean: not now. */
const UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EADDRINUSE|08\w{3}|57P0\d|53300)$/u;

/** Refusals that say the same: nothing is wrong with what was asked. */
const NOT_NOW: ReadonlySet<string> = new Set(['projection.behind', 'server.portTaken']);

/** Errors of the file system that whoever runs the machine can put right: DATA_DIR is read-only, the disk is full. */
const FILES = /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOTDIR)$/u;

const USAGE: Record<string, string> = {
  'commander.unknownOption': '未知的选项',
  'commander.unknownCommand': '未知的命令',
  'commander.missingArgument': '缺少参数',
  'commander.missingMandatoryOptionValue': '缺少必需的选项',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.invalidArgument': '选项或参数的值无效',
  'commander.excessArguments': '参数过多',
  'commander.conflictingOption': '选项互相冲突',
};

/** Says in Chinese what went wrong, with its code, and returns what the shell should be told. */
export function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return reportUsage(error, terminal);
  if (error instanceof Refusal) {
    terminal.err(`错误：${error.message} [${error.code}]\n`);
    return NOT_NOW.has(error.code) ? EXIT.unavailable : EXIT.refused;
  }
  if (error instanceof RevisionConflict) {
    terminal.err(`错误：他人刚刚修改了同一项目，请重新查询后再试 [${error.code}]\n`);
    return EXIT.refused;
  }
  if (error instanceof OutcomeUnknown) {
    terminal.err(
      `错误：连接在写入后中断，是否已记录尚不确定；原样重复一次即可，不会重复记录 [${error.code}]\n`,
    );
    return EXIT.unavailable;
  }
  if (error instanceof AccessDenied) {
    terminal.err(`错误：事件库拒绝访问，请检查 EVENT_STORE 中的用户名、密码及其权限 [${error.code}]\n`);
    return EXIT.refused;
  }
  const code = codeOf(error);
  if (error instanceof StoreUnavailable || UNAVAILABLE.test(code)) {
    terminal.err(`错误：事件库、数据库或端口暂不可用：${messageOf(error)} [${code}]\n`);
    return EXIT.unavailable;
  }
  if (code.startsWith('projection.')) {
    terminal.err(`错误：${messageOf(error)} [${code}]\n`);
    return EXIT.refused;
  }
  if (FILES.test(code)) {
    terminal.err(`错误：文件或目录无法读写，请检查权限与磁盘空间：${messageOf(error)} [${code}]\n`);
    return EXIT.unavailable;
  }
  terminal.err(`内部错误：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.internal;
}

function reportUsage(error: CommanderError, terminal: Terminal): ExitCode {
  if (error.exitCode === 0 || error.code === 'commander.help')
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const subject = error.message.match(/'([^']*)'/u)?.[1] ?? '';
  // What our readers of values say follows commander's own sentence, which names the option as its help does: in Chinese.
  const why = error.message.match(/ is invalid(?: for argument '[^']*')?\. (.+)$/su)?.[1];
  const text = USAGE[error.code] ?? error.message;
  terminal.err(`用法错误：${text} ${subject}${why ? `：${why}` : ''}（--help 查看帮助） [${error.code}]\n`);
  return EXIT.usage;
}

function codeOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
