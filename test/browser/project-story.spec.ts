import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { ACTOR } from '../http/client.js';
import { seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const LIST = readFileSync(new URL('../../samples/liangshan-major-projects.csv', import.meta.url));

/** The published list on the screen, and one project's life recorded through its forms. */
describe('a project told on the page', () => {
  let page: Page;
  pageStory(async ({ served, ...story }) => {
    ({ page } = story);
    const body = new FormData();
    body.set('file', new Blob([Uint8Array.from(LIST)]), 'list.csv');
    const path = '/api/v1/imports/project-lists?region=513400&effectiveDate=2023-12-15';
    const headers = { ...ACTOR, 'x-taizhang-region': '513400' };
    expect((await served.client.send(path, { method: 'POST', body, headers })).status).toBe(201);
    await page.goto('/projects?region=513400');
    await page.getByLabel('身份').selectOption('清单演示员');
  });

  const section = (id: string) => page.locator(`#${id}`);
  const drawer = () => page.getByRole('dialog');
  const told = (title: string) => page.getByText(`已记录：${title}`).waitFor();

  async function fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = drawer().locator(`#field-${name}`);
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }
  async function open(id: string, title: string): Promise<void> {
    await section(id).getByRole('button', { name: title, exact: true }).click();
    await drawer().waitFor();
  }
  async function record(id: string, title: string, values: Record<string, string>): Promise<void> {
    await open(id, title);
    await fill(values);
    await drawer().getByRole('button', { name: '记录', exact: true }).click();
    await told(title);
  }

  it('shows the published list with its sums, filtered and sorted in the address', async () => {
    const foot = page.locator('.foot');
    await foot.getByText('39,045').waitFor();
    expect(await foot.innerText()).toMatch(/22[\s\S]+39,045[\s\S]+38,845[\s\S]+200/u);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('search').getByLabel('项目类型').selectOption('Childcare');
    await foot.getByText('合计 1 个项目').waitFor();
    expect(page.url()).toContain('category=Childcare');
    await page.getByRole('search').getByLabel('项目类型').selectOption('');
    await foot.getByText('合计 22 个项目').waitFor();
  });

  it('is walked with the keyboard alone, to row 19 and into it', async () => {
    await page.locator('[data-row="0"]').focus();
    for (let n = 0; n < 18; n += 1) await page.keyboard.press('ArrowDown');
    await page.locator('[data-row="18"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '宁南县托育中心' }).waitFor();
    const sources = await section('sources').innerText();
    expect(sources).toMatch(/自筹资金\s+100[\s\S]+来源未列[^\n\t]*\s+200[\s\S]+总投资\s+300/u);
    await section('findings').getByText('M8').first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('records approval, plan, allocation, disbursement and receipt', async () => {
    await record('approved', '审批、核准或备案', {
      effectiveDate: '2024-01-10',
      mode: 'Filing',
      documentNumber: '示例备〔2024〕1号',
      authority: '宁南县发展改革局',
      approvedTotal: '300',
    });
    await section('approved').getByText('示例备〔2024〕1号').waitFor();
    await open('sources', '编制或调整资金计划');
    await fill({ effectiveDate: '2024-02-01', reason: '补列来源' });
    const add = drawer().getByRole('button', { name: '加一行' });
    await add.click();
    // The plan that stands is there to be changed.
    expect(await drawer().getByLabel('第 1 行金额').inputValue()).toBe('100');
    await drawer().getByLabel('第 2 行资金来源').selectOption('CentralBudgetInvestment');
    await drawer().getByLabel('第 2 行金额').fill('200');
    await drawer().getByRole('button', { name: '记录', exact: true }).click();
    await told('编制或调整资金计划');
    expect(await section('sources').innerText()).not.toContain('来源未列');
    const line = { source: 'CentralBudgetInvestment', budgetYear: '2024', amount: '200' };
    const paper = { documentNumber: '示例财建〔2024〕2号' };
    await record('money', '资金下达', {
      effectiveDate: '2024-03-01',
      ...line,
      ...paper,
      authority: '示例财政局',
    });
    await record('money', '资金拨付', { effectiveDate: '2024-03-10', ...line, ...paper });
    await record('money', '资金到位', { effectiveDate: '2024-03-12', ...line, documentNumber: '进账单1' });
  });

  it('says with its arithmetic, before anything is sent, that a payment is over what was received', async () => {
    await open('money', '资金支付');
    const payment = {
      effectiveDate: '2024-04-01',
      source: 'CentralBudgetInvestment',
      budgetYear: '2024',
      amount: '250',
      payee: '示例建设公司',
      basisDocument: '施工合同第1期',
      purpose: '工程款',
    };
    await fill(payment);
    const fault = drawer().locator('#field-amount-fault');
    await fault.waitFor();
    expect(await fault.innerText()).toMatch(/2,500,000\.00 元[\s\S]*2,000,000\.00 元[\s\S]*500,000\.00 元/u);
    await drawer().getByRole('button', { name: '记录', exact: true }).click();
    await drawer().locator('#field-amount:focus').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await fill({ amount: '150' });
    await drawer().getByText('按现有记录检查，可以记录').waitFor();
    // A second click while the first is under way records nothing twice.
    await drawer().getByRole('button', { name: '记录', exact: true }).dblclick();
    await told('资金支付');
    expect(await section('money').locator('tfoot').innerText()).toMatch(/200\s+150/u);
    expect(await section('events').getByText('资金支付', { exact: true }).count()).toBe(1);
  });

  it('asks what welfare-lottery money and bonds are tied to, where the source does, and says at the field what is missing', async () => {
    await open('money', '资金下达');
    const fault = (name: string, sentence: string) =>
      drawer().locator(`#field-${name}-fault`, { hasText: sentence }).waitFor();
    expect(await drawer().locator('#field-level').count()).toBe(0);
    await fill({
      effectiveDate: '2024-04-02',
      source: 'WelfareLotteryFund',
      budgetYear: '2024',
      amount: '10',
      documentNumber: '示例彩〔2024〕1号',
      authority: '示例民政局',
    });
    await fault('level', '福彩公益金须注明级次');
    await fill({ level: 'provincial' });
    await fault('lotteryPurpose', '福彩公益金须注明用途');
    expect(await seriousViolations(page)).toEqual([]);
    await fill({ source: 'LocalSpecialBond' });
    await fault('repaymentPlan', '专项债券须注明还本付息计划的文号和到期日');
    expect(await drawer().locator('#field-level, #field-lotteryPurpose').count()).toBe(0);
    await fill({ repaymentDocument: '示例财债〔2024〕1号', repaymentMaturity: '2023' });
    await fault('repaymentPlan', '专项债券到期日 2023年 早于业务日期');
    page.once('dialog', (dialog) => void dialog.accept());
    await drawer().getByRole('button', { name: '取消' }).click();
    await drawer().waitFor({ state: 'hidden' });
  });

  it('warns before unsaved input is lost', async () => {
    await open('milestones', '开工');
    await fill({ effectiveDate: '2024-04' });
    const questions: string[] = [];
    page.once('dialog', (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await drawer().getByRole('button', { name: '取消' }).click();
    expect(questions).toEqual([expect.stringContaining('尚未提交')]);
    await drawer().getByRole('button', { name: '记录', exact: true }).click();
    await told('开工');
  });

  it('takes a project into use, and the overview counts it', async () => {
    const paper = { documentNumber: '示例验〔2024〕1号' };
    for (const [title, values] of [
      ['竣工验收', { effectiveDate: '2024-09-01', ...paper }],
      ['投入使用', { effectiveDate: '2024-10-01' }],
    ] as const) {
      await open('milestones', title);
      await fill(values);
      await drawer().getByLabel('托位（个）', { exact: true }).fill('200');
      await drawer().getByRole('button', { name: '记录', exact: true }).click();
      await told(title);
    }
    await page.getByRole('link', { name: '总览' }).click();
    await page.locator('.figure', { hasText: '投入使用' }).getByText('1', { exact: true }).waitFor();
    await page
      .getByRole('link', { name: /^支付 /u })
      .getByText('150', { exact: true })
      .waitFor();
    const places = page.getByRole('region', { name: '托位：计划与投用' });
    await places.getByRole('button', { name: '看表' }).click();
    expect(await places.getByRole('row', { name: /2024年/u }).innerText()).toMatch(/2024年\s+0\s+\d+\s+200/u);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('按业务日期').fill('2024-03-31');
    await page
      .getByRole('link', { name: /^支付 /u })
      .getByText('0', { exact: true })
      .waitFor();
    await page.getByRole('button', { name: '回到现在' }).click();
    await places
      .getByRole('row', { name: /2024年/u })
      .getByRole('link', { name: '200' })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: '床位和托位分录' }).waitFor();
    await page
      .getByRole('row', { name: /宁南县托育中心/u })
      .getByText('+200')
      .waitFor();
    await page.goBack();
    const money = page.getByRole('region', { name: '计划投资：按年份和来源' });
    await money.getByRole('button', { name: '看表' }).click();
    await money
      .getByRole('row', { name: /中央预算内投资/u })
      .getByRole('link', { name: '200' })
      .click();
    await page.getByRole('heading', { level: 1, name: '台账分录' }).waitFor();
    await page
      .getByRole('row', { name: /宁南县托育中心.*计划/u })
      .getByText('200')
      .waitFor();
  });

  it('takes an entry back in the open: the entry stays, struck out, and the figures follow', async () => {
    await page.goto('/projects?region=513400&q=宁南县托育');
    await page.locator('[data-row="0"]').click();
    await section('events')
      .getByRole('button', { name: /^冲销 2024-10-01/u })
      .click();
    await fill({ effectiveDate: '2024-10-08', reason: '日期有误' });
    await drawer().getByRole('button', { name: '记录', exact: true }).click();
    await told('冲销一项记录');
    await section('events').getByText('已冲销').first().waitFor();
    await page.locator('.stage', { hasText: '竣工验收' }).waitFor();
  });

  it('fits a narrow window, under the name of the project', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await section('years').getByRole('row').nth(1).waitFor();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    expect(await page.title()).toMatch(/^宁南县托育.* — 台账$/u);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is printed in the nine columns of the published list, all rows, on A3 and A4', async () => {
    await page.goto('/projects?region=513400');
    await page.locator('.foot').getByText('39,045').waitFor();
    await page.evaluate(() => (window.print = () => undefined));
    // Printed by the browser's own menu, when the rows have not been fetched, it says how; blank paper would not.
    await page.emulateMedia({ media: 'print' });
    await page.getByText('请用本页的“打印”按钮').waitFor();
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: '打印' }).click();
    await page.emulateMedia({ media: 'print' });
    const table = page.locator('table.printed');
    await table.waitFor();
    expect(await table.locator('thead th').allInnerTexts()).toEqual(
      '序号 项目名称 项目类型 投入使用时间 实施地点 建设内容和规模 总投资 自筹资金 组织实施单位'.split(' '),
    );
    expect(await table.locator('tbody tr').count()).toBe(23);
    for (const format of ['A3', 'A4']) {
      const pdf = await page.pdf({ format, landscape: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    }
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: '项目名称' }).click();
    await page.emulateMedia({ media: 'print' });
    await page.getByText('请用本页的“打印”按钮').waitFor();
    expect(await table.count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
  });
});
