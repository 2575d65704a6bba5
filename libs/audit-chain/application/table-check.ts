import type { RefoldReport } from '#libs/projection/refold.js';
import { problem, type Problem } from '../domain/problems.js';

const LONGEST_ROW = 2_000;

/** Every table in force that is not what the events make of it. */
export function tableProblems({ projection, position, tables, error }: RefoldReport): Problem[] {
  if (error !== null) {
    return [
      problem('table.cannotFold', {
        position,
        found: error,
        message: `${projection} 无法由事件重算：${error}`,
      }),
    ];
  }
  return tables
    .filter(({ unexpected, missing }) => unexpected + missing > 0)
    .map(({ table, unexpected, missing, examples }) => {
      const should = examples.find(({ side }) => side === 'missing');
      const is = examples.find(({ side }) => side === 'unexpected');
      return problem('table.differs', {
        position: examples[0]?.position ?? null,
        expected: should ? should.row.slice(0, LONGEST_ROW) : null,
        found: is ? is.row.slice(0, LONGEST_ROW) : null,
        message: `${projection} 的表 ${table}：多出 ${unexpected} 行、缺少 ${missing} 行，与由事件重算的不同`,
      });
    });
}
