import type { CapacityKind, CountRange } from '#libs/kernel/capacity.js';
import { squeeze } from '#libs/kernel/text.js';

/** A count as printed: how it was read, and what the words around it leave open. */
export interface ReadCount extends CountRange {
  /** ≥, 以上, 不低于, 约, 余: the figure is a bound or an estimate. */
  inexact: boolean;
}

export interface ScopeCounts {
  counts: Partial<Record<CapacityKind, ReadCount>>;
  /** Kinds printed with two different figures: nobody can say which is the total. */
  ambiguous: CapacityKind[];
  /** Decimal text in m². */
  floorAreaM2?: string;
  floorAreaInexact?: true;
  facilityCount?: number;
}

/** As much of a description as an event keeps. */
const LONGEST_TEXT = 2000;

const BEFORE = '(约|≥|>=|>|不低于|不少于|至少|近|超过)?';
/** Bounded, so that a cell full of digits costs no more than any other. */
const NUMBER = '(\\d[\\d,]{0,14}(?:\\.\\d{1,6})?)';
const DASH = '(?:-{1,2}|—{1,2}|[–―‐‑‒−~〜至到])';
const RANGE = `${NUMBER}(?:[张个]?${DASH}${NUMBER}(?!\\d*年))?`;
const FIGURE = `${BEFORE}${RANGE}(余|多)?`;
const BEHIND = '(以上|左右|及以上)?';
/** 2万张 are not two, of 100/200张 nobody can say which: figures that are cut short here are none. */
const WHOLE = '(?![\\d,.]*[万千百亿]|[\\d,]*/\\d)';
/** Between the word and its figure: 床位数为, 床位(张):, 托位共. */
const LINK = '(?:总数|数量|数|规模)?(?:\\([张个]\\))?(?:为|共计|共|达到|达|:|=|计)?';

const WORDS: Record<CapacityKind, string> = {
  nursingBeds: '(?<!非)护理型(?:养老)?床位|(?<!非)护理床位',
  beds: '(?:养老|机构|社区|医养|康养)?床位',
  inclusivePlaces: '(?<!非)普惠(?:性|型)?(?:托育)?托位|(?<!非)普惠(?:性|型)?托育位',
  places: '(?:托育)?托位',
};

/** Nursing before all beds, inclusive before all places: the longer word contains the shorter. */
const ORDER: readonly CapacityKind[] = ['nursingBeds', 'beds', 'inclusivePlaces', 'places'];

/** What a text that counts a kind contains: most texts count one kind, and looking for a word is quick. */
const MARKS: Record<CapacityKind, string> = {
  nursingBeds: '护理',
  beds: '床位',
  inclusivePlaces: '普惠',
  places: '托位',
};

const COUNT_PATTERNS = ORDER.map((kind) => ({
  kind,
  mark: MARKS[kind],
  pattern: new RegExp(
    `(?:${WORDS[kind]})${LINK}${FIGURE}${WHOLE}[张个]?${BEHIND}|${FIGURE}[张个](?:以上|左右)?(?:${WORDS[kind]})`,
    'gu',
  ),
}));
/** The rest beside the nursing beds or the inclusive places: no figure of all of them. */
const REST = {
  beds: /(?:普通|一般|其他|其它|非护理)(?:性|型)?(?:养老)?床位/u,
  places: /(?:普通|一般|其他|其它|非普惠)(?:性|型)?(?:托育)?托位/u,
};
const AREA = new RegExp(`(.{0,6}?)${FIGURE}(万)?(?:平方米|㎡|平米|m2|m²|平方)${BEHIND}`, 'gu');
const FACILITY = new RegExp(
  '(各(?:自)?(?:新?建设?|改建|设置?|设立)?)?(\\d{1,4}|[一二两三四五六七八九十])[处个所](?:[^\\d,;。、]{0,12}?)' +
    '(?:照料中心|日照中心|托育中心|敬老院|养老院|福利院|服务中心|服务站|服务点|托育园|托育点|托育机构|养老机构|综合体)',
  'gu',
);

