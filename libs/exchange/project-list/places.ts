import type { RegionCode, RegionMatch } from '#libs/kernel/regions.js';
import { squeeze, toHalfWidth } from '#libs/kernel/text.js';
import type { Gazetteer } from './gazetteer.js';

export interface Places {
  /** Divisions in the order printed, each once. */
  regions: RegionCode[];
  renamed: RegionMatch[];
  /** Parts that name no division of the region; they lie in the one printed before them, if there is one. */
  unplaced: string[];
  /** Parts that speak of more than they name: 盐源县等3县, a county that is none of the region's. */
  doubtful: string[];
}

/** 盐源县等3县, 外地县; a market or a town is no division. */
const MORE = /等(?:\d+|[一二三四五六七八九十几各多]+)?个?[县市区]|[县旗]$|(?<![城超集夜菜])市$/u;

/**
 * Reads 实施地点: one place, several counties (美姑县、盐源县, a line each, run together), or places below a county
 * (美姑县乐约乡龙头湾社区).
 */
export function readPlaces(text: string, gazetteer: Gazetteer): Places {
  const regions = new Set<RegionCode>();
  const renamed: RegionMatch[] = [];
  const unplaced: string[] = [];
  const doubtful: string[] = [];
  for (const part of linesOf(text, gazetteer).flatMap((line) => splitNames(line, gazetteer))) {
    const matches = gazetteer.containing(part);
    if (matches.length === 0) unplaced.push(part);
    if (MORE.test(part) && (matches.length === 0 || /等/u.test(part))) doubtful.push(part);
    for (const { code } of matches) regions.add(code);
    renamed.push(...matches.filter(({ formerName }) => formerName));
  }
  return { regions: [...regions], renamed, unplaced, doubtful };
}

/**
 * Reads 组织实施单位. A name shared by several counties is written out for each: 美姑、盐源、喜德县民政局 are three
 * bureaus. Units that are complete by themselves stay as printed.
 */
export function readUnits(text: string, gazetteer: Gazetteer): string[] {
  const units: string[] = [];
  let waiting: RegionMatch[] = [];
  const lines = text.split(/[\r\n]+/u).flatMap((line) => linesOf(line, gazetteer));
  for (const part of lines.flatMap((line) => splitNames(line, gazetteer))) {
    const county = gazetteer.named(part);
    if (county) {
      waiting.push(county);
      continue;
    }
    const start = gazetteer.startOf(part);
    units.push(...waiting.map(({ name }) => name + (start?.rest ?? part)));
    if (start || waiting.length === 0) units.push(part);
    waiting = [];
  }
  return [...new Set([...units, ...waiting.map(({ name }) => name)])];
}

/** White space parts names where each of them begins with a division; else it is layout (盐源 县, a line that was full). */
function linesOf(text: string, gazetteer: Gazetteer): string[] {
  const pieces = toHalfWidth(text).trim().split(/\s+/u);
  return pieces.every((piece) => gazetteer.startOf(piece)) ? pieces : [text];
}

/** Splits at 、,;/+ and at 和, 及, 与 before the name of a division (和平乡 stays whole), but not inside brackets. */
function splitNames(text: string, gazetteer: Gazetteer): string[] {
  const parts = squeeze(text).split(/[、,;/+](?![^(]*\))/u);
  return parts.flatMap((part) => splitAtAnd(part, gazetteer)).filter((part) => part !== '');
}

function splitAtAnd(text: string, gazetteer: Gazetteer): string[] {
  for (let at = 2; at < text.length - 2; at += 1) {
    if (!/[和及与]/u.test(text[at]!) || !gazetteer.startOf(text.slice(at + 1))) continue;
    return [text.slice(0, at), ...splitAtAnd(text.slice(at + 1), gazetteer)];
  }
  return [text];
}
