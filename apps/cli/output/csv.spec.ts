import Papa from 'papaparse';
import { renderCsv } from './csv.js';

const columns = [{ header: '名称' }, { header: '金额（元）' }];

describe('renderCsv', () => {
  it('starts with a byte order mark and ends lines with CRLF', () => {
    expect(renderCsv({ title: 't', columns, rows: [['甲', '1']] })).toBe('\uFEFF名称,金额（元）\r\n甲,1\r\n');
  });

  it('quotes what needs it, and reads back the same', () => {
    const rows = [
      ['含,号', '1'],
      ['含"号', '2'],
      ['两\n行', '-3.50'],
    ];
    const text = renderCsv({ title: 't', columns, rows });
    expect(Papa.parse(text, { skipEmptyLines: true }).data).toEqual([['名称', '金额（元）'], ...rows]);
  });

  it('disarms cells that a spreadsheet would run', () => {
    const text = renderCsv({
      title: 't',
      columns,
      rows: [
        ['=1+1', '-5'],
        ['@x', '-a'],
      ],
    });
    expect(text).toContain("'=1+1,-5\r\n'@x,'-a");
  });
});
