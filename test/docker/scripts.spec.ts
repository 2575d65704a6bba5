import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';

describe('scripts of the containers', () => {
  it('parse as shell', () => {
    execFileSync('bash', ['-n', 'docker/make-certificates.sh']);
    execFileSync('sh', ['-n', 'docker/make-env.sh']);
  });

  it.each(['single', 'cluster'])('make-env.sh writes what compose.yaml asks for: %s', (profile) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-env-'));
    try {
      copyFileSync('docker/make-env.sh', path.join(folder, 'make-env.sh'));
      execFileSync('sh', [path.join(folder, 'make-env.sh'), profile]);
      const file = path.join(folder, '.env');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const written = new Map(
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      const wanted = readFileSync('docker/compose.yaml', 'utf8').matchAll(/\$\{(\w+):\?/gu);
      for (const [, name] of wanted) expect(written.get(name!)).toBeTruthy();
      expect(written.get('COMPOSE_PROFILES')).toBe(profile);
      const passwords = ['POSTGRES_PASSWORD', 'KURRENTDB_ADMIN_PASSWORD', 'KURRENTDB_OPS_PASSWORD'];
      const values = passwords.map((name) => written.get(name)!);
      for (const value of values) expect(value).toMatch(/^[0-9a-f]{48}$/u);
      expect(new Set(values).size).toBe(values.length);

      const again = spawnSync('sh', [path.join(folder, 'make-env.sh'), profile]);
      expect(again.status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('health-check.mjs tells a live server from a dead one', async () => {
    const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const env = { ...process.env, PORT: String((server.address() as AddressInfo).port) };
    expect(await exitCode(env)).toBe(0);
    server.close();
    await once(server, 'close');
    expect(await exitCode(env)).toBe(1);
  });
});

async function exitCode(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['docker/health-check.mjs'], { env, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}
