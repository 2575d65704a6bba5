import type { Page } from 'playwright-core';
import { workbookBytes } from '#libs/exchange/table/testing/workbook-bytes.js';
import { dropFile, seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const HEADER = '序号,工程,项目类型,投入使用时间,实施地点,建设内容和规模,造价,自筹资金,组织实施单位,联系人';
const ROWS = [
  '1,示例1县敬老院,养老,2023年,示例1县,床位100张,1750,1750,示例1县民政局,无',
  '2,示例2县托育中心,托育,2024年,示例2县,托位200个,300,100,示例2县卫生健康局,无',
];
const LIST = Buffer.from(['示例清单(单位:万元)', HEADER, ...ROWS].join('\n'));

const PLAN = (places: string) =>
  Buffer.from(
    [
      '方案,示例州“一老一小”整体解决方案(示例)',
      '行政区划代码,990100',
      '时期,2023—2025',
      '印发日期,2023-12-11',
      '地区,类别,指标,原文名称,单位,年份,关系,数值,上限,属性,牵头单位,文件,位置,备注',
      '示例州,基期,常住人口,全州常住人口,万人,2020,=,100,,,,示例方案,一,示例',
      `示例州,基期,托位数,托位,个,2022,=,${places},,,,示例方案,一,示例`,
    ].join('\n'),
  );

const compound = (marker: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(marker, 'utf16le')]);
const BOMB = workbookBytes({
  sheets: [{ name: 'A' }],
  parts: [{ name: 'xl/media/image1.png', content: Buffer.alloc(64 * 1024 * 1024) }],
});

/** Files that cannot be read, and one whose headers nobody understands, put right on the page and recorded. */
describe('importing on the page', () => {
  let page: Page;
  pageStory(async (story) => {
    ({ page } = story);
    await page.goto('/imports');
    await page.getByLabel('身份').selectOption('发改演示员');
  });

  const fault = () => page.getByTestId('drop').getByRole('alert');
  const column = (letter: string) => page.getByLabel(`“csv”${letter} 列读作`);

  it.each([
    ['加密.xlsx', compound('EncryptedPackage'), '工作簿已加密，请取消打开密码、另存后再导入'],
    ['旧版.xls', compound('Workbook'), '这是旧版 .xls 文件'],
    ['图片.xlsx', Buffer.from('89504e470d0a1a0a0000', 'hex'), '文件不是可读取的 .xlsx 工作簿或 .csv 文件'],
    ['炸弹.xlsx', BOMB, '压缩比异常，已拒绝读取'],
    ['空.csv', Buffer.alloc(0), '文件“空.csv”没有内容'],
    ['乱码.csv', Buffer.from([0xc0, 0xff, 0x41, 0x2c, 0xff, 0xff]), '无法识别文件的文字编码'],
    ['说明.csv', Buffer.from('甲,乙\n1,2'), '没有找到项目清单的表头'],
  ])('says where it was dropped why %s cannot be read', async (name, bytes, sentence) => {
    await dropFile(page, bytes, name);
    await fault().getByText(sentence).waitFor();
    expect(await page.getByTestId('drop').innerText()).toContain(name);
    expect(await page.getByText('各列读作什么').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^记录这/u }).count()).toBe(0);
  });

  it('says that nothing was imported yet', async () => {
    await page.getByText('这个范围内还没有导入过清单').waitFor();
  });

  it('shows the columns of a file whose header it does not find, after all those, without being loaded anew', async () => {
    await dropFile(page, LIST, '示例清单.csv');
    await fault().getByText('没有找到项目清单的表头').waitFor();
    expect(await page.getByRole('row', { name: /^G 造价 1750、300/u }).count()).toBe(1);
    expect(await column('B').locator('option:checked').innerText()).toBe('不读取（按表头）');
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('reads a column as the keyboard chooses, and asks for what is missing still', async () => {
    await column('B').focus();
    await column('B').selectOption({ label: '项目名称' });
    await fault().getByText('表头缺少“总投资”列（工作表“csv”第2行）').waitFor();
    expect(await column('B').evaluate((element) => element === document.activeElement)).toBe(true);
    await column('G').selectOption({ label: '自筹资金' });
    await fault().getByText('两列都表示“自筹资金”：G列“造价”与H列“自筹资金”').waitFor();
    await column('G').selectOption({ label: '总投资' });
    await page.getByRole('button', { name: '记录这 2 行' }).waitFor();
    expect(await fault().count()).toBe(0);
    expect(await page.getByText('列“联系人”的含义不明，未读取').count()).toBe(1);
    await column('J').selectOption({ label: '不读取' });
    await page.getByText('列“联系人”的含义不明').waitFor({ state: 'detached' });
    await page.getByText(/来源未列200万元/u).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('records what was tried, and keeps how each column was read', async () => {
    await page.getByRole('button', { name: '记录这 2 行' }).click();
    await page.getByText('已记录：新项目 2 个').waitFor();
    const past = page.getByRole('row', { name: /示例清单\.csv/u });
    await past.getByText('发改演示员').waitFor();
    expect(await past.innerText()).toMatch(/990100[\s\S]+2,050\s+2\s+0\s+0\s+0/u);
    await page.getByRole('link', { name: '这次导入的记录' }).click();
    await page.getByRole('heading', { level: 1, name: '示例清单.csv' }).waitFor();
    const read = page.getByRole('row', { name: /^[A-Z] /u });
    expect((await read.allInnerTexts()).map((text) => text.replace(/\s+/gu, ' ').trim())).toEqual(
      expect.arrayContaining([
        'B 工程 项目名称指定',
        'G 造价 总投资指定',
        'H 自筹资金 自筹资金',
        'J 联系人 不读取指定',
      ]),
    );
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('takes a plan row by row, holds what it cannot read, and records nothing twice', async () => {
    await page.goto('/plans/import');
    await dropFile(page, LIST, '示例清单.csv');
    await fault().getByText('没有').waitFor();
    await dropFile(page, PLAN('一千个'), '示例方案.csv');
    await page.getByRole('heading', { level: 2, name: '示例州“一老一小”整体解决方案(示例)' }).waitFor();
    expect(await fault().count()).toBe(0);
    await page.getByRole('row', { name: /托位 将搁置 错误/u }).waitFor();
    await dropFile(page, PLAN('1000'), '示例方案.csv');
    await page.getByRole('row', { name: /托位 将记录/u }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '记录这 3 项' }).click();
    await page.getByText('已记录 3 项').waitFor();
    await dropFile(page, PLAN('1000'), '示例方案.csv');
    await page.getByText('没有可记录的变化').waitFor();
    await page.goto('/plans?region=990100');
    await page.getByRole('link', { name: '示例州“一老一小”整体解决方案(示例)' }).waitFor();
  });
});
