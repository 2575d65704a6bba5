import { at, type Answer } from './client.js';

/** What every error must be, whatever went wrong. */
export function expectProblem({ status, headers, body }: Answer, expected: number, code: string): void {
  expect({ status, code: at(body, 'code') }).toEqual({ status: expected, code });
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({
    type: `urn:taizhang:problem:${code}`,
    status: expected,
    title: expect.stringMatching(/\p{Script=Han}/u) as unknown,
    detail: expect.stringMatching(/\p{Script=Han}/u) as unknown,
  });
}
