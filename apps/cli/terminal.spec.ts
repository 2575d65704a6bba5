import { Writable } from 'node:stream';
import { EXIT } from './exit-codes.js';
import { reportFailure } from './failures.js';
import { processTerminal } from './terminal.js';

const failing = (code: string) =>
  new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`${code}: write`), { code }));
    },
  });

async function written(code: string) {
  let said = '';
  const stdout = failing(code);
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });
  const failed = new Promise((resolve) => stdout.once('error', resolve));
  const terminal = processTerminal({ stdout, stderr, env: {} });
  terminal.out('投资台账');
  await failed;
  return { terminal, said: () => said };
}

it('tells that results could not be written, and not that they were refused', async () => {
  const { terminal, said } = await written('ENOSPC');
  expect(reportFailure(terminal.failure, terminal)).toBe(EXIT.unavailable);
  expect(said()).toContain('磁盘空间');
});

it('does not mind a reader that left early', async () => {
  const { terminal } = await written('EPIPE');
  expect(terminal.failure).toBeUndefined();
});
