import {
  divisionsIn,
  everydayNames,
  formerNamesIn,
  regionContains,
  regionName,
  type RegionCode,
  type RegionMatch,
} from '#libs/kernel/regions.js';

/** Words that stand for the whole division a list was made for. */
const WHOLE =
  /^(?:全[省市州县区](?:(?:各|所有|\d{1,3}个?)县[(]?[市区、]*[)]?)?|[省市州县区]本级|各县[(]?[市区、]*[)]?|全域)$/u;
const KIND = /(?:自治州|自治县|自治旗|特区|林区|地区|[省市县区旗州盟])$/u;

interface Name {
  text: string;
  match: RegionMatch;
}

/** The divisions of one region by all their names, made once for a list since every row asks many times. */
export class Gazetteer {
  private readonly full: readonly Name[];
  private readonly short: readonly Name[];
  private readonly former: readonly RegionMatch[];

  constructor(readonly within: RegionCode) {
    const divisions = divisionsIn(within).map(([code, name]) => ({ text: name, match: { code, name } }));
    this.former = formerNamesIn(within);
    const everyday = divisions.flatMap(({ text, match }) =>
      everydayNames(text).map((name) => ({ text: name, match })),
    );
    const renamed = this.former.map((match) => ({ text: match.formerName!, match }));
    this.full = byLength([...divisions, ...everyday, ...renamed]);
    this.short = byLength(
      [...divisions, ...everyday]
        .map(({ text, match }) => ({ text: text.replace(KIND, ''), match }))
        .filter(({ text }) => text.length > 1),
    );
  }

  /** The division that the text begins with, by full, former or short name, and what follows it. */
  startOf(text: string): { match: RegionMatch; rest: string } | undefined {
    const name =
      this.full.find((candidate) => text.startsWith(candidate.text)) ??
      this.short.find((candidate) => text.startsWith(candidate.text));
    return name && { match: name.match, rest: text.slice(name.text.length) };
  }

  /**
   * The divisions that a place lies in, in the order named: 凉山州美姑县乐约乡 lies in 美姑县, 美姑县盐源县 in both. A name
   * that several divisions have (市中区) is that of the one inside another that is named too.
   */
  containing(text: string): RegionMatch[] {
    if (WHOLE.test(text)) return [{ code: this.within, name: regionName(this.within) }];
    let rest = text;
    const named = new Map<string, RegionMatch[]>();
    for (const { text: name, match } of this.full) {
      if (named.has(name)) named.get(name)!.push(match);
      else if (rest.includes(name)) {
        named.set(name, [match]);
        rest = rest.replaceAll(name, ' ');
      }
    }
    const all = [...named.values()].flat();
    const outer = (match: RegionMatch, others: readonly RegionMatch[]) =>
      others.find(({ code }) => code !== match.code && regionContains(code, match.code));
    const meant = [...named]
      .sort(([one], [other]) => text.indexOf(one) - text.indexOf(other))
      .map(([, matches]) => matches.find((match) => outer(match, all)) ?? matches[0]!);
    const lowest = meant.filter((match) => !meant.some((other) => outer(other, [match])));
    const start = lowest.length === 0 ? this.startOf(text)?.match : undefined;
    return start ? [start] : lowest;
  }

  /** The division whose whole name this is. */
  named(text: string): RegionMatch | undefined {
    const start = this.startOf(text);
    return start?.rest === '' ? start.match : undefined;
  }

  /** The former names that occur in a text. */
  formerNamesOf(text: string): RegionMatch[] {
    return this.former.filter(({ formerName }) => text.includes(formerName!));
  }
}

function byLength(names: Name[]): Name[] {
  return names.sort((a, b) => b.text.length - a.text.length);
}
