/** Fonts of the sheet, by place. 宋体 is on every computer that will open it. */
const FONTS = [
  '<font><sz val="11"/><name val="宋体"/><charset val="134"/></font>',
  '<font><b/><sz val="11"/><name val="宋体"/><charset val="134"/></font>',
  '<font><b/><sz val="18"/><name val="宋体"/><charset val="134"/></font>',
];
const SIDES = ['left', 'right', 'top', 'bottom'].map(
  (side) => `<${side} style="thin"><color auto="1"/></${side}>`,
);
const BORDERS = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  `<border>${SIDES.join('')}<diagonal/></border>`,
];

interface Look {
  font?: 0 | 1 | 2;
  border?: true;
  align: 'left' | 'center' | 'right';
  /** Digits behind the point; left out: no number. */
  decimals?: number;
  /** Text that would be a formula if typed: stays text when somebody edits the cell. */
  quoted?: true;
}

/** 万元 needs at most six decimals to be exact. */
export const MOST_DECIMALS = 6;
const FIRST_FORMAT = 164;

const TEXT_LOOKS = {
  plain: { align: 'left' },
  title: { font: 2, align: 'center' },
  scope: { align: 'left' },
  unit: { align: 'right' },
  header: { font: 1, border: true, align: 'center' },
  text: { border: true, align: 'left' },
  quotedText: { border: true, align: 'left', quoted: true },
  word: { border: true, align: 'center' },
  quotedWord: { border: true, align: 'center', quoted: true },
  totalText: { font: 1, border: true, align: 'center' },
} as const satisfies Record<string, Look>;
export type TextStyle = keyof typeof TEXT_LOOKS;

const NUMBER_LOOKS = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) =>
  [0 as const, 1 as const].map((font): Look => ({ font, border: true, align: 'right', decimals })),
).flat();
const LOOKS: readonly Look[] = [...Object.values(TEXT_LOOKS), ...NUMBER_LOOKS];

/** The number by which cells name a style. */
export const textStyle = (style: TextStyle): number => Object.keys(TEXT_LOOKS).indexOf(style);
export const numberStyle = (decimals: number, bold: boolean): number =>
  Object.keys(TEXT_LOOKS).length + 2 * decimals + (bold ? 1 : 0);

/** The part `xl/styles.xml`: every look a cell of ours can have. */
export function stylesXml(): string {
  const formats = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => {
    const code = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
    return `<numFmt numFmtId="${FIRST_FORMAT + decimals}" formatCode="${code}"/>`;
  });
  return (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    counted('numFmts', formats) +
    counted('fonts', FONTS) +
    counted(
      'fills',
      ['none', 'gray125'].map((fill) => `<fill><patternFill patternType="${fill}"/></fill>`),
    ) +
    counted('borders', BORDERS) +
    counted('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']) +
    counted('cellXfs', LOOKS.map(lookXml)) +
    counted('cellStyles', ['<cellStyle name="常规" xfId="0" builtinId="0"/>']) +
    '</styleSheet>'
  );
}

function lookXml({ font = 0, border, align, decimals, quoted }: Look): string {
  const format = decimals === undefined ? 0 : FIRST_FORMAT + decimals;
  return (
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${border ? 1 : 0}" xfId="0" applyNumberFormat="1" ` +
    `applyFont="1" applyBorder="1" applyAlignment="1"${quoted ? ' quotePrefix="1"' : ''}>` +
    `<alignment horizontal="${align}" vertical="center"${decimals === undefined ? ' wrapText="1"' : ''}/></xf>`
  );
}

function counted(tag: string, items: readonly string[]): string {
  return `<${tag} count="${items.length}">${items.join('')}</${tag}>`;
}
