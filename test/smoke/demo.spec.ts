import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = path.resolve('dist/apps/cli/main.js');
const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-demo-'));
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

class Run {
  out = '';
  err = '';
  readonly child: ChildProcess;
  private readonly exit: Promise<unknown[]>;

  constructor(...words: string[]) {
    const { TAIZHANG_TEST_SERVER: _, DATABASE_URL: __, EVENT_STORE: ___, ...inherited } = process.env;
    const env = { ...inherited, DATA_DIR: folder, PORT: '0' };
    this.child = spawn(process.execPath, [PROGRAM, ...words], { env });
    children.add(this.child);
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.exit = once(this.child, 'close');
  }

  /** Resolves once the output holds the text. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.out);
      if (found) return found;
      const ended = await Promise.race([
        once(this.child.stdout!, 'data').then(() => false),
        this.exit.then(() => true),
      ]);
      if (ended && !pattern.test(this.out))
        throw new Error(`ended without ${pattern}: ${this.out}${this.err}`);
    }
  }

  async code(): Promise<number | null> {
    const [code] = (await this.exit) as [number | null];
    return code;
  }
}

const GOLDEN = [
  /合计 +22 +39,045 +38,845 +200/u,
  /2023 +9 +9,020 +8,820 +200/u,
  /2024 +5 +3,225 +3,225 +0/u,
  /2025 +8 +26,800 +26,800 +0/u,
  /2023 +托位（个） +200/u,
  /2025 +养老床位（张） +350–450/u,
  /2\.585（12559 ÷ 4858400）；2025年目标 4\.5个 需 21863，尚缺 9304，清单安排 200/u,
];

describe('the built program', () => {
  it('was built before the tests', () => expect(existsSync(PROGRAM)).toBe(true));

  it('survives kill -9, then shows the published list once, however often it runs', async () => {
    const killed = new Run('demo');
    await killed.says(/22 +39,045 +38,845 +22 +0 +0 +0/u);
    killed.child.kill('SIGKILL');
    await killed.code();

    const second = new Run('demo', '--exit', '--sample-prefecture');
    expect(await second.code()).toBe(0);
    for (const figure of GOLDEN) expect(second.out).toMatch(figure);
    expect(second.out).toMatch(/22 +39,045 +38,845 +0 +0 +22 +0/u);
    expect(second.out).toContain('没有重复记录');
    expect(second.out).toMatch(/示例州.+120 个项目、\d+ 条事件，投资计划 8 份。/u);
  });

  it('serves until SIGINT, and another process reads beside it', async () => {
    const serving = new Run('demo');
    const [, url] = await serving.says(/HTTP 服务：(http:\S+)/u);
    const live = await fetch(`${url}/health/live`);
    expect(live.status).toBe(200);
    const ledger = await fetch(`${url}/api/v1/ledger?groupBy=category&region=513400`);
    expect(await ledger.json()).toMatchObject({ total: { totalInvestment: { fen: '39045000000' } } });

    const beside = new Run('projects', '--region', '513400', '--json');
    expect(await beside.code()).toBe(0);
    expect((JSON.parse(beside.out) as { items: unknown[] }).items).toHaveLength(22);

    serving.child.kill('SIGINT');
    expect(await serving.code()).toBe(0);
    expect(serving.err).toContain('正在停止');
  });

  it('says that a port is taken', async () => {
    const first = new Run('serve');
    for (;;) {
      await once(first.child.stderr!, 'data');
      if (/服务已启动/u.test(first.err)) break;
    }
    const { port } = new URL(/http:\S+?(?=（)/u.exec(first.err)![0]);
    const second = spawn(process.execPath, [PROGRAM, 'serve'], {
      env: { ...process.env, DATA_DIR: folder, PORT: port },
    });
    children.add(second);
    let err = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(second, 'close')) as [number];
    expect(code).toBe(69);
    expect(err).toContain(`端口 ${port} 已被占用`);
    first.child.kill('SIGTERM');
    expect(await first.code()).toBe(0);
  });
});
