import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const root = new URL('../../', import.meta.url);

/** `#libs/x.js` and `./x.js` name the TypeScript file where there is one, as they do for the compiler. */
export async function resolve(specifier, context, next) {
  const isOurs =
    specifier.startsWith('#libs/') || (/^\.{1,2}\//u.test(specifier) && context.parentURL?.endsWith('.ts'));
  if (isOurs) {
    const base = specifier.startsWith('#') ? root : context.parentURL;
    const source = new URL(specifier.replace(/^#/u, '').replace(/\.js$/u, '.ts'), base);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
