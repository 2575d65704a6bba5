import { readAnchor } from '#libs/audit-chain/domain/anchor.js';
import { digestOf } from '#libs/kernel/canonical.js';
import type { Position } from '#libs/event-store/port.js';
import { Session } from '../../apps/cli/session.js';
import { at, type Client, type JsonValue } from './client.js';
import { expectFits } from './fits.js';
import { Story } from './story.js';
import { testServer, type TestServer } from './test-server.js';

describe('the audit chain over HTTP', () => {
  let served: TestServer;
  let client: Client;
  let session: Session;
  const ACTOR = { user: '示例评估人', unit: '示例州评估组', role: 'Evaluator', region: '990100' };

  beforeAll(async () => {
    served = await testServer();
    client = served.client;
    session = await Session.open(served.platform);
  });
  afterAll(() => served.close());

  const get = async (path: string, shape: 'ChainHead' | 'AnchorPage'): Promise<JsonValue> => {
    const { status, body } = await client.get(`/audit-chain/${path}`);
    expect(status).toBe(200);
    expectFits(shape, body);
    return body;
  };

  it('begins with nothing', async () => {
    expect(at(await get('head', 'ChainHead'), 'head')).toBeNull();
    expect(at(await get('anchors', 'AnchorPage'), 'items')).toEqual([]);
  });

  it('moves on with what is recorded, and shows what was signed at a sealing', async () => {
    const { position } = await Story.begin(client);
    const before = await get(`head?waitFor=${position}`, 'ChainHead');
    expect(at(before, 'head.sequence')).toBe(1);
    const { anchorer } = session;
    const digest = digestOf({ sealed: 'text' });
    const reason = { kind: 'sealing', subject: 'evaluation-990100-2025', digest } as const;
    const made = await anchorer.anchor({ reason, at: { position: position as Position }, actor: ACTOR });
    expect(made.anchor).toMatchObject({ sequence: 1, head: at(before, 'head.hash'), reason });
    const anchors = await get(`anchors?waitFor=${made.position}`, 'AnchorPage');
    expect(at(anchors, 'items.0')).toMatchObject({ actor: ACTOR, position: made.position });
    expect(readAnchor(JSON.stringify(at(anchors, 'items.0.anchor')))).toEqual(made.anchor);
    expect(at(await get('head', 'ChainHead'), 'head.sequence')).toBe(2);
  });

  it('gives anchors page by page, the latest first', async () => {
    const { anchorer } = session;
    await anchorer.anchor({ reason: { kind: 'periodEnd', subject: '2025' }, actor: ACTOR });
    const last = await anchorer.anchor({ reason: { kind: 'manual' }, actor: ACTOR });
    const first = await get(`anchors?limit=2&waitFor=${last.position}`, 'AnchorPage');
    const cursor = at(first, 'nextCursor') as string;
    const rest = await get(`anchors?limit=2&cursor=${cursor}`, 'AnchorPage');
    const kinds = [...(at(first, 'items') as JsonValue[]), ...(at(rest, 'items') as JsonValue[])];
    expect(kinds.map((item) => at(item, 'anchor.reason.kind'))).toEqual(['manual', 'periodEnd', 'sealing']);
  });
});
