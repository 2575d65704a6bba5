import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { displayWidth } from '#libs/kernel/text.js';
import { ACTOR_ENV, runCaptured } from './run-captured.js';

describe('taizhang, used wrongly', () => {
  it.each([
    [['ledgr'], /未知的命令 ledgr/u],
    [['ledger', '--regio', '513400'], /未知的选项 --regio/u],
    [['ledger', '--region', '51'], /应为六位行政区划代码/u],
    [['ledger', '--category', '学校'], /应为 养老（ElderlyCare）/u],
    [['yearly-counts', '--from', 'x'], /应为 1949 至 2200 的整数/u],
    [['findings', '--project-id', 'x'], /应为 UUID/u],
    [['trace', 'payment', 'x'], /应为 UUID/u],
    [['ageing', '--boundaries', 'x'], /应为以逗号分隔的天数/u],
    [['findings', '--rule', 'Z9'], /M8/u],
    [['targets', 'x'], /应为方案编号/u],
    [['indicators'], /--region/u],
    [['import'], /缺少参数/u],
    [['events', 'a', 'b'], /参数过多/u],
    [['events', 'nothing'], /nothing：应为 UUID/u],
    [['projects', '--json', '--csv'], /选项互相冲突 --json/u],
    [[], /用法|命令/u],
  ])('%j is a usage error', async (words, message) => {
    const { code, out, err } = await runCaptured(words);
    expect(code).toBe(2);
    expect(out + err).toMatch(message);
  });

  it.each([
    [['anchor', '--period', '2025-13'], '--period <期间>：应为年或年-月，如 2025 或 2025-06'],
    [['targets', 'x'], 'x：应为方案编号，如 513400-2023-2025'],
  ])('%j is told in one Chinese sentence', async (words, sentence) => {
    const { err } = await runCaptured(words);
    expect(err).toBe(
      `用法错误：选项或参数的值无效 ${sentence}（--help 查看帮助） [commander.invalidArgument]\n`,
    );
  });

  it('lists commands, environment and exit codes with --help', async () => {
    const { code, out } = await runCaptured(['--help']);
    expect(code).toBe(0);
    const descriptions = ['导入项目清单', '项目名册'].map((text) => {
      const line = out.split('\n').find((each) => each.includes(text))!;
      return displayWidth(line.slice(0, line.indexOf(text)));
    });
    expect(descriptions[0]).toBe(descriptions[1]);
    for (const word of [
      'import',
      'projects',
      'ledger',
      'journal',
      'balances',
      'plan-documents',
      'trace',
      'ageing',
      'yearly-counts',
      'import-plan',
      'plans',
      'targets',
      'trajectory',
      'tasks',
      'indicators',
      'events',
      'findings',
      'rebuild',
      'serve',
      'generate',
    ]) {
      expect(out).toContain(word);
    }
    expect(out).toContain('退出码');
    expect(out).toContain('DATA_DIR');
    expect(out).not.toMatch(/Usage|Options|Commands/u);
  });

  it('knows every command that it lists', async () => {
    const { out } = await runCaptured(['--help']);
    const listed = [...out.split('命令：')[1]!.matchAll(/^ {2}([a-z-]+) /gmu)].map(([, name]) => name!);
    expect(listed.length).toBeGreaterThan(30);
    for (const name of listed.filter((each) => each !== 'help')) {
      const { code, out: help } = await runCaptured([name, '--help']);
      expect({ name, code, help }).toMatchObject({
        code: 0,
        help: expect.stringMatching(new RegExp(`^用法： taizhang ${name} `, 'u')) as string,
      });
    }
  });

  it('describes every option of a command with --help', async () => {
    const { code, out } = await runCaptured(['ledger', '--help']);
    expect(code).toBe(0);
    for (const option of ['--as-known-at', '--as-effective-on', '--group-by', '--yuan', '--json', '--csv']) {
      expect(out).toContain(option);
    }
  });
});

describe('taizhang, refused', () => {
  it.each([
    [['import', 'no-such-file.xlsx'], /文件不存在.*\[cli\.fileUnreadable\]/u],
    [['import', 'samples'], /这是一个目录/u],
    [['import', '.gitignore'], /--region.*\[cli\.regionNeeded\]/u],
  ])('%j', async (words, message) => {
    const { code, out, err } = await runCaptured(words, ACTOR_ENV);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
  });

  it('asks who is recording', async () => {
    const words = ['import', 'samples/liangshan-major-projects.csv', '--actor-user', '甲'];
    const { code, err } = await runCaptured(words);
    expect(code).toBe(1);
    expect(err).toMatch(/--actor-unit.*\[actor\.incomplete\]/u);
  });

  it('says that a port is taken, with the exit code of what may be tried again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const database = await testDatabase();
    const { port } = other.address() as AddressInfo;
    const env = { DATABASE_URL: database.connectionString, PORT: String(port) };
    const { code, err } = await runCaptured(['serve'], env);
    expect(code).toBe(69);
    expect(err).toContain(`端口 ${port} 已被占用`);
    other.close();
    await database.drop();
  });

  it('names the variable that is wrong', async () => {
    const { code, err } = await runCaptured(['projects'], { DATABASE_URL: 'mysql://x' });
    expect(code).toBe(1);
    expect(err).toContain('DATABASE_URL');
  });

  it('says that the database is not there', async () => {
    const { code, err } = await runCaptured(['projects'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
    expect(code).toBe(69);
    expect(err).toContain('暂不可用');
  });
});
