/** Measures of GB/T 9704—2012, in the units of a `.docx`: lengths in twips, sizes of letters in half points. */

export const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

/** 二号 22, 三号 16, 四号 14, 五号 10.5, 小五 9 points: a digest still fits on a line of 小五. */
export const SIZE = { title: 44, body: 32, tableTitle: 28, pageNumber: 28, table: 21, note: 21, small: 18 };

/** The width of one character of the body 三号, 一字. */
export const CHARACTER = SIZE.body * 10;

/** 版心 156 by 225 mm. */
export const CORE = { width: twips(156), height: twips(225) };

/** Twenty-two lines fill the height; rounded up they would be twenty-one. */
export const LINE = Math.floor(CORE.height / 22);

/** A4: 天头 37 mm, 订口 28 mm; the dash of a page number stands 7 mm below the text. */
export const PAGE = {
  size: { width: twips(210), height: twips(297) },
  margin: { top: twips(37), bottom: twips(35), left: twips(28), right: twips(26), footer: twips(25) },
};

/** Twenty-eight characters 三号 fill a line: what each gives up for that, in 1/4096 of a point. */
export const GRID = {
  linePitch: LINE,
  charSpace: Math.round((CORE.width / 20 / 28 - SIZE.body / 2) * 4096),
};

/** 红头: its upper edge is 35 mm below that of the text; red as printed, without a tint. */
export const HEAD = { before: twips(35), largest: 96, smallest: SIZE.title, colour: 'FF0000' };
