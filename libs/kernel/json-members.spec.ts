import fc from 'fast-check';
import type { Json } from './json.js';
import { jsonMembers } from './json-members.js';

const members = (text: string, names: readonly string[]) => {
  const [before, bytes] = [Buffer.from('…{"a":'), Buffer.from(text)];
  const around = Buffer.concat([before, bytes, Buffer.from('"b":1}')]);
  return jsonMembers(around, before.length, before.length + bytes.length, names);
};
const asked = fc.string({ unit: fc.constantFrom('a', 'b', '$', ' ', ':', '}'), maxLength: 3 });
const name = fc.oneof(asked, fc.string({ unit: fc.constantFrom('a', '州', '"', '\\'), maxLength: 3 }));

it('gives what parsing the whole would give, in whatever way it is spaced', () => {
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }),
      fc.uniqueArray(asked, { maxLength: 4 }),
      fc.constantFrom('', ' ', '\n\t'),
      (object, names, space) => {
        const text = JSON.stringify(object, undefined, space);
        const parsed = JSON.parse(text) as Record<string, Json>;
        const expected = names.map((one) => (Object.hasOwn(parsed, one) ? parsed[one] : undefined));
        expect(members(text, names)).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

it.each([
  ['{}', ['a'], [undefined]],
  ['{"a":"\\"b\\":1\\\\","b":2}', ['b'], [2]],
  ['{"nested":{"b":1,"c":[{"b":[2]}]},"b":3}', ['b', 'nested'], [3, { b: 1, c: [{ b: [2] }] }]],
  [' { "b" : null , "ab" : "}" } ', ['ab', 'b'], ['}', null]],
])('finds in %s the members %j: %j', (text, names, expected) => {
  expect(members(text, names)).toEqual(expected);
});
