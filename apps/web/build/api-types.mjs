/** Writes src/api/schema.d.ts from the OpenAPI document of the server's sources, so that the two cannot drift. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-openapi-'));
const document = path.join(folder, 'openapi.json');
try {
  const writer = ['--import', './test/typescript/register.js', 'apps/server/docs/write-openapi.ts', document];
  const written = spawnSync(process.execPath, writer, { cwd: root, stdio: 'inherit' });
  if (written.status !== 0) process.exit(written.status ?? 1);
  const types = astToString(await openapiTS(JSON.parse(readFileSync(document, 'utf8'))));
  const file = path.join(import.meta.dirname, '../src/api/schema.d.ts');
  // A file that stays the same keeps its time, so that nothing is built again for it.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== types) writeFileSync(file, types);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
