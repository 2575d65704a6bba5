import { PROJECT_STAGES } from '#libs/projects/domain/vocabulary.js';
import { oneOf } from './options.js';

it.each(['Withdrawn', '终止（调出）', '终止(调出)'])('reads %s as the stage it names', (text) => {
  expect(oneOf(PROJECT_STAGES)(text)).toBe('Withdrawn');
});

it('names the words that there are for one that is none', () => {
  expect(() => oneOf({ a: '甲', b: '乙' })('丙')).toThrow('应为 甲（a）、乙（b） 之一');
});
