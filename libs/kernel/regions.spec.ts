import {
  commonRegion,
  divisionsIn,
  findRegion,
  formerNamesIn,
  isRegionCode,
  isSampleRegion,
  regionContains,
  regionName,
  regionPrefix,
} from './regions.js';

const LIANGSHAN = '513400';

describe('administrative divisions', () => {
  it('are known by code', () => {
    expect(regionName('513402')).toBe('会理市');
    expect(regionName('999999')).toBe('999999');
    expect(isRegionCode('513402')).toBe(true);
    for (const code of ['5134', '513499', 'abcdef', '5134020']) expect(isRegionCode(code)).toBe(false);
  });

  it.each([
    ['510000', '51'],
    ['513400', '5134'],
    ['513402', '513402'],
    ['511000', '5110'],
    ['110000', '11'],
  ])('%s holds what begins with %s', (code, prefix) => {
    expect(regionPrefix(code)).toBe(prefix);
  });

  it('hold the divisions below them and themselves', () => {
    expect(regionContains('510000', '513402')).toBe(true);
    expect(regionContains(LIANGSHAN, '513402')).toBe(true);
    expect(regionContains('513402', '513402')).toBe(true);
    expect(regionContains('513402', LIANGSHAN)).toBe(false);
    expect(regionContains('513300', '513402')).toBe(false);
  });

  it('have a smallest common one', () => {
    expect(commonRegion(['513436', '513423', '513432'])).toBe(LIANGSHAN);
    expect(commonRegion(['513436', '513436'])).toBe('513436');
    expect(commonRegion(['513436', '511002'])).toBe('510000');
    expect(commonRegion(['513436', LIANGSHAN])).toBe(LIANGSHAN);
    expect(commonRegion(['513436', '110101'])).toBeUndefined();
    expect(commonRegion([])).toBeUndefined();
  });

  it.each([
    ['布拖县', '513429', '布拖县'],
    ['布拖', '513429', '布拖县'],
    [' 布 拖 县 ', '513429', '布拖县'],
    ['西昌', '513401', '西昌市'],
    ['木里藏族自治县', '513422', '木里藏族自治县'],
    ['木里县', '513422', '木里藏族自治县'],
    ['木里', '513422', '木里藏族自治县'],
    ['凉山州', LIANGSHAN, '凉山彝族自治州'],
  ])('are found by the name “%s”', (text, code, name) => {
    expect(findRegion(text, LIANGSHAN)).toEqual({ code, name });
  });

  it('are found by a former name, which is said', () => {
    const huili = { code: '513402', name: '会理市', formerName: '会理县' };
    expect(findRegion('会理县', LIANGSHAN)).toEqual(huili);
    expect(findRegion('会理市', LIANGSHAN)).toEqual({ code: '513402', name: '会理市' });
    expect(formerNamesIn(LIANGSHAN)).toEqual([huili]);
    expect(formerNamesIn('513300')).toEqual([]);
  });

  it('are not found outside, by one character or by another name', () => {
    expect(findRegion('布拖县', '513300')).toBeUndefined();
    for (const text of ['', '县', '木', '木里市场', '示例1县'])
      expect(findRegion(text, LIANGSHAN)).toBeUndefined();
  });

  it('list the seventeen of 凉山, the prefecture first', () => {
    const divisions = divisionsIn(LIANGSHAN);
    expect(divisions).toHaveLength(18);
    expect(divisions[0]).toEqual([LIANGSHAN, '凉山彝族自治州']);
  });

  it('of the samples are made up, and said to be', () => {
    expect(['990000', '990100', '990107'].every((code) => isSampleRegion(code) && isRegionCode(code))).toBe(
      true,
    );
    expect(isSampleRegion('513402')).toBe(false);
    expect([regionName('990100'), regionName('990107')]).toEqual(['示例州', '示例7县']);
    expect(findRegion('示例7县', '990100')).toEqual({ code: '990107', name: '示例7县' });
    expect(divisionsIn('990107')).toEqual([['990107', '示例7县']]);
  });
});
