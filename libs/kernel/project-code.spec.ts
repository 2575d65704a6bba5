import { isProjectCode, monthOfProjectCode } from './project-code.js';

describe('a project code', () => {
  it('is 24 characters, 4-6-2-2-6, and begins with year and month', () => {
    const code = '2509-320193-89-01-544060';
    expect(code).toHaveLength(24);
    expect(isProjectCode(code)).toBe(true);
    expect(monthOfProjectCode(code)).toBe('2025-09');
  });

  it.each([
    '2513-320193-89-01-544060',
    '2500-320193-89-01-544060',
    '2509-320193-89-01-54406',
    '2509320193890154406000',
    '2509-320193-89-01-544060 ',
    '',
  ])('“%s” is none', (text) => {
    expect(isProjectCode(text)).toBe(false);
  });
});
