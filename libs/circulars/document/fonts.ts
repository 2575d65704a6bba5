import { strToU8, unzipSync, zipSync } from 'fflate';

/* eslint-disable no-restricted-syntax -- lists of fonts have the commas of their format */
/** Fonts of official documents by name, each with what stands in, in order, where a machine does not have it. */
const FALLBACKS = {
  方正小标宋简体: '宋体,SimSun,Noto Serif CJK SC',
  仿宋_GB2312: '仿宋,FangSong,Noto Serif CJK SC',
  楷体_GB2312: '楷体,KaiTi,Noto Serif CJK SC',
  黑体: 'SimHei,Noto Sans CJK SC',
  宋体: 'SimSun,Noto Serif CJK SC',
} as const;

/** `hint`: quotation marks and dashes, which Latin and Chinese texts share, are set as Chinese ones. */
const font = (name: keyof typeof FALLBACKS, latin = 'Times New Roman') => ({
  ascii: latin,
  hAnsi: latin,
  cs: latin,
  eastAsia: name,
  hint: 'eastAsia',
});

export const FONTS = {
  title: font('方正小标宋简体'),
  fang: font('仿宋_GB2312'),
  kai: font('楷体_GB2312'),
  hei: font('黑体'),
  song: font('宋体'),
  pageNumber: font('宋体', '宋体'),
};

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
/** Earliest time that a ZIP can say: the document says its day itself, and its bytes shall not tell the clock. */
const WRITTEN = new Date(1980, 0, 1, 12);

/** Writes the fallbacks into the document's font table, and its own day in place of the moment it was made. */
export function withFontFallbacks(docx: Uint8Array, day: string): Buffer {
  const files = unzipSync(docx);
  const fonts = Object.entries(FALLBACKS).map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`,
  );
  const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  files['word/fontTable.xml'] = strToU8(
    `${declaration}<w:fonts xmlns:w="${MAIN}">${fonts.join('')}</w:fonts>`,
  );
  const core = Buffer.from(files['docProps/core.xml'] ?? []).toString('utf8');
  files['docProps/core.xml'] = strToU8(
    core.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, `${day}T00:00:00Z`),
  );
  return Buffer.from(zipSync(files, { mtime: WRITTEN }));
}
