import type { Command } from 'commander';
import { publicKeysFor } from '#libs/audit-chain/application/signing-key.js';
import { verifyBundle } from '#libs/audit-chain/application/bundle-verifier.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { addFormatOptions, printResult, type FormatOptions } from '../output/print.js';
import { StagedProgress } from '../progress.js';
import { bundleNotes, verificationTables } from '../views/verification-tables.js';

interface Options extends FormatOptions {
  publicKey?: string;
}

export function addVerifyBundle(program: Command, context: CliContext): void {
  const command = program
    .command('verify-bundle')
    .description('离线核验一个证据包：不需要数据库，也不需要网络')
    .argument('<文件>', 'export-bundle 输出的文件')
    .option('--public-key <文件>', '另行取得的公钥（默认用包内的，其指纹须与公布的比对）');
  addFormatOptions(command).action(async (file: string, options: Options) => {
    const own = await publicKeysFor({ file: undefined, makeIn: undefined }, options.publicKey);
    const progress = new StagedProgress(context.terminal);
    try {
      const verification = await verifyBundle(file, own?.keys, (done, of) =>
        progress.update('证据包', done, of),
      );
      progress.stop();
      const tables = verificationTables(verification, bundleNotes(verification));
      printResult(context.terminal, options, verification, tables);
      if (!verification.holds) context.exitCode = EXIT.notVerified;
    } finally {
      progress.stop();
    }
  });
}
