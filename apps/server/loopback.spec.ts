import { assertLoopback, isOwnOrigin, namesLoopback } from './loopback.js';

describe('loopback only', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('may listen on %s', (host) => {
    expect(() => assertLoopback(host)).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '10.0.0.8', 'example.org', ''])('refuses to listen on “%s”', (host) => {
    expect(() => assertLoopback(host)).toThrow(/只能在本机监听/u);
  });

  it.each(['127.0.0.1:3000', 'localhost', 'LOCALHOST:1', '[::1]:3000'])('answers to the host %s', (host) => {
    expect(namesLoopback(host)).toBe(true);
  });

  it.each([undefined, '', 'evil.example:3000', '127.0.0.1.evil.example', 'localhost:x', '[::2]:1'])(
    'does not answer to the host %s',
    (host) => {
      expect(namesLoopback(host)).toBe(false);
    },
  );

  it('tells its own origin from another, port included', () => {
    expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000')).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:4000', '127.0.0.1:3000')).toBe(false);
    expect(isOwnOrigin('null', '127.0.0.1:3000')).toBe(false);
  });
});
