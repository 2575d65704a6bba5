import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ProblemError } from '../http/problem.js';
import { Assets } from './assets.js';
import { PAGES } from './pages.js';

/** Everything the page needs comes from this server; nothing is inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Names of assets carry a digest of their content: what was fetched once never changes. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Where the build put the page, seen from the built server and from its sources; undefined where there is none. */
export function builtPage(): string | undefined {
  const places = ['../../web', '../../../dist/apps/web'].map((place) =>
    path.join(import.meta.dirname, place),
  );
  return places.find((place) => existsSync(path.join(place, 'assets')));
}

/** The web page at its addresses, and what it is made of under `/assets`; without a build of it, neither. */
export function serveWeb(server: FastifyInstance): void {
  const folder = builtPage();
  if (folder === undefined) return;
  const page = readFileSync(path.join(folder, 'index.html'));
  const send = (reply: FastifyReply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' })
      .send(page);
  for (const address of PAGES) server.get(address, (_request, reply) => send(reply));
  // Who mistypes an address in a browser is told so by the page, which leads on; a program by a problem.
  server.get('/*', ({ headers, url }, reply) => {
    const isReader = headers.accept?.includes('text/html') && !url.startsWith('/api/');
    return isReader ? send(reply.code(404)) : reply.callNotFound();
  });
  const assets = new Assets(path.join(folder, 'assets'));
  server.get<{ Params: { name: string } }>('/assets/:name', async ({ params, headers }, reply) => {
    const asset = await assets.get(params.name, headers['accept-encoding']);
    if (!asset) throw new ProblemError('route.notFound', '没有这个文件，网页可能已更新，请刷新');
    if (asset.encoding !== undefined) void reply.header('content-encoding', asset.encoding);
    return reply
      .type(asset.type)
      .headers({ 'cache-control': FOREVER, vary: 'accept-encoding' })
      .send(asset.bytes);
  });
}
