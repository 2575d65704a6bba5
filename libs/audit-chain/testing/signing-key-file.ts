import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeKeyFile } from '../application/signing-key.js';

/** A fresh folder with a signing key in it, as an operator would name it by SIGNING_KEY. The caller removes the folder. */
export async function signingKeyFolder(): Promise<{
  folder: string;
  keyFile: string;
  publicKeyFile: string;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taizhang-key-'));
  const keyFile = path.join(folder, 'anchor-key.pem');
  await makeKeyFile(keyFile);
  return { folder, keyFile, publicKeyFile: path.join(folder, 'anchor-key.pub.pem') };
}
