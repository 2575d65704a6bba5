import { SaxesParser } from 'saxes';
import { Turns } from '#libs/kernel/turns.js';
import { notWorkbook } from './zip.js';

export interface XmlHandler {
  /** `name` without its namespace prefix. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Streams XML through a handler. A document type declaration is refused, so there are no entities to expand but the
 * five of XML itself; nothing outside the text is ever loaded.
 *
 * @throws Refusal `import.notWorkbook`; whatever the handler throws
 */
export async function readXml(chunks: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw notWorkbook(`XML 部件第 ${parser.line} 行有错，或内容不完整`, error.message);
  });
  parser.on('doctype', () => {
    throw notWorkbook('XML 部件含 DOCTYPE');
  });
  parser.on('opentag', (tag) =>
    handler.open?.(localName(tag.name), tag.attributes as Record<string, string>),
  );
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', (tag) => handler.close?.(localName(tag.name)));
  const turns = new Turns();
  for await (const chunk of chunks) {
    parser.write(chunk);
    await turns.handOver();
  }
  parser.close();
}

/** An attribute by its name without prefix: `r:id` and `id` are told apart by asking for `r:id` only. */
export function relationshipId(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => /^\w+:id$/u.test(name))?.[1];
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
