import { InvalidArgumentError, type Command } from 'commander';
import { isRegionCode } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import { readPlanId } from '#libs/plans/domain/plan-id.js';

/** Readers of option values. What they throw, commander reports as a wrong use of that option. */

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/u.test(text) || number < low || number > high) {
      throw new InvalidArgumentError(`应为 ${low} 至 ${high} 的整数`);
    }
    return number;
  };
}

export const year = wholeNumber(1949, 2200);

export function region(text: string): string {
  if (!isRegionCode(text)) throw new InvalidArgumentError('应为六位行政区划代码，如 513400');
  return text;
}

export function uuid(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(text)) throw new InvalidArgumentError('应为 UUID');
  return text;
}

export function planId(text: string): string {
  if (!readPlanId(text)) throw new InvalidArgumentError('应为方案编号，如 513400-2023-2025');
  return text;
}

/** A key (ElderlyCare) or its Chinese word (养老), with brackets of either width. */
export function oneOf<K extends string>(labels: Readonly<Record<K, string>>): (text: string) => K {
  return (text) => {
    const keys = Object.keys(labels) as K[];
    const found = keys.find((key) => key === text || squeeze(labels[key]) === squeeze(text));
    if (found) return found;
    throw new InvalidArgumentError(`应为 ${keys.map((key) => `${labels[key]}（${key}）`).join('、')} 之一`);
  };
}

export interface AsOfOptions {
  asKnownAt?: string;
  asEffectiveOn?: string;
}

export function addAsOfOptions(command: Command): Command {
  return command
    .option('--as-known-at <时刻>', '只计在此时刻以前记录的（ISO 8601，如 2026-01-31T12:00:00Z）')
    .option('--as-effective-on <日期>', '只计在此日以前生效的（YYYY-MM-DD）');
}

/** The given options without those that were left out. */
export function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
