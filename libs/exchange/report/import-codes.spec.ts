import { readdirSync, readFileSync } from 'node:fs';
import { FILE_REFUSALS, ROW_ERRORS, WARNINGS } from './import-codes.js';

const folder = new URL('../', import.meta.url);
const page = readFileSync(new URL('../../../docs/importing.md', import.meta.url), 'utf8');
const codes = [FILE_REFUSALS, ROW_ERRORS, WARNINGS].flatMap((group) => Object.keys(group));

it('lists every code that the import can give, each once', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
  );
  const given = sources.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/'import\.(\w+)'/gu)].map(([, code]) => code!),
  );
  expect(given.filter((code) => !codes.includes(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

it('says the same as the page for users', () => {
  for (const [code, meaning] of [FILE_REFUSALS, ROW_ERRORS, WARNINGS].flatMap((group) =>
    Object.entries(group),
  )) {
    expect(page).toMatch(new RegExp(`\\| \`import\\.${code}\` +\\| ${meaning} +\\|`, 'u'));
  }
});
