import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isPartialDate } from '#libs/kernel/partial-date.js';
import { faultOfAmount } from './amount.js';

/**
 * Fields of request bodies: each says once what a field is, for the validator (in Chinese) and for the OpenAPI
 * document. All start with what the field means; `optional` fields may be left out.
 */
interface Options {
  optional?: true;
  example?: unknown;
}

function field(
  api: ApiPropertyOptions,
  { optional, example }: Options,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const described = {
    ...api,
    required: !optional,
    ...(example !== undefined && { example }),
  } as ApiPropertyOptions;
  // Validators report in the order they stand in; decorators of one property run from the last to the first.
  return applyDecorators(ApiProperty(described), ...(optional ? [IsGiven()] : []), ...checks.toReversed());
}

/** Optional means left out; null is a wrong value, not an absent one. */
const IsGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export function Text(description: string, options: Options & { max?: number } = {}): PropertyDecorator {
  const { max = 300 } = options;
  const message = `应为 1–${max} 字的文字`;
  return field(
    { description, type: String, minLength: 1, maxLength: max, pattern: '\\S' },
    options,
    Matches(/\S/u, { message }),
    MinLength(1, { message }),
    MaxLength(max, { message }),
  );
}

export function Pattern(
  description: string,
  pattern: RegExp,
  message: string,
  options: Options = {},
): PropertyDecorator {
  return field(
    { description, type: String, pattern: pattern.source },
    options,
    Matches(pattern, { message }),
  );
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

export const Uuid = (description: string, options: Options = {}): PropertyDecorator =>
  Pattern(description, UUID, '应为 UUID', options);

/** One of the keys of a vocabulary; the labels are listed in the description. */
export function OneOf(
  description: string,
  labels: Readonly<Record<string, string>>,
  options: Options = {},
): PropertyDecorator {
  const keys = Object.keys(labels);
  const legend = Object.entries(labels).map(([key, label]) => `${key} ${label}`);
  const message = `应为 ${keys.join('、')} 之一`;
  return field(
    { description: `${description}：${legend.join('，')}`, type: String, enum: keys },
    options,
    IsIn(keys, { message }),
  );
}

export function Whole(
  description: string,
  min: number,
  max: number,
  options: Options = {},
): PropertyDecorator {
  const message = `应为 ${min}–${max} 的整数`;
  return field(
    { description, type: 'integer', minimum: min, maximum: max },
    options,
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** Like `Whole`, in a query, where everything arrives as text. */
export function WholeInQuery(
  description: string,
  min: number,
  max: number,
  options: Options = {},
): PropertyDecorator {
  return applyDecorators(
    Whole(description, min, max, options),
    Type(() => Number),
  );
}

export const Year = (description: string, options: Options = {}): PropertyDecorator =>
  Whole(description, 1949, 2200, { example: 2024, ...options });

export const Count = (description: string, options: Options = {}): PropertyDecorator =>
  Whole(description, 0, 10_000_000, options);

/** 2023, 2023-05 or 2023-05-17: as precise as the document prints it. */
export function DateText(description: string, options: Options = {}): PropertyDecorator {
  return field(
    {
      description: `${description}（年、年-月或年-月-日）`,
      type: String,
      pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$',
    },
    { example: '2024-05-17', ...options },
    ValidateBy({
      name: 'partialDate',
      validator: {
        validate: (value) => typeof value === 'string' && isPartialDate(value),
        defaultMessage: () => '应为存在的日期，写成 2023、2023-05 或 2023-05-17',
      },
    }),
  );
}

export function Amount(description: string, options: Options = {}): PropertyDecorator {
  return field(
    { description, $ref: '#/components/schemas/AmountInput' } as ApiPropertyOptions,
    options,
    ValidateBy({
      name: 'amount',
      validator: {
        validate: (value) => faultOfAmount(value) === undefined,
        defaultMessage: (args) => faultOfAmount(args?.value) ?? '',
      },
    }),
  );
}

export function Nested(
  description: string,
  type: new () => object,
  options: Options = {},
): PropertyDecorator {
  return applyDecorators(
    field({ description, type }, options, IsObject({ message: '应为对象' }), ValidateNested()),
    Type(() => type),
  );
}

export function ListOf(
  description: string,
  type: new () => object,
  options: Options & { min?: number; max?: number } = {},
): PropertyDecorator {
  const { min = 0, max = 100 } = options;
  const message = `应为 ${min}–${max} 项的数组`;
  return applyDecorators(
    field(
      { description, type, isArray: true, minItems: min, maxItems: max },
      options,
      IsArray({ message }),
      ArrayMinSize(min, { message }),
      ArrayMaxSize(max, { message }),
      ValidateNested({ each: true }),
    ),
    Type(() => type),
  );
}

export function Texts(
  description: string,
  max: number,
  options: Options & { min?: number; pattern?: RegExp; message?: string } = {},
): PropertyDecorator {
  const { min = 0, pattern = /^(?=.*\S).{1,300}$/su, message = '每项应为 1–300 字的文字' } = options;
  const size = `应为 ${min}–${max} 项的数组`;
  return field(
    { description, type: String, isArray: true, minItems: min, maxItems: max },
    options,
    IsArray({ message: size }),
    ArrayMinSize(min, { message: size }),
    ArrayMaxSize(max, { message: size }),
    Matches(pattern, { each: true, message }),
  );
}

/** Written `true` or left out: a mark, not a switch. */
export function Mark(description: string): PropertyDecorator {
  return field(
    { description, type: Boolean, enum: [true] },
    { optional: true },
    IsIn([true], { message: '只可为 true 或不写' }),
  );
}
