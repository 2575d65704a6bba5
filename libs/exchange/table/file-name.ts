const LONGEST_FILE_NAME = 200;

/** The last part of a path, without what no file system shows; the name is evidence and is printed. */
export function plainFileName(fileName: string): string {
  const last = fileName
    .split(/[\\/]/u)
    .at(-1)!
    .replace(/\p{Cc}/gu, '')
    .trim();
  return last.slice(-LONGEST_FILE_NAME) || '未命名';
}
