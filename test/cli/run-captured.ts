import { runCli } from '../../apps/cli/run.js';

export interface Captured {
  code: number;
  out: string;
  err: string;
}

export const ACTOR_ENV = {
  TAIZHANG_ACTOR_USER: '测试用户',
  TAIZHANG_ACTOR_UNIT: '测试单位',
  TAIZHANG_ACTOR_ROLE: 'DevelopmentReform',
  TAIZHANG_ACTOR_REGION: '513400',
};

/** Words that let finance do it: it alone closes a year. */
export const BY_FINANCE = ['--actor-role', 'Finance', '--actor-unit', '测试财政局'] as const;

/** Runs one command line in this process, as if piped: no colours, no progress bar. */
export async function runCaptured(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Captured> {
  const captured: Captured = { code: 0, out: '', err: '' };
  const terminal = {
    out: (text: string) => void (captured.out += text),
    err: (text: string) => void (captured.err += text),
    colours: false,
    progress: false,
  };
  captured.code = await runCli(words, terminal, env, new AbortController().signal);
  return captured;
}
