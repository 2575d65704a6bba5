import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Command } from 'commander';
import { bundleLines } from '#libs/audit-chain/application/bundle-writer.js';
import { recordedAnchors } from '#libs/audit-chain/application/recorded-anchors.js';
import { publicKeysFor } from '#libs/audit-chain/application/signing-key.js';
import type { Anchor } from '#libs/audit-chain/domain/anchor.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { ProjectIdentitiesQuery } from '#libs/read-models/register/queries.js';
import type { CliContext } from '../context.js';
import { region, year } from '../options.js';
import { startProgress } from '../progress.js';
import type { Session } from '../session.js';

interface Options {
  out: string;
  region?: string;
  year?: number;
  publicKey?: string;
}

export function addExportBundle(program: Command, context: CliContext): void {
  program
    .command('export-bundle')
    .description('导出证据包：事件、锚、封存内容与公钥，可在任何地方用 verify-bundle 核验')
    .requiredOption('--out <文件>', '如 bundle.jsonl.gz')
    .option('--region <代码>', '只披露此行政区划（含其下各级）的事件，其余只给摘要', region)
    .option('--year <年>', '只披露业务日期在此年及以前的事件，其余只给摘要', year)
    .option('--public-key <文件>', '随包附上的公钥（默认由 SIGNING_KEY 得出）')
    .action(async (options: Options) => {
      await context.withSession(async (session) => {
        const progress = startProgress(context.terminal, '导出', 0);
        try {
          await write(session, options, (done) => progress.update(done));
          progress.stop();
          context.terminal.out(`已写入 ${options.out}；核验：npx taizhang verify-bundle ${options.out}\n`);
        } finally {
          progress.stop();
        }
      });
    });
}

async function write(session: Session, options: Options, onProgress: (done: number) => void): Promise<void> {
  const { platform } = session;
  const { region: code, year: last } = options;
  const scope = { ...(code !== undefined && { region: code }), ...(last !== undefined && { year: last }) };
  const projects = code === undefined ? [] : await session.query(new ProjectIdentitiesQuery(code));
  const found = await publicKeysFor(platform.signingKey, options.publicKey);
  if (!found) {
    throw new Refusal(
      'verify.noPublicKey',
      '没有公钥可随包附上：请设 SIGNING_KEY，或以 --public-key 指明公钥文件',
    );
  }
  const lines = bundleLines(
    {
      store: platform.store,
      anchors: await allAnchors(session),
      publicKeys: found.pem,
      sealed: new SealedTexts(platform.database),
      projectIds: new Set(projects.map(({ projectId }) => projectId)),
    },
    scope,
    onProgress,
  );
  await pipeline(Readable.from(lines), createGzip(), createWriteStream(options.out)).catch(
    (error: unknown) => {
      const { code: why } = error as { code?: string };
      if (why !== 'ENOENT' && why !== 'EISDIR') throw error;
      throw new Refusal('cli.fileUnwritable', `无法写入“${options.out}”：${why}`, { file: options.out });
    },
  );
}

/** Of the folder and of the store, the same one once. */
async function allAnchors({ platform }: Session): Promise<Anchor[]> {
  const files = await platform.anchors.read();
  const all = [...files.flatMap(({ anchor }) => anchor ?? []), ...(await recordedAnchors(platform.store))];
  return [...new Map(all.map((anchor) => [anchor.signature, anchor])).values()];
}
