import type { FastifyRequest } from 'fastify';
import { idFor, newId } from '#libs/kernel/ids.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { ProblemError } from './problem.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/u;

type Headers = FastifyRequest['headers'];

/**
 * The command id an `Idempotency-Key` stands for: a UUID is the id itself; other text names an id within the user
 * who sent it, since two people may both call a request “1”. Without a key every request is a new command.
 * @throws ProblemError `request.idempotencyKey`
 */
export function commandIdOf(headers: Headers, actor: Actor): string {
  const key = headers['idempotency-key'];
  if (key === undefined) return newId();
  if (typeof key !== 'string' || !VISIBLE_ASCII.test(key)) {
    throw new ProblemError('request.idempotencyKey', 'Idempotency-Key 应为 UUID，或 1–200 个可见 ASCII 字符');
  }
  return UUID.test(key) ? key.toLowerCase() : idFor('idempotency-key', actor.unit, actor.user, key);
}

/**
 * The revision that `If-Match: "12"` asks for; undefined without the header.
 * @throws ProblemError `request.ifMatch`
 */
export function ifMatchOf(headers: Headers): number | undefined {
  const header = headers['if-match'];
  if (header === undefined) return undefined;
  const match = /^"?(\d{1,9})"?$/u.exec(header);
  if (!match) throw new ProblemError('request.ifMatch', 'If-Match 应为项目版本号，如 "12"');
  return Number(match[1]);
}
