import { readFileSync } from 'node:fs';
import { atOnce } from '#libs/kernel/testing/at-once.js';
import { readTable } from '../table/read-table.js';
import { interpretProjectLists, type ProjectList } from './interpret.js';
import { sumOfFunding } from './list-row.js';

const sample = (name: string) => readFileSync(new URL(`../../../samples/${name}`, import.meta.url));

describe.each(['liangshan-major-projects.xlsx', 'liangshan-major-projects.csv'])(
  'the published list in %s',
  (name) => {
    let list: ProjectList;
    const row = (sequence: number) => list.rows.find((candidate) => candidate.sequence === sequence)!;
    const codes = (sequence: number) => row(sequence).warnings.map(({ code }) => code);

    beforeAll(async () => {
      const sheets = await readTable(sample(name), name);
      const lists = atOnce(interpretProjectLists(sheets, { region: '513400', defaultTitle: name }));
      expect(lists).toHaveLength(1);
      list = lists[0]!;
    });

    it('has its title, its unit, and 22 rows without an error', () => {
      expect(list.title).toBe('凉山州“一老一小”重大项目清单');
      expect(list.unit).toBe('万元');
      expect(list.rows.flatMap(({ errors }) => errors)).toEqual([]);
      expect(list.errors).toEqual([]);
      expect(list.rows.filter(({ details }) => details)).toHaveLength(22);
    });

    it('adds up to the golden figures', () => {
      expect(list.computed).toEqual({
        projects: 22,
        total: { fen: '39045000000', yuan: '390450000.00' },
        selfRaised: { fen: '38845000000', yuan: '388450000.00' },
      });
      const sumsOf = (pick: (found: (typeof list.rows)[number]) => string) => {
        const sums: Record<string, [number, bigint, bigint]> = {};
        for (const found of list.rows) {
          const sum = (sums[pick(found)] ??= [0, 0n, 0n]);
          sum[0] += 1;
          sum[1] += found.totalFen! / 1_000_000n;
          sum[2] += sumOfFunding(found.funding, 'SelfRaised') / 1_000_000n;
        }
        return sums;
      };
      expect(sumsOf(({ details }) => details!.plannedUse!)).toEqual({
        2023: [9, 9020n, 8820n],
        2024: [5, 3225n, 3225n],
        2025: [8, 26800n, 26800n],
      });
      expect(sumsOf(({ details }) => details!.category)).toEqual({
        ElderlyCare: [18, 16345n, 16345n],
        Childcare: [1, 300n, 100n],
        MedicalElderlyCare: [3, 22400n, 22400n],
      });
    });

    it('flags the 200 万元 of row 19 whose source is not printed', () => {
      expect(codes(19)).toEqual(['import.unsourced']);
      expect(row(19).warnings[0]!.message).toContain('来源未列200万元');
    });

    it('reads places, beds and areas out of the descriptions', () => {
      const capacities = list.rows
        .filter(({ details }) => Object.keys(details!.plannedCapacity).length > 0)
        .map(({ sequence, details }) => [sequence, details!.plannedCapacity, details!.floorAreaM2]);
      expect(capacities).toEqual([
        [19, { places: { low: 200, high: 200 }, inclusivePlaces: { low: 200, high: 200 } }, undefined],
        [20, { beds: { low: 100, high: 200 } }, '6000'],
        [21, { beds: { low: 100, high: 100 } }, '20000'],
        [22, { beds: { low: 150, high: 150 } }, '11000'],
      ]);
      expect(codes(20)).toEqual(['import.range']);
      const unknown = list.rows.filter(({ warnings }) =>
        warnings.some(({ code }) => code === 'import.capacityUnknown'),
      );
      expect(unknown).toHaveLength(18);
    });

    it('places rows 16 and 17 in three counties with three bureaus each, and row 18 in the county of its community', () => {
      expect(row(16).details).toMatchObject({
        regions: ['513436', '513423', '513432'],
        implementingUnits: ['美姑县民政局', '盐源县民政局', '喜德县民政局'],
        facilityCount: 3,
      });
      expect(row(17).details).toMatchObject({
        regions: ['513436', '513430', '513423'],
        implementingUnits: ['美姑县民政局', '金阳县民政局', '盐源县民政局'],
        facilityCount: 3,
      });
      expect(row(18).details).toMatchObject({ regions: ['513436'], place: '美姑县乐约乡龙头湾社区' });
      expect([16, 17, 18].map((n) => codes(n).includes('import.repeatedName'))).toEqual([true, true, true]);
    });

    it('notes that 会理县 in the names of rows 2 to 5 is 会理市 now', () => {
      const renamed = list.rows.filter(({ warnings }) =>
        warnings.some(({ code }) => code === 'import.regionRenamed'),
      );
      expect(renamed.map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5]);
      expect(row(2).details).toMatchObject({ regions: ['513402'], name: '会理县太平敬老院“全覆盖”项目建设' });
    });
  },
);
