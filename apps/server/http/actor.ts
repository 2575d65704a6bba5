import {
  applyDecorators,
  createParamDecorator,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isRegionCode } from '#libs/kernel/regions.js';
import { ROLES } from '#libs/projects/application/permissions.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { ProblemError } from './problem.js';

const HEADERS = [
  ['user', 'x-taizhang-user', '操作人', 'demo'],
  [
    'unit',
    'x-taizhang-unit',
    '操作人所在单位',
    '%E7%A4%BA%E4%BE%8B%E5%B7%9E%E5%8F%91%E5%B1%95%E6%94%B9%E9%9D%A9%E5%A7%94',
  ],
  [
    'role',
    'x-taizhang-role',
    `操作人角色：${Object.entries(ROLES)
      .map(([role, label]) => `${role} ${label}`)
      .join('；')}`,
    'DevelopmentReform',
  ],
  ['region', 'x-taizhang-region', '操作人所在地行政区划代码（6 位）', '990100'],
] as const;
const MAX_LENGTH = 100;

type Headers = FastifyRequest['headers'];

/**
 * Who is writing, from the trusted `x-taizhang-*` headers. Chinese may be percent-encoded or plain UTF-8.
 * @throws ProblemError `actor.missing` (401) | `actor.invalid` (400)
 */
export function actorOf(headers: Headers): Actor {
  const missing = HEADERS.filter(([, header]) => !headers[header]).map(([, header]) => header);
  if (missing.length > 0) {
    throw new ProblemError('actor.missing', `写入须注明操作人，缺少请求头：${missing.join('、')}`, {
      details: { missing },
    });
  }
  const actor = Object.fromEntries(HEADERS.map(([key, header]) => [key, textOf(header, headers)]));
  if (!isRegionCode(actor['region']!)) {
    throw new ProblemError('actor.invalid', `x-taizhang-region 应为行政区划代码，收到“${actor['region']}”`);
  }
  return actor as unknown as Actor;
}

function textOf(header: string, headers: Headers): string {
  // Node hands header bytes over as Latin-1.
  const raw = Buffer.from(String(headers[header]), 'latin1').toString('utf8');
  const text = decoded(raw)?.trim();
  if (!text || text.length > MAX_LENGTH || /[\p{Cc}\uFFFD]/u.test(text)) {
    throw new ProblemError(
      'actor.invalid',
      `${header} 应为 1–${MAX_LENGTH} 字的文字（UTF-8，可用百分号编码）`,
    );
  }
  return text;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Ahead of the body's validation, so that whoever may not write learns nothing about the body. */
class ActorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    actorOf(context.switchToHttp().getRequest<FastifyRequest>().headers);
    return true;
  }
}

/** A route that writes: needs the actor headers, and says so in the OpenAPI document. */
export const Writes = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    UseGuards(new ActorGuard()),
    ...HEADERS.map(([, name, description, example]) =>
      ApiHeader({ name, description, required: true, schema: { type: 'string', example } }),
    ),
  );

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>().headers),
);
