import { regionName } from '#libs/kernel/regions.js';
import type { YearClosing } from '#libs/projects/application/year-closer.js';
import type { Table } from '../output/table.js';

/** What a closing did, and the projects that it could not close with the reason of each. */
export function closingTables({ region, year, closed, unchanged, refused }: YearClosing): [Table, Table] {
  const total = closed + unchanged + refused.length;
  return [
    {
      title: `${regionName(region)} ${year} 年度关账`,
      columns: ['项目数', '本次关账', '此前已关账', '未能关账'].map((header) => ({ header, align: 'right' })),
      rows: [[total, closed, unchanged, refused.length].map(String)],
      notes: ['关账后只接受注明“以前年度”的更正；关账时的台账可用 --as-known-at 随时查看。'],
    },
    {
      title: '未能关账的项目',
      columns: [
        { header: '项目标识' },
        { header: '项目名称', maxWidth: 40 },
        { header: '原因', maxWidth: 60 },
      ],
      rows: refused.map(({ projectId, name, code, message }) => [projectId, name, `${message} [${code}]`]),
    },
  ];
}
