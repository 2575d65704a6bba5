import { readFileSync } from 'node:fs';
import { readTable } from '#libs/exchange/table/read-table.js';
import type { Sheet } from '#libs/exchange/table/sheet.js';
import { ACTOR, at, type Client, type JsonValue } from './client.js';
import { testServer, type TestServer } from './test-server.js';

const LIST = readFileSync(new URL('../../samples/liangshan-major-projects.csv', import.meta.url));
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LIANGSHAN = { ...ACTOR, 'x-taizhang-region': '513400' };

describe('tables as files', () => {
  let served: TestServer;
  let client: Client;
  let position: string;

  const importList = async (bytes: Uint8Array, fileName: string): Promise<JsonValue> => {
    const body = new FormData();
    body.set('file', new Blob([Uint8Array.from(bytes)]), fileName);
    const path = '/api/v1/imports/project-lists?region=513400&effectiveDate=2023-12-15';
    const answer = await client.send(path, { method: 'POST', body, headers: LIANGSHAN });
    expect([200, 201]).toContain(answer.status);
    return answer.body;
  };
  const file = async (path: string): Promise<{ type: string; name: string; bytes: Buffer; sheet: Sheet }> => {
    const joint = path.includes('?') ? '&' : '?';
    const response = await fetch(`${client.url}/api/v1/exports/${path}${joint}waitFor=${position}`);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    const name = decodeURIComponent(response.headers.get('content-disposition')!.split("''")[1]!);
    const [sheet] = await readTable(bytes, name);
    return { type: response.headers.get('content-type')!, name, bytes, sheet: sheet! };
  };
  const row = (sheet: Sheet, number: number): string[] =>
    [...sheet.rows.get(number)!.values()].map(({ text }) => text);

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    position = at(await importList(LIST, 'list.csv'), 'position') as string;
  });
  afterAll(() => served.close());

  it('prints the project list as it was published, with its totals', async () => {
    const { type, name, sheet } = await file('project-list.xlsx?region=513400');
    expect({ type, name }).toEqual({ type: XLSX, name: '凉山州“一老一小”重大项目清单.xlsx' });
    expect(row(sheet, 1)).toEqual(['凉山州“一老一小”重大项目清单']);
    expect(row(sheet, 2)).toEqual(['单位：万元']);
    expect(row(sheet, 3).join()).toBe(
      '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位',
    );
    expect(row(sheet, 4)).toEqual(LIST.toString().split(/\r?\n/u)[2]!.replaceAll('"', '').split(','));
    expect(sheet.rows.size).toBe(3 + 22 + 1);
    expect(row(sheet, 26)).toEqual(['合计', '39045', '38845']);
    expect([7, 8].map((column) => sheet.rows.get(26)!.get(column)!.kind)).toEqual(['formula', 'formula']);
  });

  it.each(['project-list.xlsx', 'project-list.csv'])('%s, imported again, records nothing', async (path) => {
    const { bytes, name } = await file(`${path}?region=513400`);
    const again = await importList(bytes, name);
    expect(again).toMatchObject({
      outcomes: { recorded: 0, revised: 0, unchanged: 22, held: 0 },
      lists: [{ title: '凉山州“一老一小”重大项目清单', unit: '万元' }],
      missing: [],
    });
    expect(at(again, 'fileProblems')).toEqual([]);
    expect((at(again, 'rows') as JsonValue[]).flatMap((each) => at(each, 'events') as JsonValue[])).toEqual(
      [],
    );
  });

  it('prints part of the list under its own numbers', async () => {
    const { sheet } = await file('project-list.csv?region=513400&plannedUseYear=2024');
    const sequences = [...sheet.rows.values()].slice(3, -1).map((cells) => Number(cells.get(1)!.text));
    expect(sequences).toHaveLength(5);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences);
    const none = await client.get(`/exports/project-list.xlsx?list=${encodeURIComponent('没有的清单')}`);
    expect(none).toMatchObject({ status: 422, body: { code: 'export.noSuchList' } });
  });

  it('prints what a screen shows: its filter, its order, its columns, and the sums of all of it', async () => {
    const columns = 'name,totalInvestment,unsourced';
    const { sheet } = await file(
      `projects.csv?region=513400&category=Childcare&sort=totalInvestment&descending=true&columns=${columns}`,
    );
    expect([3, 4, 5].map((number) => row(sheet, number))).toEqual([
      ['项目名称', '总投资', '来源未列'],
      ['宁南县托育中心', '300', '200'],
      ['合计', '300', '200'],
    ]);
    const all = await file('projects.xlsx?region=513400&sort=totalInvestment&descending=true');
    const amounts = [...all.sheet.rows.values()].slice(3, -1).map((cells) => Number(cells.get(10)!.text));
    expect(amounts).toHaveLength(22);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    expect((await client.get('/exports/projects.csv?columns=colour')).status).toBe(400);
  });

  it('prints the ledger with the figures that the ledger has, totals as formulas of the rows', async () => {
    const { body } = await client.get('/ledger?region=513400&groupBy=category');
    const { sheet, name } = await file('ledger.xlsx?region=513400&groupBy=category');
    expect(name).toBe('凉山彝族自治州投资台账.xlsx');
    expect(row(sheet, 3)).toEqual(
      '项目类型,项目数,总投资,资金计划,资金流转,结转、调剂与收回,完成投资,来源未列'.split(','),
    );
    expect(row(sheet, 4)).toEqual(
      '申请,下达,拨付,到位,支付,上年结转,结转下年,调入,调出,收回,结余上缴'.split(','),
    );
    const figures = (number: number) =>
      [2, 3, 4, 17].map((column) => sheet.rows.get(number)!.get(column)!.text);
    expect([5, 6, 7].map((number) => row(sheet, number)[0])).toEqual(['养老', '托育', '医养结合']);
    expect(figures(6)).toEqual(['1', '300', '100', '200']);
    expect(figures(8)).toEqual(['22', '39045', '38845', '200']);
    expect(at(body, 'total.totalInvestment.yuan')).toBe('390450000.00');
    for (const column of [2, 3, 4, 17]) {
      const cells = [5, 6, 7].map((number) => BigInt(sheet.rows.get(number)!.get(column)!.text));
      const total = sheet.rows.get(8)!.get(column)!;
      expect(total.kind).toBe('formula');
      expect(BigInt(total.text)).toBe(cells.reduce((sum, cell) => sum + cell));
    }
  });

  it('prints the ledger in 元 where asked', async () => {
    const { sheet } = await file('ledger.csv?region=513400&groupBy=source&unit=%E5%85%83');
    const lines = [...sheet.rows.keys()].map((number) => row(sheet, number));
    expect(lines[1]).toEqual(['单位：元']);
    expect(lines.find(([first]) => first === '自筹资金')).toContain('388450000.00');
  });

  it('prints the findings that the published list raises, and only those asked for', async () => {
    const { sheet, name } = await file('findings.xlsx?region=513400&rule=M8');
    expect(name).toBe('凉山彝族自治州疑点清单.xlsx');
    expect(row(sheet, 3).join()).toBe('序号,规则,疑点,程度,项目（对象）,地区,起算日期,情况,依据,处理');
    expect(row(sheet, 4).slice(0, 2)).toEqual(['1', 'M8']);
    expect(sheet.rows.get(4)!.get(5)!.text).toBe('宁南县托育中心');
    expect(row(sheet, 5)).toEqual(['合计', '1', '项']);
    expect(sheet.rows.get(5)!.get(3)).toMatchObject({ kind: 'formula', text: '1' });
    const text = await file('findings.csv?region=513400');
    expect(text.sheet.rows.get(2)!.get(1)!.text).toMatch(/^截至 \d{4}-\d\d-\d\d/u);
    expect((await client.get('/exports/findings.xlsx?rule=X9')).status).toBe(400);
    expect((await client.get('/exports/findings.xlsx?cursor=a')).status).toBe(400);
  });

  it('writes the ledger of more projects than one answer holds', async () => {
    await served.platform.database.query(`
      insert into read.ledger_project (project_id, entered, name, category, regions, planned_use_year, total_fen)
      select gen_random_uuid(), 'many' || n, '示例项目' || n, 'ElderlyCare', '{990101}', 2025, 100
      from generate_series(1, 20001) n`);
    const answer = await client.get('/ledger?region=990100&groupBy=project');
    expect([answer.status, at(answer.body, 'detail')]).toEqual([
      400,
      '台账超过 20000 行，请按地区、年度或来源缩小范围',
    ]);
    const path = 'ledger.csv?region=990100&groupBy=project&unit=元';
    const lines = (await (await fetch(`${client.url}/api/v1/exports/${path}`)).text()).trim().split('\r\n');
    expect(lines.filter((line) => line.startsWith('示例项目'))).toHaveLength(20_001);
    expect(lines.find((line) => line.startsWith('合计'))).toMatch(/^合计,20001,20001\.00,/u);
  });

  it('refuses what it does not know', async () => {
    expect((await client.get('/exports/ledger.xlsx?unit=%E8%A7%92')).status).toBe(400);
    expect((await client.get('/exports/ledger.xlsx?groupBy=colour')).status).toBe(400);
    expect((await client.get('/exports/ledger.pdf')).status).toBe(404);
  });
});
