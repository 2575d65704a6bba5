import { Gazetteer } from './gazetteer.js';
import { readPlaces, readUnits } from './places.js';

const gazetteer = new Gazetteer('513400');

describe('readPlaces', () => {
  it.each([
    ['布拖县', ['513429']],
    ['布拖', ['513429']],
    ['美姑县、盐源县,喜德县', ['513436', '513423', '513432']],
    ['美姑、盐源、喜德县', ['513436', '513423', '513432']],
    ['会理市和会东县', ['513402', '513426']],
    ['美姑县乐约乡龙头湾社区', ['513436']],
    ['凉山彝族自治州美姑县乐约乡', ['513436']],
    ['四川省凉山州西昌市长安街道', ['513401']],
    ['美姑县\n乐约乡', ['513436']],
    ['盐源\n县', ['513423']],
    ['盐源县\n喜德县\n美姑县', ['513423', '513432', '513436']],
    ['盐源县 喜德县', ['513423', '513432']],
    ['盐源县喜德县', ['513423', '513432']],
    ['盐源县+喜德县', ['513423', '513432']],
    ['盐源、喜德、美姑三县', ['513423', '513432', '513436']],
    ['冕宁县、木里县', ['513433', '513422']],
    ['凉山州', ['513400']],
    ['全州17个县市', ['513400']],
    ['全州', ['513400']],
    ['各县市', ['513400']],
    ['成都市', []],
  ])('%s', (text, regions) => {
    expect(readPlaces(text, gazetteer).regions).toEqual(regions);
  });

  it('knows 会理县 as the former name of 会理市', () => {
    const { regions, renamed } = readPlaces('会理县', gazetteer);
    expect(regions).toEqual(['513402']);
    expect(renamed).toMatchObject([{ formerName: '会理县', name: '会理市' }]);
  });

  it('tells divisions of one name apart by the one that they lie in', () => {
    const province = new Gazetteer('510000');
    expect(readPlaces('乐山市市中区、内江市市中区', province).regions).toEqual(['511102', '511002']);
  });

  it.each(['盐源县等3县', '盐源县、外地县', '盐源县、成都市'])('doubts that %s names all', (text) => {
    const { regions, doubtful } = readPlaces(text, gazetteer);
    expect([regions, doubtful.length]).toEqual([['513423'], 1]);
  });

  it('keeps what it cannot place', () => {
    expect(readPlaces('美姑县、盐源县、某某乡', gazetteer).unplaced).toEqual(['某某乡']);
  });
});

describe('readUnits', () => {
  it.each([
    ['布拖县民政局', ['布拖县民政局']],
    ['美姑、盐源、喜德县民政局', ['美姑县民政局', '盐源县民政局', '喜德县民政局']],
    ['西昌市人民医院、会东县中医院', ['西昌市人民医院', '会东县中医院']],
    ['布拖县民政局\n布拖县卫生健康局', ['布拖县民政局', '布拖县卫生健康局']],
    ['美姑县\n民政局', ['美姑县民政局']],
    ['布拖县民政局 布拖县卫生健康局', ['布拖县民政局', '布拖县卫生健康局']],
    ['盐源 喜德 美姑县民政局', ['盐源县民政局', '喜德县民政局', '美姑县民政局']],
    ['冕宁、木里县民政局', ['冕宁县民政局', '木里县民政局']],
    ['某公司 西昌分公司', ['某公司西昌分公司']],
    ['州发展和改革委', ['州发展和改革委']],
    ['某公司(联合体、牵头方)', ['某公司(联合体、牵头方)']],
    ['', []],
  ])('%s', (text, units) => {
    expect(readUnits(text, gazetteer)).toEqual(units);
  });
});

it('finds sample counties in the sample prefecture', () => {
  expect(readPlaces('示例1县、示例2县', new Gazetteer('990100')).regions).toEqual(['990101', '990102']);
});
