import path from 'node:path';
import { Refusal } from '#libs/kernel/refusal.js';

/** What the environment says. Left out: everything embedded, in `DATA_DIR`. */
export interface Config {
  /** `postgres://…` or `esdb://…`; undefined: the same PostgreSQL that the read models use. */
  eventStore: string | undefined;
  /** `postgres://…`; undefined: an embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** Absolute path of the folder of the embedded database. */
  dataDir: string;
  /** Absolute path of the PEM file of the key that signs anchors; undefined: only the embedded default makes one. */
  signingKey?: string | undefined;
  /** Address to listen on; only loopback is accepted until there is sign-in. */
  host: string;
  port: number;
  /** false where `apps/projector` runs the projections in a process of its own. */
  runProjections: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Refusal `config.…` naming the variable and what was expected */
export function readConfig(env: Environment = process.env): Config {
  const eventStore = url(
    env,
    'EVENT_STORE',
    /^(postgres(ql)?|esdb(\+discover)?|kurrentdb(\+discover)?):\/\//u,
  );
  const databaseUrl = url(env, 'DATABASE_URL', /^postgres(ql)?:\/\//u);
  return {
    eventStore,
    databaseUrl: databaseUrl ?? (eventStore?.startsWith('postgres') ? eventStore : undefined),
    dataDir: path.resolve(env['DATA_DIR'] || '.data'),
    signingKey: env['SIGNING_KEY'] ? path.resolve(env['SIGNING_KEY']) : undefined,
    host: env['HOST'] || '127.0.0.1',
    port: port(env['PORT'] || '3000'),
    runProjections: flag(env, 'RUN_PROJECTIONS', true),
  };
}

function url(env: Environment, name: string, shape: RegExp): string | undefined {
  const value = env[name] || undefined;
  if (value !== undefined && !shape.test(value)) {
    // The value may hold a password, so only the variable is named.
    throw new Refusal('config.url', `环境变量 ${name} 不是可识别的连接串（应符合 ${shape.source}）`, {
      name,
    });
  }
  return value;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/u.test(text) || number > 65_535) {
    throw new Refusal('config.port', `环境变量 PORT 应为 0–65535 的整数，现为“${text}”`, { text });
  }
  return number;
}

function flag(env: Environment, name: string, fallback: boolean): boolean {
  const value = env[name];
  if (value === undefined || value === '') return fallback;
  if (value !== 'true' && value !== 'false') {
    throw new Refusal('config.flag', `环境变量 ${name} 应为 true 或 false，现为“${value}”`, { name, value });
  }
  return value === 'true';
}
