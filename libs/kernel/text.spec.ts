import { displayWidth, isWritable, squeeze, toHalfWidth } from './text.js';

describe('text from documents', () => {
  it('has full-width characters and odd spaces made plain', () => {
    expect(toHalfWidth('\uff11\uff15\uff10\uff08张\uff09\u3000\uff21\u00a0\u2002B\ufeff')).toBe(
      '150(张) A  B',
    );
    expect(squeeze(' 项 目\n名\u00a0称 ')).toBe('项目名称');
  });
});

describe('isWritable', () => {
  it.each(['', '示例建设公司', 'a\tb\r\nc', '𠮷🙂', '\u00a0'])('%j can be written', (text) =>
    expect(isWritable(text)).toBe(true),
  );
  it.each(['a\u0000b', '\u0001', '\u001b[2J', '\u007f', '\ud800', '\udc00a', '\uffff'])('%j cannot', (text) =>
    expect(isWritable(text)).toBe(false),
  );
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
