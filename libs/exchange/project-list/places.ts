import type { RegionCode, RegionMatch } from '#libs/kernel/regions.js';
import { squeeze } from '#libs/kernel/text.js';
import type { Gazetteer } from './gazetteer.js';

export interface Places {
  /** Divisions in the order printed, each once. */
  regions: RegionCode[];
  renamed: RegionMatch[];
  /** Parts that name no division of the region; they lie in the one printed before them, if there is one. */
  unplaced: string[];
}

/** Reads 实施地点: one place, several counties (美姑县、盐源县), or places below a county (美姑县乐约乡龙头湾社区). */
export function readPlaces(text: string, gazetteer: Gazetteer): Places {
  const regions = new Set<RegionCode>();
  const renamed: RegionMatch[] = [];
  const unplaced: string[] = [];
  for (const part of splitNames(text, gazetteer)) {
    const match = gazetteer.containing(part);
    if (!match) unplaced.push(part);
    else regions.add(match.code);
    if (match?.formerName) renamed.push(match);
  }
  return { regions: [...regions], renamed, unplaced };
}

/**
 * Reads 组织实施单位. A name shared by several counties is written out for each: 美姑、盐源、喜德县民政局 are three
 * bureaus. Units that are complete by themselves stay as printed.
 */
export function readUnits(text: string, gazetteer: Gazetteer): string[] {
  const units: string[] = [];
  let waiting: RegionMatch[] = [];
  for (const part of splitNames(text, gazetteer)) {
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

/** Splits at 、,;/ and at 和, 及, 与 before the name of a division (和平乡 stays whole), but not inside brackets. */
function splitNames(text: string, gazetteer: Gazetteer): string[] {
  const parts = squeeze(text.replace(/[\r\n]+/gu, '、')).split(/[、,;/](?![^(]*\))/u);
  return parts.flatMap((part) => splitAtAnd(part, gazetteer)).filter((part) => part !== '');
}

function splitAtAnd(text: string, gazetteer: Gazetteer): string[] {
  for (let at = 2; at < text.length - 2; at += 1) {
    if (!/[和及与]/u.test(text[at]!) || !gazetteer.startOf(text.slice(at + 1))) continue;
    return [text.slice(0, at), ...splitAtAnd(text.slice(at + 1), gazetteer)];
  }
  return [text];
}
