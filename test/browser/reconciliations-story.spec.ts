import type { Page } from 'playwright-core';
import { CENTRAL, SELF_RAISED, Story } from '../http/story.js';
import { dropFile, seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

const HEADER = '日期,凭证/文号,收款单位,金额,资金来源,经办人';
const PAID_CENTRAL = '2025-06-01,施工合同第1期,示例建设公司,120,中央预算内投资,甲';
const PAID_OWN = '2025-06-01,施工合同第1期,示例建设公司,80,自筹资金,甲';
const UNDER_ANOTHER_NUMBER = '2025-06-04,另一凭证,示例建设公司,80,自筹资金,甲';
const OF_NOBODY = '2025-06-02,示例支〔2025〕9号,不明公司,5,县级财政,甲';
const statement = (...lines: string[]) =>
  Buffer.from(['示例1县国库支付流水(单位:万元)', HEADER, ...lines].join('\n'));

/** A statement is tried, put right, recorded; what was agreed is broken by a payment recorded afterwards. */
describe('reconciling on the page', () => {
  let page: Page;
  let story: Story;
  pageStory(async ({ served, ...shown }) => {
    ({ page } = shown);
    story = await (await Story.begin(served.client)).started();
    for (const [step, line, amount] of [
      ['allocations', CENTRAL, 300],
      ['disbursements', CENTRAL, 300],
      ['receipts', CENTRAL, 300],
      ['payments', CENTRAL, 120],
      ['receipts', SELF_RAISED, 200],
      ['payments', SELF_RAISED, 80],
    ] as const) {
      await story.money(step, line, amount);
    }
    await page.goto('/reconciliations?region=990101');
  });
  const act = (user: string) => page.getByLabel('身份').selectOption(user);
  const drop = (bytes: Buffer, name = '六月流水.csv') => dropFile(page, bytes, name);
  const fault = () => page.getByTestId('drop').getByRole('alert');
  const record = () => page.getByRole('button', { name: /^记录对账结果/u });

  it('says that nothing was reconciled yet, and who may not', async () => {
    await page.getByText('这个范围内还没有记录过对账').waitFor();
    await act('评估演示员');
    await drop(statement(PAID_CENTRAL));
    await page.getByRole('alert').getByText('无权办理对账').waitFor();
    expect(await record().count()).toBe(0);
    await act('财政演示员');
    await record().waitFor();
  });

  it('says of each line that cannot be read where it stands and why, and how the file was understood', async () => {
    await drop(Buffer.from('甲,乙\n1,2'), '说明.csv');
    await fault().getByText('没有找到对账单的表头').waitFor();
    await drop(statement('昨天,1号,甲,1,自筹资金,甲', PAID_OWN.replace('自筹资金', '彩票')));
    await page.getByRole('row', { name: '第 3 行 A 列 错误 日期“昨天”应为年月日' }).waitFor();
    await page.getByRole('row', { name: '第 4 行 E 列 错误 资金来源“彩票”未知' }).waitFor();
    await fault().getByText('有 2 处无法识别').waitFor();
    await page.getByText('表头在第 2 行，金额单位为万元').waitFor();
    expect(await record().count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('takes a file with the keyboard alone, and shows what was matched and what one side has alone', async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '换一个文件' }).press('Enter');
    const lines = [PAID_CENTRAL, UNDER_ANOTHER_NUMBER, OF_NOBODY];
    await (
      await chooser
    ).setFiles({
      ...{ name: '六月流水.csv', mimeType: 'text/csv' },
      buffer: statement(...lines),
    });
    await page.getByLabel('对账单所列').focus();
    await page.getByLabel('对账单所列').press('ArrowDown');
    await record().getByText('不符').waitFor();
    const alone = page.getByRole('group', { name: '对账单有、台账没有' });
    expect(await alone.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/不明公司[\s\S]+5/u),
    ]);
    const proposed = page.getByRole('row', { name: /建议，日期、文号不同/u });
    expect(await proposed.innerText()).toMatch(
      /2025年6月4日[\s\S]*台账：2025年6月1日[\s\S]*另一凭证[\s\S]*台账：施工合同第1期/u,
    );
    await page.getByRole('button', { name: '完全相符 1' }).press('Enter');
    await proposed.waitFor({ state: 'detached' });
    expect(await page.getByRole('columnheader', { name: 'F 经办人' }).count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('has a proposed pair confirmed or rejected on the spot, by keyboard, and takes that back', async () => {
    const confirm = page.getByRole('button', { name: '确认第 4 行的匹配' });
    await page.getByRole('button', { name: '全部' }).click();
    await confirm.press('Enter');
    await page.getByRole('row', { name: /经人确认，日期、文号不同/u }).waitFor();
    expect(await confirm.getAttribute('aria-pressed')).toBe('true');
    expect(await confirm.evaluate((button) => button === document.activeElement)).toBe(true);
    await confirm.press('Enter');
    await page.getByRole('row', { name: /建议，日期、文号不同/u }).waitFor();
    const reject = page.getByRole('button', { name: '否定第 4 行的匹配' });
    await reject.press('Enter');
    await page.getByRole('row', { name: /已否定的建议，日期、文号不同/u }).waitFor();
    const alone = page.getByRole('group', { name: '台账有、对账单没有' });
    expect(await alone.locator('tbody tr').innerText()).toContain('施工合同第1期');
    expect(await seriousViolations(page)).toEqual([]);
    await reject.press('Enter');
    await alone.waitFor({ state: 'detached' });
  });

  it('says at the period that lines lie outside of it', async () => {
    await page.getByLabel('期间自').fill('2025-06-03');
    await page.getByLabel('至', { exact: true }).fill('2025-06-30');
    await page.getByRole('alert').getByText('对账单有 2 行不在 2025-06-03 至 2025-06-30 之内').waitFor();
    expect(await page.getByLabel('期间自').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('期间自').fill('2025-06-01');
    await record().waitFor();
  });

  it('asks before what was tried and not recorded is left', async () => {
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('link', { name: '投资台账' }).click();
    expect(new URL(page.url()).pathname).toBe('/reconciliations');
    await record().waitFor();
  });

  it('records that the two differ, and nothing twice', async () => {
    await record().click();
    await page.getByText('已记录：不符').waitFor();
    const row = page.getByRole('row', { name: /六月流水\.csv/u });
    await row.getByText('县级财政：对账单多 5').waitFor();
    expect(await row.innerText()).toMatch(
      /990101[\s\S]+2025-06-01 至 2025-06-30[\s\S]+支付[\s\S]+此后台账没有变动/u,
    );
    await drop(statement(PAID_CENTRAL, UNDER_ANOTHER_NUMBER, OF_NOBODY));
    await page.getByText('同一文件对同样的台账').waitFor();
    expect(await record().count()).toBe(0);
    await page.getByRole('link', { name: '看那次对账' }).click();
    await page.getByRole('heading', { level: 1, name: '六月流水.csv' }).waitFor();
    await page.getByRole('row', { name: /建议，日期、文号不同/u }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('agrees once the proposed pair is confirmed, and the record says which was', async () => {
    await page.goto('/reconciliations?region=990101');
    await page.getByLabel('对账单所列').selectOption('只有支付');
    await drop(statement(PAID_CENTRAL, UNDER_ANOTHER_NUMBER), '已确认.csv');
    await page.getByRole('button', { name: '确认第 4 行的匹配' }).click();
    await record().getByText('相符', { exact: false }).waitFor();
    await page.getByRole('button', { name: '记录对账结果：相符' }).click();
    await page.getByRole('link', { name: '这次对账的记录' }).click();
    await page.getByRole('heading', { name: '经人确认的匹配' }).waitFor();
    await page.getByRole('row', { name: /经人确认，日期、文号不同/u }).waitFor();
    expect(await page.getByRole('link', { name: '看疑点' }).count()).toBe(0);
  });

  it('tells which later payment broke what was agreed, from the list to the finding and back', async () => {
    await page.goto('/reconciliations?region=990101');
    await page.getByLabel('对账单所列').selectOption('只有支付');
    await drop(statement(PAID_CENTRAL, PAID_OWN), '对得上.csv');
    await record().getByText('相符').click();
    await page.getByText('已记录：相符').waitFor();
    await story.money('payments', SELF_RAISED, 7);
    await page.goto(`/reconciliations?region=990101`);
    const brokenOf = page.getByRole('row', { name: /对得上\.csv/u });
    await brokenOf.getByRole('link', { name: '曾相符，现为疑点' }).click();
    await page.getByRole('heading', { level: 1, name: '对账单与台账不符' }).waitFor();
    await page.getByText('自筹资金', { exact: true }).waitFor();
    await page.getByRole('link', { name: '对得上.csv' }).click();
    await page.getByText('曾经相符，现已不符').waitFor();
    const change = page.getByRole('group', { name: '对账以后台账的变动' }).locator('tbody tr');
    expect(await change.innerText()).toMatch(/新记录[\s\S]+施工合同第1期[\s\S]+7/u);
    expect(await page.getByRole('row', { name: '自筹资金 80 80 87 7' }).count()).toBe(1);
    expect(await seriousViolations(page)).toEqual([]);
    await change.getByRole('link', { name: '新记录' }).click();
    await page.waitForURL(/\/projects\/.+#event-/u);
  });

  it('records nothing while it looks at the past', async () => {
    await page.goto('/reconciliations?known=2020-01-01');
    await page.getByText('回到现在才能对账').waitFor();
    await page.getByText('这个范围内还没有记录过对账').waitFor();
    expect(await page.getByTestId('drop').count()).toBe(0);
  });
});
