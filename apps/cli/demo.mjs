/**
 * `npm run demo`: builds where the sources are newer than what was built, then runs `taizhang demo` in this process,
 * so that Ctrl-C reaches it directly.
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

if (!existsSync(stamp) || statSync(stamp).mtimeMs < newestSource()) {
  process.stderr.write('正在构建……\n');
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) process.exit(build.status ?? 70);
}

const program = path.join(root, 'dist/apps/cli/main.js');
process.argv.splice(1, process.argv.length - 1, program, 'demo', ...process.argv.slice(2));
await import(pathToFileURL(program).href);
