import { divisionsIn, regionPrefix, type RegionCode } from '#libs/kernel/regions.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { squeeze } from '#libs/kernel/text.js';
import type { Sheet } from '#libs/exchange/table/sheet.js';

/** The empty prefix, inside which every division lies. */
const EVERYWHERE = '';
/** Rows from the top in which a title stands. */
const TITLE_ROWS = 4;
const PEOPLES =
  /(?:(?:藏|羌|彝|土家|苗|侗|布依|壮|傣|景颇|白|哈尼|傈僳|回|朝鲜|蒙古)族|蒙古|哈萨克|柯尔克孜)+(?=自治州$)/u;
const SHORT_ENDING: readonly [RegExp, string][] = [
  [/自治州$/u, '州'],
  [/地区$/u, '地区'],
];

/**
 * The prefecture that the title of a list names by its full or usual short name (凉山彝族自治州, 凉山州).
 * @throws Refusal `cli.regionNeeded` where it names none or several
 */
export function regionOfTitle(sheets: readonly Sheet[], fileName: string): RegionCode {
  const title = squeeze([fileName, ...sheets.filter(({ hidden }) => !hidden).map(titleText)].join('\n'));
  const named = prefectures().filter(({ names }) => names.some((name) => title.includes(name)));
  const [only] = named;
  if (only && named.length === 1) return only.code;
  const why = only
    ? `标题中有多个地区：${named.map(({ names }) => names[0]).join('、')}`
    : '标题中没有可识别的市（州）';
  throw new Refusal('cli.regionNeeded', `请用 --region 指明清单所属地区的行政区划代码（${why}）`, {
    candidates: named.map(({ code }) => code),
  });
}

function titleText({ rows }: Sheet): string {
  const top = [...rows.values()].slice(0, TITLE_ROWS);
  const firstCells = top.flatMap((row) => [...row.values()].slice(0, 1).map(({ text }) => text));
  return firstCells.join('\n');
}

function prefectures(): { code: RegionCode; names: string[] }[] {
  return divisionsIn(EVERYWHERE)
    .filter(([code]) => regionPrefix(code).length === 4)
    .map(([code, name]) => ({ code, names: [name, shortName(name)] }));
}

function shortName(name: string): string {
  const [ending, printed] = SHORT_ENDING.find(([pattern]) => pattern.test(name)) ?? [/$/u, ''];
  return name.replace(PEOPLES, '').replace(ending, printed);
}
