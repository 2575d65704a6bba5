import { readFileSync } from 'node:fs';
import parser from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import type { ConnectionOptions } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { Refusal } from '#libs/kernel/refusal.js';

/** What may be said behind `?`. The client knows more, prints what it does not take with the whole string, and goes on. */
const OPTIONS = [
  ...['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile'],
  ...['keepAliveInterval', 'keepAliveTimeout', 'defaultDeadline', 'connectionName'],
  ...['nodePreference', 'discoveryInterval', 'gossipTimeout', 'maxDiscoverAttempts'],
];
/** The client does not look at case, `-` and `_`. */
const plain = (key: string): string => key.toLowerCase().replace(/[-_]/gu, '');
const KNOWN: ReadonlySet<string> = new Set(OPTIONS.map(plain));
/** The client takes a name up to the first colon and a password up to the next colon or @, and the rest for a host. */
const SHAPE = /^[^:@]+:\/\/(?:[^:@]+:[^:@]+@)?[^@?]+(?:\?(?<options>.*))?$/u;

/**
 * Reads a connection string with the client's own parser. No error repeats any of it: parts of a password may stand
 * anywhere in one that is wrong. @throws Refusal `config.eventStore`
 */
export function parseConnectionString(text: string): ConnectionOptions {
  const shape = SHAPE.exec(text.trim());
  if (!shape)
    refuse(
      '应为 esdb://user:password@host:2113?tls=true 的形式，用户名、密码里的特殊字符写成百分号编码（@ 为 %40）',
    );
  const keys = (shape.groups?.['options'] ?? '').split('&').map((option) => option.split('=')[0]!.trim());
  const unknown = keys.findIndex((key) => key !== '' && !KNOWN.has(plain(key)));
  if (unknown >= 0) refuse(`第 ${unknown + 1} 个选项未知，可用的选项：${OPTIONS.join('、')}`);
  try {
    return parser.parseConnectionString(text.trim().replace(/^kurrentdb/u, 'esdb'));
  } catch {
    return refuse('主机、端口或选项的值不合要求');
  }
}

/** @throws Refusal `config.eventStore` */
export function readNamedFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return refuse(`其中指明的文件“${path}”无法读取（${(error as NodeJS.ErrnoException).code}）`);
  }
}

export function refuse(why: string): never {
  throw new Refusal('config.eventStore', `环境变量 EVENT_STORE 的连接串无法使用：${why}`);
}
