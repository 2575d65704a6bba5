import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '#libs/kernel/refusal.js';
import { fingerprintOf, isEd25519, publicPemOf } from '#libs/kernel/signing.js';

/** Where the key comes from: a named file, or for the embedded default one that is made in the data folder. */
export interface SigningKeySource {
  /** `SIGNING_KEY`: path of a PEM file with an Ed25519 private key (PKCS #8). */
  readonly file: string | undefined;
  /** Where a key may be made on first use; undefined in production, which needs a named one. */
  readonly makeIn: string | undefined;
}

/** The key of the embedded default, and the half of it that may be given to anyone. */
export const MADE_KEY = 'signing-key.pem';
export const MADE_PUBLIC_KEY = 'signing-key.pub.pem';

const HOW =
  '用 openssl genpkey -algorithm ed25519 -out anchor-key.pem 生成（或 npx taizhang signing-key --out anchor-key.pem），存放在数据库服务器之外，再以环境变量 SIGNING_KEY 指明文件路径';

/**
 * The key that signs anchors; where none is named and none may be made, nothing can be sealed or anchored.
 * @throws Refusal `chain.noSigningKey` saying how to make one, `chain.badSigningKey`
 */
export async function loadSigningKey({ file, makeIn }: SigningKeySource): Promise<KeyObject> {
  if (file !== undefined) return readPrivateKey(file);
  if (makeIn === undefined) {
    throw new Refusal('chain.noSigningKey', `未指明签名密钥，不能封存或设锚：${HOW}`, {
      variable: 'SIGNING_KEY',
    });
  }
  const made = path.join(makeIn, MADE_KEY);
  await makeKeyFile(made).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  });
  return readPrivateKey(made);
}

/**
 * Makes a key pair: the private half readable by its owner only, the public half beside it (`.pub.pem`).
 * @returns the fingerprint, to be published
 * @throws the file system's error, `EEXIST` where the file is there already: a key is never written over
 */
export async function makeKeyFile(file: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await mkdir(path.dirname(file), { recursive: true });
  // Whole or not at all: another process that finds the file reads it at once.
  const draft = `${file}.${process.pid}.${fingerprintOf(privateKey).slice(0, 8)}`;
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx' });
  await link(draft, file).finally(() => unlink(draft));
  await writeFile(file.replace(/(\.pem)?$/u, '.pub.pem'), publicPemOf(privateKey));
  return fingerprintOf(privateKey);
}

async function readPrivateKey(file: string): Promise<KeyObject> {
  const refuse = (why: string) =>
    new Refusal('chain.badSigningKey', `签名密钥“${file}”不可用：${why}；应为 Ed25519 私钥（PEM，PKCS #8）`, {
      file,
    });
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw refuse((error as { code?: string }).code === 'ENOENT' ? '文件不存在' : '文件无法读取');
  });
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw refuse('不是私钥');
  }
  if (!isEd25519(key)) throw refuse('不是 Ed25519 密钥');
  return key;
}

/**
 * The public keys that signatures are checked with: of a file, else of the signing key that is at hand; undefined
 * where there is neither. @throws Refusal `chain.badPublicKey` | `chain.badSigningKey`
 */
export async function publicKeysFor(
  { file, makeIn }: SigningKeySource,
  publicKeyFile: string | undefined,
): Promise<{ keys: Map<string, KeyObject>; pem: string } | undefined> {
  const pem = await publicPem({ file, makeIn }, publicKeyFile);
  return pem === undefined ? undefined : { keys: readPublicKeys(pem), pem };
}

async function publicPem(
  { file, makeIn }: SigningKeySource,
  publicKeyFile: string | undefined,
): Promise<string | undefined> {
  if (publicKeyFile !== undefined) {
    return readFile(publicKeyFile, 'utf8').catch(() => {
      throw new Refusal('chain.badPublicKey', `公钥文件“${publicKeyFile}”无法读取`, { file: publicKeyFile });
    });
  }
  if (file !== undefined) return publicPemOf(await readPrivateKey(file));
  if (makeIn === undefined) return undefined;
  return readFile(path.join(makeIn, MADE_PUBLIC_KEY), 'utf8').catch(() => undefined);
}

const PUBLIC_PEM = /-----BEGIN PUBLIC KEY-----[\w\s+/=]+-----END PUBLIC KEY-----/gu;

/**
 * Every Ed25519 public key in a PEM text, by fingerprint: keys that were replaced stand in one file with their
 * successors. @throws Refusal `chain.badPublicKey`
 */
export function readPublicKeys(pem: string): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const [text] of pem.matchAll(PUBLIC_PEM)) {
    try {
      const key = createPublicKey(text);
      if (isEd25519(key)) keys.set(fingerprintOf(key), key);
    } catch {
      // Counted as no key: the refusal below says what was expected.
    }
  }
  if (keys.size > 0) return keys;
  throw new Refusal(
    'chain.badPublicKey',
    '公钥文件中没有 Ed25519 公钥（应为 PEM，-----BEGIN PUBLIC KEY-----）',
  );
}
