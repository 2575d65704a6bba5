import path from 'node:path';
import type { Command } from 'commander';
import type { KeyObject } from '#libs/kernel/signing.js';
import { AnchorFolder } from '#libs/audit-chain/application/anchor-folder.js';
import { placesOf, verifyBundle } from '#libs/audit-chain/application/bundle-verifier.js';
import { recordedAnchors } from '#libs/audit-chain/application/recorded-anchors.js';
import { publicKeysFor } from '#libs/audit-chain/application/signing-key.js';
import { EarlierChain } from '#libs/audit-chain/domain/earlier-chain.js';
import { Refusal } from '#libs/kernel/refusal.js';
import { storeVerifier } from '#libs/runtime/verification.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { StagedProgress } from '../progress.js';
import type { Session } from '../session.js';
import { verificationTables } from '../views/verification-tables.js';

interface Options extends FormatOptions {
  anchors?: string;
  publicKey?: string;
  bundle?: string;
}

export function addVerify(program: Command, context: CliContext): void {
  const command = program
    .command('verify')
    .description('核验事件库：事件对审计链与锚，查询数据对由事件重算的结果，封存内容对摘要')
    .option('--anchors <目录>', '锚文件的目录（默认 DATA_DIR/anchors）；请用存放在别处的一份')
    .option('--public-key <文件>', '核对签名的公钥（默认由 SIGNING_KEY 得出）；可含多把')
    .option('--bundle <文件>', '以前导出的证据包：历史被改写或分叉时，据它指明第一条不同的事件');
  addFormatOptions(command).action(async (options: Options) => {
    // What runs in the background would fold a tampered store further while it is looked at.
    await context.withSession(async (session) => verify(context, session, options), {
      runProjections: false,
    });
  });
}

async function verify(context: CliContext, session: Session, options: Options): Promise<void> {
  const { platform } = session;
  const folder =
    options.anchors === undefined ? platform.anchors : new AnchorFolder(path.resolve(options.anchors));
  const files = await folder.read();
  if (options.anchors !== undefined && files.length === 0) {
    throw new Refusal('verify.noAnchors', `目录“${options.anchors}”中没有锚文件`, { folder: folder.folder });
  }
  const found = await publicKeysFor(platform.signingKey, options.publicKey);
  if (!found && (files.length > 0 || (await recordedAnchors(platform.store)).length > 0)) {
    throw new Refusal('verify.noPublicKey', '有锚而没有公钥，无法核对签名：请以 --public-key 指明公钥文件');
  }
  const keys = found?.keys ?? new Map<string, KeyObject>();
  const earlier = options.bundle === undefined ? undefined : await chainIn(options.bundle, keys, session);
  const progress = new StagedProgress(context.terminal);
  try {
    const verification = await storeVerifier(platform).verify({
      files,
      keys,
      ...(earlier && { earlier }),
      onProgress: (stage, done, of) => progress.update(stage, done, of),
    });
    progress.stop();
    printResult(context.terminal, options, verification, verificationTables(verification));
    if (!verification.holds) context.exitCode = EXIT.notVerified;
  } finally {
    progress.stop();
  }
}

/** Of this store, and unharmed: what it says of the chain is held against the store. */
async function chainIn(
  file: string,
  keys: ReadonlyMap<string, KeyObject>,
  { platform }: Session,
): Promise<EarlierChain> {
  const { holds, storeId, first } = await verifyBundle(file, keys);
  if (holds && storeId === (await platform.store.storeId())) return new EarlierChain(placesOf(file));
  const why = holds ? '属于另一个事件库' : `自身不成立：${first?.message ?? ''}`;
  throw new Refusal('verify.badBundle', `证据包“${file}”${why}`, { file });
}
