import { ApiProblem } from '../../api/problem.js';
import { columnsIn, isOfFile, readAs, withReading } from './columns.js';

const F = { sheet: '清单', column: 'F', meaning: 'total' };

it('says one thing of one column, the last that was said, until it is taken back', () => {
  const ofOther = { ...F, sheet: '另一' };
  const both = withReading([F], ofOther);
  expect(both).toEqual([F, ofOther]);
  expect(withReading(both, { ...F, meaning: 'ignored' })).toEqual([ofOther, { ...F, meaning: 'ignored' }]);
  expect(withReading(both, { ...F, meaning: '' })).toEqual([ofOther]);
});

it('names what a column was read as', () => {
  const column = { column: 'F', header: '造价' };
  expect([readAs(column), readAs({ ...column, meaning: 'WelfareLotteryFund.provincial' })]).toEqual([
    '不读取',
    '省级福彩公益金',
  ]);
});

it('finds the columns in a refusal, and tells one of the file from others', () => {
  const lists = [{ sheet: '清单', headerRow: 2, columns: [{ column: 'F', header: '造价' }] }];
  const missing = new ApiProblem('import.columnMissing', '表头缺少“总投资”列', 422, [], { lists });
  const outside = new ApiProblem('actor.outsideRegion', '不在本地区');
  expect([columnsIn(missing), columnsIn(outside)]).toEqual([lists, undefined]);
  expect([isOfFile(missing), isOfFile(outside)]).toEqual([true, false]);
});
