import { Transform } from 'class-transformer';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { isRegionCode } from '#libs/kernel/regions.js';
import { PROJECT_CATEGORIES } from '#libs/projects/domain/vocabulary.js';
import { MAX_PAGE_SIZE } from '#libs/read-models/paging.js';
import { OneOf, Text, WholeInQuery } from './fields.js';

/** What “no value” is called in a query, where null cannot be written. */
export const NONE = 'none';

export const DEFAULT_PAGE_SIZE = 50;

/** A parameter of a query: read from text by `read`, then held to `check`. */
export function Parameter(
  description: string,
  {
    read,
    check,
    fault,
    schema,
  }: {
    read: (text: unknown) => unknown;
    check: (value: unknown) => boolean;
    fault: string;
    schema?: ApiPropertyOptions;
  },
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, ...schema, description, required: false } as ApiPropertyOptions),
    ValidateIf((_, value) => value !== undefined),
    Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : read(value))),
    ValidateBy({ name: 'parameter', validator: { validate: check, defaultMessage: () => fault } }),
  );
}

const asItIs = (text: unknown): unknown => text;

export const Region = (): PropertyDecorator =>
  Parameter('行政区划代码（6 位），含其下各级', {
    read: asItIs,
    check: (value) => typeof value === 'string' && isRegionCode(value),
    fault: '应为已知的 6 位行政区划代码',
    schema: { type: String, example: '990100' },
  });

/** `true` or `false`. */
export const Flag = (description: string): PropertyDecorator =>
  Parameter(description, {
    read: (text) => ({ true: true, false: false })[String(text)] ?? text,
    check: (value) => typeof value === 'boolean',
    fault: '应为 true 或 false',
    schema: { type: Boolean },
  });

/** A year, or `none` for what has no year; in code a number or null. */
export const YearOrNone = (description: string): PropertyDecorator =>
  Parameter(`${description}；none 表示未列年度`, {
    read: (text) => (text === NONE ? null : Number(text)),
    check: (value) => value === null || isYear(value),
    fault: '应为四位年份或 none',
    schema: { type: String, pattern: '^(\\d{4}|none)$' },
  });

/** Keys separated by commas; in code an array. */
export const KeyList = (
  description: string,
  allowed: (key: string) => boolean,
  fault: string,
  example: string,
): PropertyDecorator =>
  Parameter(`${description}，多个以逗号分隔`, {
    read: (text) => (typeof text === 'string' ? text.split(',').filter((key) => key !== '') : text),
    check: (value) => Array.isArray(value) && value.every((key: string) => allowed(key)),
    fault,
    schema: { type: String, example },
  });

function isYear(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1949 && (value as number) <= 2200;
}

/** Every read may wait for a write: see `ReadBus`. */
export class ReadQuery {
  @Text('等到查询数据包含此位置（写入答复中的 position）再回答，至多 5 秒', { optional: true, max: 100 })
  waitFor?: string;
}

export const Cursor = (): PropertyDecorator =>
  Text('上一页答复中的 nextCursor', { optional: true, max: 1000 });

export const Limit = (): PropertyDecorator =>
  WholeInQuery(`每页条数，默认 ${DEFAULT_PAGE_SIZE}`, 1, MAX_PAGE_SIZE, { optional: true });

export class PageQuery extends ReadQuery {
  @Cursor()
  cursor?: string;

  @Limit()
  limit?: number;
}

export const Category = (): PropertyDecorator => OneOf('项目类型', PROJECT_CATEGORIES, { optional: true });

/** Query parameters by their names, without those left out and without those that only steer the request. */
export function filterOf<T extends ReadQuery>(query: T): Omit<T, 'waitFor'> {
  const { waitFor: _, ...filter } = query;
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as typeof filter;
}

export function pageFilterOf<T extends ReadQuery & { limit?: number }>(
  query: T,
): Omit<T, 'waitFor' | 'limit'> & { limit: number } {
  const { limit = DEFAULT_PAGE_SIZE, ...filter } = filterOf(query);
  return { ...(filter as Omit<T, 'waitFor' | 'limit'>), limit };
}
