import { displayWidth, squeeze, toHalfWidth } from './text.js';

describe('text from documents', () => {
  it('has full-width characters and odd spaces made plain', () => {
    expect(toHalfWidth('\uff11\uff15\uff10\uff08张\uff09\u3000\uff21\u00a0\u2002B\ufeff')).toBe(
      '150(张) A  B',
    );
    expect(squeeze(' 项 目\n名\u00a0称 ')).toBe('项目名称');
  });
});

describe('displayWidth', () => {
  it.each([
    ['350–450', 7],
    ['床位', 4],
    ['—', 1],
    ['\uFF0C', 2],
    ['㎡', 2],
    ['𠮷', 2],
  ])('%s takes %i', (text, width) => expect(displayWidth(text)).toBe(width));
});
