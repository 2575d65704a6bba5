import { readFile } from 'node:fs/promises';
import { Refusal } from '#libs/kernel/refusal.js';

/** The bytes of a file named on the command line. @throws Refusal `cli.fileUnreadable` */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    const why = code === 'ENOENT' ? '文件不存在' : code === 'EISDIR' ? '这是一个目录' : code;
    throw new Refusal('cli.fileUnreadable', `无法读取“${file}”：${why}`, { file, code });
  }
}
