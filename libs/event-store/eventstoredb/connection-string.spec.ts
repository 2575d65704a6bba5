import { mock } from 'node:test';
import { Refusal } from '#libs/kernel/refusal.js';
import { openEventStoreDb } from './open-eventstoredb.js';
import { parseConnectionString } from './connection-string.js';

it.each([
  'esdb://admin:geheim@ss@127.0.0.1:2113?tls=true',
  'esdb://admin:ge:heim@127.0.0.1:2113',
  'esdb://admin:geheim@127.0.0.1:2113?tls=true&geheim=1',
  'esdb://admin:geheim@127.0.0.1:2113?tls=true&tlsVerifyCert=false',
  'esdb://admin:geheim@127.0.0.1:2113?tls=perhaps',
  'esdb://admin:geheim@127.0.0.1:geheim',
  'esdb://admin:geheim%@127.0.0.1:2113',
  'esdb://admin:geheim@',
  'esdb://admin:geheim@127.0.0.1:2113?tlsCAFile=/no/such/ca.crt',
  'esdb://admin:geheim@127.0.0.1:2113?userCertFile=/no/such/user.crt',
  'mongodb://admin:geheim@127.0.0.1:2113',
])('%s is refused, and nothing repeats the password', (text) => {
  const printed = mock.method(console, 'warn', () => undefined);
  let refusal: unknown;
  try {
    openEventStoreDb(text);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: 'config.eventStore' });
  expect(JSON.stringify([(refusal as Refusal).stack, refusal])).not.toMatch(/geh|heim/u);
  expect(printed.mock.callCount()).toBe(0);
  printed.mock.restore();
});

it('takes several hosts, a password in percent-encoding, and the newer name of the product', () => {
  expect(
    parseConnectionString('esdb+discover://admin:ge%40h%3Aeim@a.example:2113?tls=true&gossip-timeout=5'),
  ).toMatchObject({
    dnsDiscover: true,
    hosts: [{ address: 'a.example', port: 2113 }],
    defaultCredentials: { username: 'admin', password: 'ge@h:eim' },
    gossipTimeout: 5,
  });
  expect(parseConnectionString('kurrentdb://a:2113,b:2114,c?tls=false').hosts).toHaveLength(3);
});
