import type { Sheet } from '#libs/exchange/table/sheet.js';
import { regionOfTitle } from './title-region.js';

const sheet = (title: string): Sheet => ({
  name: '清单',
  hidden: false,
  rows: new Map([[1, new Map([[1, { row: 1, column: 1, text: title, kind: 'text' }]])]]),
  merged: [],
});

describe('regionOfTitle', () => {
  it.each([
    ['凉山州“一老一小”重大项目清单', '513400'],
    ['凉山彝族自治州重大项目清单', '513400'],
    ['恩施州项目清单(单位:万元)', '422800'],
    ['伊犁州项目清单', '654000'],
    ['常州市 项目清单', '320400'],
    ['大兴安岭地区项目清单', '232700'],
  ])('%s → %s', (title, code) => expect(regionOfTitle([sheet(title)], 'list.xlsx')).toBe(code));

  it('takes the name of the file as well', () => {
    expect(regionOfTitle([sheet('重大项目清单')], '安阳市.xlsx')).toBe('410500');
  });

  it.each(['重大项目清单', '凉山州、常州市项目清单'])('asks for --region: %s', (title) => {
    expect(() => regionOfTitle([sheet(title)], 'list.xlsx')).toThrow(/--region/u);
  });
});
