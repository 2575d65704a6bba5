import { byAttribute } from './targets.js';

const target = (attribute: string | null, verdict: string, computed: boolean) => ({
  attribute: attribute && { key: attribute, label: attribute },
  verdict: { key: verdict, label: verdict },
  computed: computed ? { printed: '2.585' } : null,
});

it('tells binding targets from anticipated ones, and counts those that cannot be judged', () => {
  const targets = [
    target(null, 'open', false),
    target('Anticipated', 'missed', true),
    target('Binding', 'reached', true),
    target('Binding', 'open', false),
  ];
  const groups = byAttribute(targets as unknown as Parameters<typeof byAttribute>[0]);
  expect(groups.map(({ key, summary, computed }) => [key, summary, computed.length])).toEqual([
    ['Binding', '2 项：reached 1，open 1', 1],
    ['Anticipated', '1 项：missed 1', 1],
    ['none', '1 项：open 1', 0],
  ]);
});
