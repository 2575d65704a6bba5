import { readFileSync, readdirSync } from 'node:fs';
import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { circularDecider, type CircularState } from './decider.js';
import { CIRCULAR_EVENT_SCHEMAS, circularCodec, type Issued } from './events.js';
import { periodOf } from './period.js';
import { DRAFT_TEXT, FIGURE_NAMES, TABLE_NAMES } from './template.js';
import { checkText, rendered } from './text.js';

const SAMPLES = new URL('./samples/v1/', import.meta.url);
const sample = (): EventToDecode =>
  JSON.parse(readFileSync(new URL('CircularIssued.json', SAMPLES), 'utf8')) as EventToDecode;
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('the issued circular as an event', () => {
  it('has a frozen sample, read as it was stored and written the same again', () => {
    expect(readdirSync(SAMPLES)).toEqual(Object.keys(CIRCULAR_EVENT_SCHEMAS).map((type) => `${type}.json`));
    const stored = sample();
    const read = circularCodec.decode(stored);
    expect(read.streamId).toBe('990100-2025-Q3');
    const { id, data, metadata } = circularCodec.encode(read, read.id, read.envelope);
    expect({ id, data, metadata }).toEqual({ id: stored.id, data: stored.data, metadata: stored.metadata });
  });
});

describe('issuing', () => {
  const { corrects: _, ...issued } = sample().data as unknown as Issued;
  const after = (...before: Issued[]): CircularState => ({ issued: before });

  it('records a circular once, and the same again is nothing new', () => {
    const [event] = circularDecider.decide({ issued }, circularDecider.initialState());
    expect(event).toEqual({ type: 'CircularIssued', data: issued });
    const later = { ...issued, position: `${issued.storeId}:00000000000000ff` };
    expect(circularDecider.decide({ issued: later }, after(issued))).toEqual([]);
  });

  it('takes another one for the period with a reason only, and names the one that it corrects', () => {
    const other = { ...issued, documentNumber: '示例发改〔2025〕32号' };
    expect(() => circularDecider.decide({ issued: other }, after(issued))).toThrow(
      refused('circular.alreadyIssued'),
    );
    const [event] = circularDecider.decide({ issued: other, reason: '数字有更正' }, after(issued));
    expect(event!.data.corrects).toEqual({ documentNumber: issued.documentNumber, reason: '数字有更正' });
  });
});

it.each([
  ['2025', '2025年度', '2025-12-31'],
  ['2024-02', '2024年2月', '2024-02-29'],
  ['2025-Q3', '2025年第三季度', '2025-09-30'],
])('%s is a period', (key, label, lastDay) => {
  expect(periodOf(key)).toEqual({ key, label, lastDay });
});

it.each(['', '25', '2025-13', '2025-Q5', '2025-6', '2025-06-01'])('“%s” is none', (key) => {
  expect(() => periodOf(key)).toThrow(refused('circular.badPeriod'));
});

describe('the text of a circular', () => {
  const check = (text: string) => checkText([{ kind: 'text', text }], FIGURE_NAMES, TABLE_NAMES);

  it('that a draft begins with cites only what there is', () => {
    expect(() => checkText(DRAFT_TEXT, FIGURE_NAMES, TABLE_NAMES)).not.toThrow();
  });

  it.each([
    ['circular.typedFigure', '完成投资 1,234.5 万元'],
    ['circular.typedFigure', '支付率87.5%'],
    ['circular.typedFigure', '共{projects}个,其中3 个未开工'],
    ['circular.typedFigure', '支付率达到９０％以上'],
    ['circular.unknownFigure', '共{project}个'],
    ['circular.unknownFigure', '共{constructor}个'],
  ])('is refused as %s: %s', (code, text) => {
    expect(() => check(text)).toThrow(refused(code));
  });

  it('may name days, documents and articles', () => {
    expect(() => check('请于2026年3月15日前按示例发改〔2025〕8号第三条报送。')).not.toThrow();
    expect(() => checkText([{ kind: 'table', text: 'nothing' }], FIGURE_NAMES, TABLE_NAMES)).toThrow(
      refused('circular.unknownTable'),
    );
  });

  it('is printed with its figures in place', () => {
    expect(
      rendered('共{projects}个,支付率{paymentPercent}', { projects: '12', paymentPercent: '87.50%' }),
    ).toBe('共12个,支付率87.50%');
  });
});
