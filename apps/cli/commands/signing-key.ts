import path from 'node:path';
import type { Command } from 'commander';
import { makeKeyFile } from '#libs/audit-chain/application/signing-key.js';
import { Refusal } from '#libs/kernel/refusal.js';
import type { CliContext } from '../context.js';

export function addSigningKey(program: Command, context: CliContext): void {
  program
    .command('signing-key')
    .description('生成一对为审计链签名的密钥（Ed25519）；私钥只有本人可读，不覆盖已有的文件')
    .requiredOption('--out <文件>', '私钥文件；公钥存为同名的 .pub.pem')
    .action(async ({ out }: { out: string }) => {
      const file = path.resolve(out);
      const fingerprint = await makeKeyFile(file).catch((error: unknown) => {
        const { code } = error as { code?: string };
        if (code !== 'EEXIST') throw error;
        throw new Refusal('cli.fileExists', `“${file}”已存在；密钥不覆盖`, { file });
      });
      context.terminal.out(
        `私钥 ${file}（请存放在数据库服务器之外，以 SIGNING_KEY 指明）\n` +
          `公钥 ${file.replace(/(\.pem)?$/u, '.pub.pem')}（可公开）\n指纹 ${fingerprint}\n`,
      );
    });
}
