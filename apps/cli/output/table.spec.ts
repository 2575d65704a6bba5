import { renderTable, type Table } from './table.js';
import { wrapToWidth } from './width.js';

const table: Table = {
  title: '投资台账（单位：万元）',
  columns: [{ header: '类别' }, { header: '总投资', align: 'right' }, { header: '自筹', align: 'right' }],
  rows: [
    ['养老', '16,345', '16,345'],
    ['医养结合', '22,400', '22,400'],
  ],
  totals: [['合计', '38,745', '38,745']],
  notes: ['说明。'],
};

describe('renderTable', () => {
  it('lines columns up where Chinese takes two columns a character', () => {
    expect(renderTable(table, false)).toBe(
      [
        '投资台账（单位：万元）',
        '类别      总投资    自筹',
        '────────  ──────  ──────',
        '养老      16,345  16,345',
        '医养结合  22,400  22,400',
        '────────  ──────  ──────',
        '合计      38,745  38,745',
        '  说明。',
        '',
      ].join('\n'),
    );
  });

  it('uses bold only where people watch', () => {
    expect(renderTable(table, false)).not.toContain('\u001B');
    expect(renderTable(table, true)).toContain('\u001B[1m合计\u001B[22m');
  });

  it('breaks wide text over lines and keeps the columns behind it in place', () => {
    const wide: Table = {
      title: '项目',
      columns: [
        { header: '名称', maxWidth: 8 },
        { header: '数', align: 'right' },
      ],
      rows: [['社区日间照料中心', '1']],
    };
    expect(renderTable(wide, false).split('\n').slice(3)).toEqual(['社区日间   1', '照料中心', '']);
  });
});

describe('wrapToWidth', () => {
  it('leaves short text alone', () => expect(wrapToWidth('养老', 4)).toBe('养老'));
  it('never splits a character', () => expect(wrapToWidth('养老院', 5)).toBe('养老\n院'));
});
