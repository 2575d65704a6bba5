import { readFileSync } from 'node:fs';
import { squeeze } from './text.js';

/** 行政区划代码 (GB/T 2260): 6 digits, `510000` province, `513400` prefecture, `513402` county. */
export type RegionCode = string;

/** A county that was renamed: old names stay in project names for years. Source: 民政部 notices of the year. */
interface Rename {
  code: RegionCode;
  formerName: string;
  since: string;
}

const RENAMES: readonly Rename[] = [{ code: '513402', formerName: '会理县', since: '2021' }];

/** The made-up prefecture of the samples; no division of this code exists. */
const SAMPLE_PREFECTURE: RegionCode = '990100';

const names = new Map<RegionCode, string>(
  Object.entries(
    JSON.parse(readFileSync(new URL('./divisions.json', import.meta.url), 'utf8')) as Record<string, string>,
  ),
);

export function isRegionCode(code: string): boolean {
  return /^\d{6}$/u.test(code) && (names.has(code) || isSampleRegion(code));
}

export function isSampleRegion(code: RegionCode): boolean {
  return code.startsWith(SAMPLE_PREFECTURE.slice(0, 4)) || code === '990000';
}

/** The division's current name, or the code itself where the table has none. */
export function regionName(code: RegionCode): string {
  return names.get(code) ?? sampleName(code) ?? code;
}

function sampleName(code: RegionCode): string | undefined {
  if (!isSampleRegion(code)) return undefined;
  return code.endsWith('00') ? '示例州' : `示例${Number(code.slice(4))}县`;
}

/** The digits that every division inside this one starts with: `51`, `5134`, `513402`. */
export function regionPrefix(code: RegionCode): string {
  return code.replace(/(?:0000|00)$/u, '');
}

export function regionContains(outer: RegionCode, inner: RegionCode): boolean {
  return inner.startsWith(regionPrefix(outer));
}

/** The smallest division that contains them all: for three counties of one prefecture, the prefecture. */
export function commonRegion(codes: readonly RegionCode[]): RegionCode | undefined {
  const [first, ...rest] = codes;
  if (first === undefined) return undefined;
  return [first, `${first.slice(0, 4)}00`, `${first.slice(0, 2)}0000`].find((candidate) =>
    rest.every((code) => regionContains(candidate, code)),
  );
}

export interface RegionMatch {
  code: RegionCode;
  name: string;
  /** Set where the text used a former name (会理县 for 会理市). */
  formerName?: string;
}

/** Finds a division inside `within` by its full, short (布拖 for 布拖县, 木里县 for 木里藏族自治县) or former name. */
export function findRegion(text: string, within: RegionCode): RegionMatch | undefined {
  const wanted = squeeze(text);
  const renamed = RENAMES.find((r) => r.formerName === wanted && regionContains(within, r.code));
  if (renamed) return { code: renamed.code, name: regionName(renamed.code), formerName: renamed.formerName };
  const inside = divisionsIn(within);
  const exact = inside.find(([, name]) => name === wanted);
  const short = exact ?? inside.find(([, name]) => wanted.length >= 2 && isShortFor(wanted, name));
  return short && { code: short[0], name: short[1] };
}

/** All divisions inside `within` (itself first, then by code), as pairs of code and name. */
export function divisionsIn(within: RegionCode): [RegionCode, string][] {
  if (isSampleRegion(within)) return sampleDivisions(within);
  return [...names].filter(([code]) => regionContains(within, code));
}

function sampleDivisions(within: RegionCode): [RegionCode, string][] {
  const codes = Array.from({ length: 100 }, (_, n) => `9901${String(n).padStart(2, '0')}`);
  return codes.filter((code) => regionContains(within, code)).map((code) => [code, regionName(code)]);
}

function isShortFor(wanted: string, name: string): boolean {
  if (shortName(name) === wanted) return true;
  const stem = wanted.replace(/[州县旗]$/u, '');
  return stem.length >= 2 && name.startsWith(stem) && AUTONOMOUS.test(name.slice(stem.length));
}

/** What the everyday name of an autonomous division leaves out: 藏族自治县, 苗族侗族自治州. */
const AUTONOMOUS = /^(?:\p{Script=Han}{1,5}族)+自治[州县旗]$/u;

/** The everyday names that an autonomous division may be meant by: 木里县 for 木里藏族自治县, 凉山州. Others have none. */
export function everydayNames(name: string): string[] {
  const kind = name.slice(-1);
  return Array.from({ length: Math.max(0, name.length - 2) }, (_, n) => n + 2)
    .filter((length) => AUTONOMOUS.test(name.slice(length)))
    .map((length) => name.slice(0, length) + kind);
}

function shortName(name: string): string {
  return name.replace(/(?:自治州|自治县|自治旗|特区|林区|地区|[省市县区旗州盟])$/u, '');
}

/** The former names of divisions inside `within`, for spotting them in project names. */
export function formerNamesIn(within: RegionCode): RegionMatch[] {
  return RENAMES.filter((r) => regionContains(within, r.code)).map((r) => ({
    code: r.code,
    name: regionName(r.code),
    formerName: r.formerName,
  }));
}
