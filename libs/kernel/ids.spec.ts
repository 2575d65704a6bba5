import fc from 'fast-check';
import { idFor, newId } from './ids.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

describe('ids', () => {
  it('are UUIDs, new ones or of the words', () => {
    expect(newId()).toMatch(UUID);
    expect(newId()).not.toBe(newId());
    expect(idFor('导入', '第7行')).toMatch(UUID);
  });

  it('of the same words are the same for ever', () => {
    expect(idFor('import', '7')).toBe(idFor('import', '7'));
    expect(idFor('specification', '0')).toBe('93f51f2d-bd4b-53a8-b245-0f1cbb292235');
  });

  it('of other words, or of words split elsewhere, are others', () => {
    const words = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const same = a.length === b.length && a.every((word, n) => word === b[n]);
        expect(idFor(...a) === idFor(...b)).toBe(same);
      }),
    );
    expect(idFor('ab', 'c')).not.toBe(idFor('a', 'bc'));
  });
});
