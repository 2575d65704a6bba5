import { ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ProblemError, type FieldError } from './problem.js';
import { escapePointer, unwritable } from './unwritable.js';

/**
 * Checks a body or a query against its class: unknown fields are refused, nested objects are checked, and every
 * fault is reported with its place, all at once.
 */
export function validated(expectedType: Type): ValidationPipe {
  return new WritablePipe({
    expectedType,
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalid(fieldErrors(errors)),
  });
}

/** Looks for what no field may hold, unknown ones included, before anything else reads it. */
class WritablePipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const fault = unwritable(value);
    if (fault) throw invalid([fault]);
    return super.transform(value, metadata);
  }
}

export function invalid(errors: FieldError[]): ProblemError {
  const detail =
    errors.length > 0
      ? errors.map(({ pointer, message }) => `${pointer} ${message}`).join('；')
      : '应为 JSON 对象';
  return new ProblemError('request.invalid', detail, { errors });
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const pointer = `${parent}/${escapePointer(property)}`;
    const own = Object.entries(constraints).map(([rule, message]) => ({
      pointer,
      message: inChinese(rule, message),
    }));
    // One reason a field is enough, and the first rule to be declared says it best.
    return [...own.slice(0, 1), ...fieldErrors(children, pointer)];
  });
}

function inChinese(rule: string, message: string): string {
  if (rule === 'whitelistValidation') return '不认识的字段';
  if (rule === 'nestedValidation') return '应为对象';
  if (rule === 'unknownValue') return '应为 JSON 对象';
  return message;
}
