import { Refusal } from '#libs/kernel/refusal.js';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * Decodes a text file: by its byte order mark, else as UTF-8, else as GB18030 (which contains GBK and GB2312), each
 * strictly. UTF-8 comes first because Chinese in GB18030 is almost never valid UTF-8, but the reverse often decodes.
 *
 * @throws Refusal `import.wrongEncoding`
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const marked = byMark(bytes);
  const candidates: TextEncoding[] = marked ? [marked] : ['utf-8', 'gb18030'];
  for (const encoding of candidates) {
    const text = decodeAs(encoding, bytes);
    if (text !== undefined && !text.includes('\u0000') && !looksGarbled(text)) return { text, encoding };
  }
  throw new Refusal(
    'import.wrongEncoding',
    '无法识别文件的文字编码，请另存为 UTF-8 或 GB18030 编码的 .csv 后再导入',
    {
      tried: candidates,
    },
  );
}

function byMark(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

function decodeAs(encoding: TextEncoding, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Private-use and control characters are what other encodings become when they happen to decode as GB18030. */
function looksGarbled(text: string): boolean {
  return /[\uE000-\uF8FF\uFFFD\u0001-\u0008\u000E-\u001F\u0080-\u009F]/u.test(text);
}
