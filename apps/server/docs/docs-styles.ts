import { readdirSync } from 'node:fs';
import path from 'node:path';
import { builtPage } from '../web/web.js';

/** As everywhere on the page, so that Chinese reads the same on a machine without a font for it. */
const FONT = "'Noto Sans SC Variable', sans-serif";
const RULES = `
body { font-family: ${FONT}; }
.swagger-ui *:not(code, code *, pre, pre *) { font-family: ${FONT} !important; }
.swagger-ui :is(code, code *, pre, pre *) { font-family: monospace, ${FONT} !important; }
`;

/** Styles of the API's readable page: the font that the build of the web page has in a style sheet of its own. */
export function docsStyles(): string {
  const folder = builtPage();
  const font =
    folder && readdirSync(path.join(folder, 'assets')).find((name) => /^font-.*\.css$/u.test(name));
  return font === undefined ? RULES : `@import url('/assets/${font}');\n${RULES}`;
}
