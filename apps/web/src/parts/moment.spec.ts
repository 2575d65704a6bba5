import { momentText } from './moment.js';

it('prints an instant in China’s time', () => {
  expect(momentText('2026-02-28T16:05:00.000Z')).toBe('2026-03-01 00:05');
});
