import { execFile } from 'node:child_process';
import { chown, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * PostgreSQL refuses to run as root. Started by root (in a container, say), its programs run as another user that
 * exists already; no user is created on the machine.
 */
const SUBSTITUTES = ['postgres', 'nobody'];

/** Kernel capabilities that let a process pass through directories closed to its user, by their bit. */
const PASSING_CAPABILITIES = [
  { bit: 2n, name: 'dac_read_search' },
  { bit: 1n, name: 'dac_override' },
];

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account the programs run as; undefined where we are not root and they simply run as ourselves. */
export async function accountForPostgres(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of SUBSTITUTES) {
    const user = users.find(([found]) => found === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error(
    `PostgreSQL cannot run as root and there is no user ${SUBSTITUTES.join(' or ')} to run it as`,
  );
}

/** Gives a file or directory that we made to that account. */
export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

/**
 * A command line that runs `program` as that account. `setpriv` keeps one capability: the one to pass through
 * directories, because the project may well stand in /root, which the other user could not enter.
 */
export async function commandAs(
  account: Account | undefined,
  program: string,
): Promise<[string, ...string[]]> {
  if (!account) return [program];
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const capability = await passingCapability();
  const keep = capability ? [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`] : [];
  return ['setpriv', ...identity, ...keep, '--', program];
}

async function passingCapability(): Promise<string | undefined> {
  const status = await readFile('/proc/self/status', 'utf8');
  const held = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/mu.exec(status)?.[1] ?? '0'}`);
  return PASSING_CAPABILITIES.find(({ bit }) => (held >> bit) & 1n)?.name;
}

/** Runs a program to its end. @throws Error with what it printed */
export async function runAs(
  account: Account | undefined,
  program: string,
  args: readonly string[],
): Promise<void> {
  const [command, ...prefix] = await commandAs(account, program);
  try {
    await execute(command, [...prefix, ...args], { cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${program} failed: ${`${stderr}\n${stdout}`.trim() || String(cause)}`, { cause });
  }
}
