import type { PlanCommand } from '#libs/plans/domain/commands.js';
import type { PlanEventData } from '#libs/plans/domain/events.js';
import { DOCUMENT, shares, target } from '#libs/plans/domain/testing/plan-specification.js';
import { readPlanFile } from '../plan/read-plan-file.js';
import { readTable } from '../table/read-table.js';
import { breakdownSheet, breakdownTemplate } from './breakdown-sheet.js';
import { csvBytes } from './csv-bytes.js';
import type { ExportSheet } from './sheet-model.js';
import { workbookBytes } from './workbook-bytes.js';

type Shares = PlanEventData<'CountySharesSet'>;
const PLAN = {
  title: DOCUMENT,
  region: { code: '990100', name: '示例州' },
  period: { from: 2023, to: 2025 },
};
const sharesOf = (...given: Parameters<typeof shares>): Shares => shares(...given).data as Shares;
const imported = (header: string) => ({ source: { document: DOCUMENT, locator: `分解表!${header}` } });
const PLACES = sharesOf({ '990101': '400', '990102': '600' }, imported('托位数(2025年,个)'));
const PRINTED: Shares = {
  ...sharesOf(
    {},
    { basis: 'printed', unit: '万张', indicator: '养老床位数', ...imported('养老床位数(2025年,万张)') },
  ),
  printedTotal: { kind: 'exact', value: '1.2' },
  shares: [
    { region: '990101', value: { kind: 'exact', value: '0.5' } },
    { region: '990102', value: { kind: 'atLeast', value: '0.6' } },
    { region: '990103', value: { kind: 'unknown' } },
    { region: '990104', value: { kind: 'range', low: '0.1', high: '0.2' } },
  ],
};
const read = async (bytes: Buffer, name: string): Promise<{ commands: PlanCommand[]; planId: string }> => {
  const { rows, planId } = readPlanFile(await readTable(bytes, name));
  expect(rows.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  return { commands: rows.flatMap(({ commands }) => commands), planId };
};

describe.each([
  ['.xlsx', workbookBytes],
  ['.csv', csvBytes],
] as const)('a breakdown as %s', (extension, write) => {
  it.each([
    ['decided here', [PLACES]],
    ['printed', [PRINTED]],
  ])('that was %s is read again word for word', async (_, all) => {
    const { commands, planId } = await read(await write(breakdownSheet(PLAN, all)!), `a${extension}`);
    expect(planId).toBe('990100-2023-2025');
    expect(commands).toEqual(all.map((data) => ({ type: 'SetCountyShares', data })));
  });
});

const cellsOf = async (sheet: ExportSheet) =>
  (await readTable(await workbookBytes(sheet), 'a.xlsx'))[0]!.rows;

it('adds counties up by a formula that agrees, and prints a total that does not add up as it stands', async () => {
  const decided = await cellsOf(breakdownSheet(PLAN, [PLACES])!);
  expect(decided.get(1)!.get(1)!.text).toBe('示例州分县分解表');
  expect(decided.get(2)!.get(2)!.text).toBe('单位：见表头');
  expect(decided.get(10)!.get(2)).toMatchObject({ text: '1000', kind: 'formula' });
  const printed = await cellsOf(breakdownSheet(PLAN, [PRINTED])!);
  expect(printed.get(12)!.get(2)).toMatchObject({ text: '1.2', kind: 'number' });
  const differing = {
    ...PLACES,
    basis: 'printed' as const,
    printedTotal: { kind: 'exact' as const, value: '990' },
  };
  expect((await cellsOf(breakdownSheet(PLAN, [differing])!)).get(10)!.get(2)).toMatchObject({
    text: '990',
    kind: 'number',
  });
});

it('shows shares of one basis and says that there are others; without shares there is no table', () => {
  expect(breakdownSheet(PLAN, [PRINTED, PLACES])).toMatchObject({
    header: [[{ text: '县（市、区）' }, { text: '托位数(2025年,个)' }]],
    notes: ['注：另有 1 项文件所印的分解不在此表。'],
  });
  expect(breakdownSheet(PLAN, [])).toBeUndefined();
});

describe('the template', () => {
  const TARGETS = [
    target('1000'),
    target('80', { indicator: '养老机构护理型床位占比', unit: '%' }),
    target('9', { region: '990101' }),
    target('7', { year: 2024, indicator: '养老床位数', unit: '万张' }),
  ].map(({ data }) => data as PlanEventData<'TargetSet'>);

  it('has the counties and the counts that the plan has targets of, and names the targets', () => {
    const { header, rows, notes } = breakdownTemplate(PLAN, TARGETS);
    expect(header[0]!.map(({ text }) => text)).toEqual([
      '县（市、区）',
      '3岁以下婴幼儿托位数（2025年，个）',
      '养老床位数（2024年，万张）',
    ]);
    expect(rows.slice(0, 2)).toEqual([
      ['示例1县', null, null],
      ['示例2县', null, null],
    ]);
    expect(notes[0]).toContain('方案目标 1000个');
  });

  it('filled in is a breakdown that is decided here', async () => {
    const sheet = breakdownTemplate(PLAN, TARGETS);
    const rows = sheet.rows.map(([county, ...cells], n) => [
      county!,
      n < 2 ? { value: '500' } : null,
      cells[1]!,
    ]);
    const { commands } = await read(await workbookBytes({ ...sheet, rows }), 'b.xlsx');
    expect(commands).toMatchObject([
      {
        type: 'SetCountyShares',
        data: {
          indicator: '3岁以下婴幼儿托位数',
          basis: 'decided',
          shares: [
            { region: '990101', value: { kind: 'exact', value: '500' } },
            { region: '990102', value: { kind: 'exact', value: '500' } },
          ],
        },
      },
    ]);
    expect((commands[0]!.data as Shares).printedTotal).toBeUndefined();
  });
});
