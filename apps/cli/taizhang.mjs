#!/usr/bin/env node
/**
 * `npx taizhang` and `npm run demo`: builds what is not built yet, then runs the command in this process, so that Ctrl-C
 * reaches it directly. The demo also builds where the sources are newer; elsewhere a server may be running on what is
 * there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const stamp = path.join(root, 'dist/.built');

function newestUnder(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    const time = entry.isDirectory() ? newestUnder(full) : statSync(full).mtimeMs;
    newest = Math.max(newest, time);
  }
  return newest;
}

function newestSource() {
  const files = ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
  const times = files.map((file) => statSync(path.join(root, file)).mtimeMs);
  return Math.max(newestUnder(path.join(root, 'apps')), newestUnder(path.join(root, 'libs')), ...times);
}

const demo = process.argv[2] === 'demo';
if (!existsSync(stamp) || (demo && statSync(stamp).mtimeMs < newestSource())) {
  process.stderr.write('正在构建……\n');
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    // The command's own results alone go to stdout.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) process.exit(build.status ?? 70);
}

await import(pathToFileURL(path.join(root, 'dist/apps/cli/main.js')).href);
