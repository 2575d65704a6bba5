import { countsIn, parseCount } from './counts.js';

const exact = (count: number) => ({ low: count, high: count, inexact: false });

describe('countsIn', () => {
  it.each([
    ['床位150张', { beds: exact(150) }],
    ['床位 150 张', { beds: exact(150) }],
    ['设置养老床位1,200张。', { beds: exact(1200) }],
    ['新增150张床位', { beds: exact(150) }],
    ['床位数为150张', { beds: exact(150) }],
    ['床位(张):150', { beds: exact(150) }],
    ['床位100—200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100至200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100-200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100张至200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['100张—200张养老床位', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100―200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100−200张', { beds: { low: 100, high: 200, inexact: false } }],
    ['床位100张至2025年底建成', { beds: exact(100) }],
    ['床位2万张', {}],
    ['床位100/200张', {}],
    ['非护理型床位80张', {}],
    ['非普惠托位80个', {}],
    ['护理型床位80张、普通床位70张', { nursingBeds: exact(80) }],
    ['普惠托位120个、其他托位80个', { inclusivePlaces: exact(120) }],
    ['床位≥150张', { beds: { low: 150, high: 150, inexact: true } }],
    ['床位不低于150张', { beds: { low: 150, high: 150, inexact: true } }],
    ['床位150张以上', { beds: { low: 150, high: 150, inexact: true } }],
    ['床位150余张', { beds: { low: 150, high: 150, inexact: true } }],
    ['约150张床位', { beds: { low: 150, high: 150, inexact: true } }],
    ['床位150张,其中护理型床位80张', { beds: exact(150), nursingBeds: exact(80) }],
    ['护理型床位80张', { nursingBeds: exact(80) }],
    ['托位200个,其中普惠托位120个', { places: exact(200), inclusivePlaces: exact(120) }],
    ['普惠性托位120个', { inclusivePlaces: exact(120) }],
    ['设备购置一批', {}],
    ['2023年建成', {}],
  ])('%s', (text, counts) => {
    expect(countsIn(text, 1).counts).toEqual(counts);
  });

  it('counts no kind that is printed with two figures', () => {
    const found = countsIn('改造床位50张,建成后床位150张', 1);
    expect(found.counts).toEqual({});
    expect(found.ambiguous).toEqual(['beds']);
  });

  it.each([
    ['建筑面积6000平方米', '6000'],
    ['总建筑面积1.2万平方米,占地8000平方米', '12000'],
    ['占地面积30亩,用地20000㎡,建筑面积12345.60㎡', '12345.6'],
    ['医养中心6000平方米', '6000'],
    ['占地6000平方米', undefined],
    ['一期6000平方米、二期4000平方米', undefined],
    ['建筑面积5000-6000平方米', undefined],
  ])('reads the floor area of %s as %s', (text, area) => {
    expect(countsIn(text, 1).floorAreaM2).toBe(area);
  });

  it.each([
    ['3个社区日间照料中心', 1, 3],
    ['新建三处社区日间照料中心', 1, 3],
    ['美姑、盐源、喜德各建1处社区日照中心', 3, 3],
    ['各建两处照料中心', 3, 6],
    ['社区日照中心建成', 1, undefined],
    ['敬老院1处、养老院2处', 1, undefined],
  ])('counts the facilities of %s in %d counties as %s', (text, regions, count) => {
    expect(countsIn(text, regions).facilityCount).toBe(count);
  });
});

it.each([
  ['150', exact(150)],
  ['150张', exact(150)],
  ['100—200', { low: 100, high: 200, inexact: false }],
  ['≥150', { low: 150, high: 150, inexact: true }],
  ['200-100', undefined],
  ['1.5', undefined],
  ['若干', undefined],
])('parseCount reads %s', (text, count) => {
  expect(parseCount(text)).toEqual(count);
});
