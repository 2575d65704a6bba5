import { Refusal } from '#libs/kernel/refusal.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Until there is sign-in the server believes the actor headers of whoever reaches it, so it must be reachable from
 * this machine only.
 * @throws Refusal `server.notLoopback`
 */
export function assertLoopback(host: string): void {
  if (LOOPBACK.has(host)) return;
  throw new Refusal(
    'server.notLoopback',
    `尚无登录功能，服务只能在本机监听（127.0.0.1、::1 或 localhost），不能监听 ${host}`,
    { host },
  );
}

/**
 * Whether a `Host` header names this machine. A page on another site whose name was rebound to 127.0.0.1 reaches
 * the server, but still sends its own name here.
 */
export function namesLoopback(hostHeader: string | undefined): boolean {
  if (hostHeader === undefined) return false;
  const match = /^(\[[0-9a-f:]+\]|[^:]+)(?::\d{1,5})?$/iu.exec(hostHeader);
  return match !== null && LOOPBACK.has(match[1]!.toLowerCase().replace(/^\[|\]$/gu, ''));
}

/** Whether an `Origin` header is the server's own: same host and port as the request was sent to. */
export function isOwnOrigin(origin: string, hostHeader: string | undefined): boolean {
  return origin === `http://${hostHeader}`;
}