/** Finds the counts inside 建设内容和规模. `regions` is how many counties 各建1处 speaks of. */
export function countsIn(text: string, regions: number): ScopeCounts {
  const whole = squeeze(text.slice(0, LONGEST_TEXT));
  let plain = whole;
  const counts: ScopeCounts['counts'] = {};
  const ambiguous: CapacityKind[] = [];
  for (const { kind, mark, pattern } of COUNT_PATTERNS) {
    if (!plain.includes(mark)) continue;
    const found = [...plain.matchAll(pattern)]
      .map((match) => toCount(match))
      .filter((count) => count !== undefined);
    plain = plain.replace(pattern, ' ');
    const [first, ...others] = found;
    if (!first) continue;
    const isRest = (kind === 'beds' || kind === 'places') && REST[kind].test(whole);
    if (isRest || others.some(({ low, high }) => low !== first.low || high !== first.high))
      ambiguous.push(kind);
    else counts[kind] = first;
  }
  return { counts, ambiguous, ...areaIn(plain), ...facilitiesIn(plain, regions) };
}

const WHOLE_CELL = new RegExp(`^${FIGURE}[张个]?${BEHIND}$`, 'u');

/** Reads a cell of a count column: 150, 150张, 100—200, ≥150. */
export function parseCount(text: string): ReadCount | undefined {
  const match = WHOLE_CELL.exec(squeeze(text));
  return match ? toCount(match) : undefined;
}

function toCount(match: RegExpMatchArray): ReadCount | undefined {
  // Groups 1 to 5 are of the figure behind the word, 6 to 9 of the one before it.
  const side = match[2] === undefined ? 6 : 1;
  const [before, low = '', high = low, more] = match.slice(side, side + 4);
  if (/\./u.test(low + high)) return undefined;
  const bounds = [low, high].map((digits) => Number(digits.replaceAll(',', '')));
  const inexact = Boolean(before || more || match[5] || /以上|左右/u.test(match[0]));
  const [from = 0, to = 0] = bounds;
  return to <= 10_000_000 && from <= to ? { low: from, high: to, inexact } : undefined;
}

/** 建筑面积 where it is named; else the only area in the text, unless it is land. */
function areaIn(plain: string): Pick<ScopeCounts, 'floorAreaM2' | 'floorAreaInexact'> {
  if (!/[平㎡m]/u.test(plain)) return {};
  const areas = [...plain.matchAll(AREA)].filter(([, label]) => !/占地|用地|土地|室外|绿化/u.test(label!));
  const named = areas.filter(([, label]) => /建筑面积|建设面积/u.test(label!));
  const [match, ...others] = named.length > 0 ? named : areas;
  if (!match || others.length > 0 || match[4] !== undefined) return {};
  const [, , before, figure = '', , more, tenThousand, behind] = match;
  const floorAreaM2 = scaled(figure.replaceAll(',', ''), tenThousand ? 4 : 0);
  return { floorAreaM2, ...((before || more || behind) && { floorAreaInexact: true }) };
}

/** Moves the decimal point right. */
function scaled(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = whole + fraction.padEnd(places, '0');
  const cut = whole.length + places;
  const rest = digits.slice(cut).replace(/0+$/u, '');
  return digits.slice(0, cut).replace(/^0+(?=\d)/u, '') + (rest ? `.${rest}` : '');
}

function facilitiesIn(plain: string, regions: number): Pick<ScopeCounts, 'facilityCount'> {
  if (!/[处个所]/u.test(plain)) return {};
  const [match, ...others] = [...plain.matchAll(FACILITY)];
  if (!match || others.length > 0) return {};
  const figure = match[2]!;
  const count = /\d/u.test(figure)
    ? Number(figure)
    : '一二三四五六七八九十'.indexOf(figure.replace('两', '二')) + 1;
  return { facilityCount: match[1] ? count * regions : count };
}
