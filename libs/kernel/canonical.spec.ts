import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, digestOf, digestOfBytes } from './canonical.js';

describe('canonical text', () => {
  it('is one, whatever order the keys come in', () => {
    expect(canonicalJson({ b: [2, { d: null, c: '州' }], a: 1 })).toBe('{"a":1,"b":[2,{"c":"州","d":null}]}');
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: '1' }));
  });

  it('leaves out what JSON has no word for, and refuses to spell nothing', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });

  it('says the same value, and stays when said again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('is spelled as the reference implementation spells it, whatever the keys and numbers are', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('10', '9', '2025', '-1', '__proto__'),
    );
    const value = fc.letrec((again) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.double(),
        fc.integer(),
        fc.constantFrom(null, undefined, true, '\\ud800', '\ud83d\ude00', new Date(0)),
        fc.string({ unit: 'binary' }),
        fc.array(again('value')),
        fc.dictionary(key, again('value')),
      ),
    })).value;
    const spelled = (spell: (value: unknown) => unknown, item: unknown) => {
      try {
        return spell(item) ?? 'no JSON form';
      } catch {
        return 'no JSON form';
      }
    };
    fc.assert(
      fc.property(value, (item) => {
        expect(spelled(canonicalJson, item)).toBe(spelled(canonicalize, item));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses half a character and numbers that JSON lacks', () => {
    expect(() => canonicalJson({ name: '\ud800' })).toThrow(Error);
    expect(() => canonicalJson([Number.NaN])).toThrow(Error);
    expect(canonicalJson({ 10: 'a', 9: 'b' })).toBe('{"10":"a","9":"b"}');
  });

  it('digests are SHA-256 in hex', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(digestOfBytes(new Uint8Array())).toBe(empty);
    expect(digestOf('')).toBe(digestOfBytes(Buffer.from('""')));
  });
});
