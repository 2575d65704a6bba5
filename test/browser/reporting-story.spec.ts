import type { Page } from 'playwright-core';
import { loadPrefecture } from '#libs/sample/load-prefecture.js';
import { seriousViolations } from './browser.js';
import { pageStory } from './page-story.js';

/** Statistics go from duty to check between two people, and a circular from draft to file. */
describe('statistics and circulars on the page', () => {
  let page: Page;
  pageStory(async ({ served, ...story }) => {
    ({ page } = story);
    await loadPrefecture(served.platform.store, {
      counties: 1,
      years: 2,
      seed: 3,
      projectsPerCountyYear: 1,
    });
  });
  const act = (user: string) => page.getByLabel('身份').selectOption(user);

  it('opens a reporting: which unit owes what', async () => {
    await page.goto('/statistics?region=990100');
    await act('民政演示员');
    await page.getByText('布置一期上报').click();
    await page.getByRole('spinbutton', { name: '年度' }).fill('2024');
    await page.getByLabel('托位', { exact: true }).fill('示例州民政局');
    await page.getByLabel('普惠托位', { exact: true }).fill('示例州民政局');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '布置', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '示例州 2024年度统计上报' }).waitFor();
    await page.getByText('! 未报').waitFor();
  });

  it('does not send a part above its whole, nor an empty cell, and tells unknown from zero', async () => {
    await page.getByRole('button', { name: '填报' }).click();
    const all = page.getByRole('group', { name: '托位（个）', exact: true });
    const inclusive = page.getByRole('group', { name: '普惠托位（个）' });
    for (const group of [all, inclusive]) await group.getByLabel('数据来源').fill('卫健统计台账');
    await all.getByLabel('数值').fill('100');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await inclusive.getByText('不掌握的勾选“不详”').waitFor();
    await inclusive.getByLabel('数值').fill('120');
    await page.getByText('“普惠托位”120 大于“托位”100').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await inclusive.getByLabel('不详').check();
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('待另一人审核').waitFor();
    await page.getByText('审核和退回须由另一人办理').waitFor();
  });

  it('is given back with a reason and checked by another person', async () => {
    await act('发改演示员');
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByText('退回须写明理由', { exact: true }).waitFor();
    await page.getByLabel('审核意见').fill('普惠托位应有数');
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByText('已退回 示例州民政局').waitFor();
    await act('民政演示员');
    await page.getByRole('button', { name: '重新填报' }).click();
    const inclusive = page.getByRole('group', { name: '普惠托位（个）' });
    await inclusive.getByLabel('不详').uncheck();
    await inclusive.getByLabel('数值').fill('80');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('待另一人审核').waitFor();
    await act('发改演示员');
    await page.getByRole('button', { name: '审核通过' }).click();
    await page.getByText('已审核通过').waitFor();
    await page.getByRole('row', { name: '普惠托位 80 个 卫健统计台账' }).waitFor();
    await page.getByLabel('指标').selectOption('places');
    await page.getByRole('textbox', { name: '原因' }).fill('既有设施未入库');
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByRole('cell', { name: '既有设施未入库' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('edits the text of a draft and refuses a typed figure before it is sent', async () => {
    await page.goto('/circulars?region=990100');
    await page.getByText('没有印发过通报').waitFor();
    await page.getByRole('spinbutton', { name: '年度' }).fill('2024');
    await page.getByRole('button', { name: '打开 2024年度的草稿' }).click();
    await page.getByText('样稿，未改过').waitFor();
    await page.getByRole('button', { name: '改文字，第 1 段' }).click();
    const text = page.getByRole('textbox', { name: '第 1 段' });
    await text.fill('在库项目 22 个。');
    await page.getByText('手写了“22 个”').waitFor();
    expect(await page.getByRole('button', { name: '保存草稿' }).isDisabled()).toBe(true);
    await text.fill('在库项目');
    await page.getByLabel('插入数字').selectOption('projects');
    expect(await text.inputValue()).toBe('在库项目{projects}');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存为第 1 稿').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('issues the circular only after it was confirmed, and hands out the file', async () => {
    const issue = page.getByRole('button', { name: '印发', exact: true });
    await page.getByLabel('文号').fill('示例发改〔2025〕5号');
    expect(await issue.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: '确认印发' }).check();
    await issue.click();
    await page.waitForURL(/\/circulars\/[0-9a-f-]{36}/u);
    await page.getByText('示例发改〔2025〕5号').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const href = await page.getByRole('link', { name: '下载 .docx' }).getAttribute('href');
    const file = await page.request.get(href!);
    expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
    await page.goto('/circulars?region=990100');
    await page
      .getByRole('link', { name: /关于示例州2024年度/u })
      .first()
      .waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});
