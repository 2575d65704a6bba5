import { readFileSync } from 'node:fs';
import { Refusal } from '#libs/kernel/refusal.js';
import { ACTOR, ImportBench } from './testing/import-bench.js';
import { FIRST, list, SECOND } from './testing/list-text.js';

const XLSX = readFileSync(new URL('../../../samples/liangshan-major-projects.xlsx', import.meta.url));

let bench: ImportBench;
beforeEach(() => {
  bench = new ImportBench();
});

describe('files that cannot be imported', () => {
  const codeOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    return error instanceof Refusal ? error.code : error;
  };

  it('are refused as a whole, and nothing is kept of them', async () => {
    expect(await codeOf(bench.run(''))).toBe('import.emptyFile');
    expect(await codeOf(bench.run('a,b\n1,2'))).toBe('import.headerMissing');
    expect(await codeOf(bench.run(list(FIRST).replace('项目类型,', '')))).toBe('import.columnMissing');
    expect(await codeOf(bench.run(list()))).toBe('import.noRows');
    expect(await codeOf(bench.run(XLSX, { region: '999999' }))).toBe('import.regionUnknown');
    expect(await codeOf(bench.run(XLSX, { effectiveDate: '2027' }))).toBe('date.future');
    expect(await codeOf(bench.run(XLSX, { actor: { ...ACTOR, role: 'Audit' } }))).toBe('actor.notPermitted');
    expect(await codeOf(bench.run(XLSX, { actor: { ...ACTOR, region: '510700' } }))).toBe(
      'actor.outsideRegion',
    );
    expect(await bench.events()).toEqual([]);
    expect(bench.files.size).toBe(0);
  });

  it('takes the unit from the request where the file names none, and holds the rows where nobody does', async () => {
    const bare = list(FIRST).replace('(单位:万元)', '');
    const { report } = await bench.run(bare, { dryRun: true });
    expect(report.rows[0]!.errors.map(({ code }) => code)).toEqual([
      'import.unitMissing',
      'import.unitMissing',
    ]);
    const { report: wrong } = await bench.run(bare, { unit: '元' });
    expect(wrong.totals.total.yuan).toBe('1750.00');
    const { report: right } = await bench.run(bare, { unit: '万元' });
    expect(right).toMatchObject({ alreadyImported: false, outcomes: { revised: 1 } });
    expect(right.totals.total.yuan).toBe('17500000.00');
  });
});

describe('columns whose meaning is said by hand', () => {
  const ODD = list(FIRST).replace('总投资', '造价');
  const columns = [{ column: 'G', meaning: '总投资' }];

  it('are read so, and the report on record says by whom', async () => {
    await expect(bench.run(ODD)).rejects.toMatchObject({
      code: 'import.columnMissing',
      details: { lists: [{ sheet: 'csv', columns: expect.arrayContaining([]) as unknown }] },
    });
    const { report } = await bench.run(ODD, { columns });
    expect(report.outcomes).toMatchObject({ recorded: 1, held: 0 });
    const recorded = (await bench.events()).at(-1)!;
    const [kept] = (recorded.data['summary'] as { lists: { columns: object[] }[] }).lists;
    expect(kept!.columns.slice(5, 7)).toEqual([
      { column: 'F', header: '建设内容和规模', meaning: 'scope' },
      { column: 'G', header: '造价', meaning: 'total', byHand: true },
    ]);
  });

  it('make another import of the same file, the same ones the same however they are said', async () => {
    const file = list(FIRST, SECOND);
    const plain = await bench.run(file);
    const swapped = [
      { column: 'H', meaning: 'SocialCapital' },
      { column: 'A', meaning: 'ignored' },
    ];
    const other = await bench.run(file, { columns: swapped });
    expect(other.report).toMatchObject({ alreadyImported: false, outcomes: { revised: 2 } });
    expect(other.report.importId).not.toBe(plain.report.importId);
    const before = (await bench.events()).length;
    const said = [
      { sheet: 'csv', column: 'a', meaning: 'ignored' },
      { column: 'h', meaning: '社会资本' },
    ];
    const again = await bench.run(file, { columns: said });
    expect(again.report).toMatchObject({
      importId: other.report.importId,
      alreadyImported: true,
      outcomes: { unchanged: 2 },
    });
    expect(await bench.events()).toHaveLength(before);
  });

  it('are refused where there is no such column, and nothing is stored', async () => {
    await expect(bench.run(ODD, { columns: [{ column: 'Z', meaning: 'total' }] })).rejects.toMatchObject({
      code: 'import.columnUnknown',
    });
    expect(await bench.events()).toEqual([]);
  });
});
