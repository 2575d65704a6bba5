import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { CircularFigures, CircularTable } from '../application/figures.js';
import type { Issued } from '../domain/events.js';
import { circularDocx } from './circular-docx.js';
import { titleLines, widthOf } from './typography.js';

const SAMPLE = new URL('../domain/samples/v1/CircularIssued.json', import.meta.url);
const { corrects: _, ...ISSUED } = (JSON.parse(readFileSync(SAMPLE, 'utf8')) as { data: Issued }).data;
const LONG = '示例1县社区日间照料中心建设(二期)附属康复楼及室外配套工程项目';

const table = (name: string, columns: string[], rows: string[][]): CircularTable => ({
  ...{ name, title: `示例表${name}`, columns, rows, more: 0, note: null },
});
const RANKING = table('ranking', ['名次', '地区', '完成投资率'], [['1', '示例1县', '87.50%']]);

/** A document as its XML, and as the paragraphs that a reader sees. */
async function written(
  { paragraphs, ...rest }: Partial<Issued> & Pick<Issued, 'paragraphs'>,
  tables: CircularTable[] = [RANKING],
) {
  const figures = { projects: '39,045' } as CircularFigures['figures'];
  const files = unzipSync(await circularDocx({ ...ISSUED, ...rest, paragraphs }, { figures, tables }));
  const part = (name: string) => strFromU8(files[`word/${name}.xml`]!);
  const body = part('document');
  const seen = [...body.matchAll(/<w:p>.*?<\/w:p>/gu)].map(([xml]) => ({
    xml,
    text: [...xml.matchAll(/<w:t[^>]*>([^<]*)/gu)].map(([, text]) => text).join('|'),
    font: /<w:rFonts[^>]*w:eastAsia="([^"]+)"/u.exec(xml)?.[1],
    size: Number(/<w:sz w:val="(\d+)"/u.exec(xml)?.[1]) / 2,
    alignment: /<w:jc w:val="(\w+)"/u.exec(xml)?.[1],
  }));
  const find = (text: string) => seen.find((paragraph) => paragraph.text.includes(text))!;
  return { part, body, seen, find };
}

const text = (words: string): Issued['paragraphs'][number] => ({ kind: 'text', text: words });
const heading = (words: string): Issued['paragraphs'][number] => ({ kind: 'heading', text: words });
const shown = (name: string): Issued['paragraphs'][number] => ({ kind: 'table', text: name });
const millimetres = (xml: string, name: string): number =>
  Math.round((Number(new RegExp(`w:${name}="(\\d+)"`, 'u').exec(xml)![1]) * 25.4) / 1440);

