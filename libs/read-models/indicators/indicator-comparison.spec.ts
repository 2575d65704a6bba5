import { divisionBelow } from './indicator-comparison.handler.js';

it.each([
  ['a county of a prefecture', '513400', '513402', '513402'],
  ['the prefecture of a county in a province', '510000', '513402', '513400'],
  ['a county of the made-up prefecture', '990100', '990103', '990103'],
  ['nothing below a county', '513402', '513402', undefined],
  ['not the prefecture itself', '513400', '513400', undefined],
  ['not the province itself, which has no prefecture', '510000', '510000', undefined],
])('finds %s', (_what, region, inner, below) => expect(divisionBelow(region, inner)).toBe(below));
