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

  it('digests are SHA-256 in hex', () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(digestOfBytes(new Uint8Array())).toBe(empty);
    expect(digestOf('')).toBe(digestOfBytes(Buffer.from('""')));
  });
});