describe('the circular as an official document', () => {
  it('has the page of GB/T 9704: A4, its margins, 22 lines of 28 characters', async () => {
    const { body } = await written({ paragraphs: [text('示例。')] });
    const margins = /<w:pgMar[^>]*>/u.exec(body)![0];
    expect(['top', 'bottom', 'left', 'right'].map((side) => millimetres(margins, side))).toEqual([
      37, 35, 28, 26,
    ]);
    const [, type, pitch, space] =
      /<w:docGrid w:type="(\w+)" w:linePitch="(\d+)" w:charSpace="(-?\d+)"/u.exec(body)!;
    expect(type).toBe('linesAndChars');
    const [height, width] = [297 - 37 - 35, 210 - 28 - 26].map((length) => (length * 72) / 25.4);
    expect(Math.floor(height! / (Number(pitch) / 20))).toBe(22);
    expect(width! / (16 + Number(space) / 4096)).toBeCloseTo(28, 1);
  });

  it('goes from the issuing unit and number over a red line to title, text, table, signature and date', async () => {
    const { seen, find } = await written({
      paragraphs: [
        heading('一、总体情况'),
        heading('(一)进度'),
        text('共{projects}个,均已开工。'),
        shown('ranking'),
      ],
    });
    expect(
      seen
        .map(({ text: said }) => said)
        .filter((said) => said !== '')
        .slice(0, 8),
    ).toEqual([
      '示例州发展改革委',
      '示例发改〔2025〕31号',
      expect.stringMatching(/^关于示例州.*\|.*的通报$/u),
      '一、总体情况',
      '（一）进度',
      '共39,045个，均已开工。',
      '示例表ranking',
      '单位：个',
    ]);
    expect(find('示例发改〔2025〕31号').xml).toMatch(/<w:bottom w:val="single" w:color="FF0000"/u);
    expect(find('关于示例州')).toMatchObject({ font: '方正小标宋简体', size: 22, alignment: 'center' });
    expect(find('一、总体情况')).toMatchObject({ font: '黑体', size: 16 });
    expect(find('（一）进度')).toMatchObject({ font: '楷体_GB2312', size: 16 });
    const body = find('39,045');
    expect(body).toMatchObject({ font: '仿宋_GB2312', size: 16 });
    // Two characters of 16 points.
    expect(body.xml).toContain('<w:ind w:firstLine="640"/>');
  });

  it('sets the date in Arabic figures four characters from the right, the unit centred over it', async () => {
    const { seen } = await written({ paragraphs: [text('示例。')] });
    const at = seen.findIndex(({ text: said }) => said === '2025年10月15日');
    const right = (n: number) => Number(/w:right="(\d+)"/u.exec(seen[n]!.xml)![1]) / 320;
    expect(seen[at - 1]!.text).toBe(ISSUED.issuer);
    expect(right(at)).toBe(4);
    expect(right(at - 1) + widthOf(ISSUED.issuer) / 2).toBeCloseTo(right(at) + widthOf('2025年10月15日') / 2);
  });

  it('numbers its pages as — 1 — in 四号, right on odd and left on even ones', async () => {
    const { part } = await written({ paragraphs: [text('示例。')] });
    expect(part('settings')).toContain('<w:evenAndOddHeaders');
    for (const [footer, side] of [
      ['footer1', 'right'],
      ['footer2', 'left'],
    ] as const) {
      const xml = part(footer);
      expect(xml.replace(/<[^>]*>/gu, '')).toMatch(/^—\s+PAGE\s+—$/u);
      expect(xml).toContain(`<w:jc w:val="${side}"/>`);
      expect(xml).toContain('<w:sz w:val="28"/>');
    }
  });

  it('repeats a table’s header on every page, and leaves short columns unbroken', async () => {
    const rows = Array.from({ length: 60 }, (_row, n) => [
      String(n + 1),
      LONG,
      '示例1县、示例2县、示例3县',
      LONG.repeat(3),
    ]);
    const behind = table('behind', ['序号', '项目名称', '地区', '情况'], rows);
    const { body } = await written({ paragraphs: [shown('behind')] }, [behind]);
    const [header, ...others] = [...body.matchAll(/<w:tr>.*?<\/w:tr>/gu)].map(([row]) => row);
    expect(header).toContain('<w:tblHeader/>');
    expect(others).toHaveLength(60);
    expect(others.every((row) => row.includes('<w:cantSplit/>') && !row.includes('<w:tblHeader/>'))).toBe(
      true,
    );
    const widths = [...body.matchAll(/<w:gridCol w:w="(\d+)"/gu)].map(([, width]) => Number(width));
    expect(widths.reduce((sum, width) => sum + width)).toBeLessThanOrEqual(8844);
    // Two characters of 10.5 points and what is left free beside them.
    expect(widths[0]).toBeGreaterThan(2 * 210 + 100);
    expect(widths[2]).toBeGreaterThan(5 * 210);
  });

  it('says of a table without rows that there is nothing, instead of drawing an empty one', async () => {
    const { seen, body } = await written({ paragraphs: [shown('missing')] }, [
      table('missing', ['序号'], []),
    ]);
    const at = seen.findIndex(({ text: said }) => said === '示例表missing');
    expect(seen[at + 1]!.text).toBe('（无）');
    expect(body).not.toContain('<w:tbl>');
  });

  it('prints chain head and digest in full, and names what it corrects', async () => {
    const corrects = { documentNumber: '示例发改〔2025〕30号', reason: '补记月报' };
    const { find } = await written({ paragraphs: [text('示例。')], corrects });
    expect(find('审计链第 11 环').text).toBe(`审计链第 11 环：${ISSUED.chain!.hash}`);
    expect(find('数据摘要').text).toContain(ISSUED.figuresDigest);
    expect(find('本通报更正').text).toBe('本通报更正“示例发改〔2025〕30号”：补记月报');
  });

  it('names a font for every one that a machine may not have, in the list that the format takes', async () => {
    const { part } = await written({ paragraphs: [text('示例。')] });
    expect(part('fontTable')).toContain('w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,');
  });

  it('keeps a long unit’s name and signature inside the page', async () => {
    const issuer = '示例州“一老一小”重大项目推进工作领导小组办公室';
    const { seen } = await written({ paragraphs: [text('示例。')], issuer });
    const [first] = seen;
    expect(first!.text.split('|').length).toBe(2);
    for (const part of first!.text.split('|')) expect(widthOf(part) * first!.size).toBeLessThan(442);
    const signed = seen.findLast(({ text: said }) => said === issuer)!;
    expect(Number(/w:right="(\d+)"/u.exec(signed.xml)![1])).toBe(2 * 320);
  });
});

describe('a title over several lines', () => {
  it('is left whole where it fits', () =>
    expect(titleLines('关于推进情况的通报', 19)).toEqual(['关于推进情况的通报']));

  it('is broken between words, about in the middle', () => {
    expect(titleLines('关于示例州2025年第三季度“一老一小”重大项目推进情况的通报', 19)).toEqual([
      '关于示例州2025年第三季度',
      '“一老一小”重大项目推进情况的通报',
    ]);
  });

  it('never loses a character, even where a word is longer than a line', () => {
    const title = `关于${'a'.repeat(60)}(二期)的通报`;
    expect(titleLines(title, 19).join('')).toBe(title);
  });
});
