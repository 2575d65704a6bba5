import { DRAFT_TEXT } from '#libs/circulars/domain/template.js';
import { faultIn, moved, piecesOf, withFigure } from './draft.js';

it('tells what people write from what the system fills in', () => {
  expect(piecesOf('在库{projects}个,支付{paid}万元{x}', { projects: '22', paid: '1,750' })).toEqual([
    { words: '在库' },
    { figure: 'projects', label: '在库项目数', printed: '22' },
    { words: '个,支付' },
    { figure: 'paid', label: '支付（万元）', printed: '1,750' },
    { words: '万元' },
    { figure: 'x', label: 'x', printed: undefined },
  ]);
});

it('takes the template, and names the paragraph that the server would refuse', () => {
  const text = (words: string) => ({ kind: 'text' as const, text: words });
  expect(faultIn([...DRAFT_TEXT])).toBeUndefined();
  expect(faultIn([text('一'), text(' ')])).toEqual({ paragraph: 1, message: '第 2 段是空的' });
  expect(faultIn([text('一'), text('项目 22 个')])).toMatchObject({ paragraph: 1 });
  expect(faultIn([text('{nothing}')])).toMatchObject({ paragraph: 0 });
  expect(faultIn([{ kind: 'table', text: 'nothing' }])).toMatchObject({ paragraph: 0 });
});

it('moves a paragraph inside the list only', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

it('puts a figure where the cursor stands, in place of what is chosen', () => {
  expect(withFigure('共个', 'projects', 1)).toBe('共{projects}个');
  expect(withFigure('共X个', 'projects', 1, 2)).toBe('共{projects}个');
});
