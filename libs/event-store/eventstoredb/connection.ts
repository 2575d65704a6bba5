import { setTimeout } from 'node:timers/promises';
import { EventStoreDBClient, type ChannelCredentialOptions, type Credentials } from '@eventstore/db-client';
import type { ConnectionOptions } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import streamsRpc, { type StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { parseConnectionString, readNamedFile, refuse } from './connection-string.js';
import { AppendCall, type AppendAnswer, type Proposal } from './append-call.js';

/** What is cancelled ends within milliseconds, if it does. */
const CLOSE_PATIENCE_MS = 2_000;

/**
 * The client, with an append of our own. The client's runs all appends of the process through one shared table of
 * promises: when one stream breaks, every pending append of every client is rejected, and a late answer or a queued
 * write then throws where nobody can catch it, which ends the process (docs/decisions/0003).
 */
export class Connection extends EventStoreDBClient {
  private appends: { readonly rpc: StreamsClient; readonly call: AppendCall } | undefined;

  /** An append waits as long as the connection string says (`defaultDeadline`), 10 s if it says nothing. */
  appendOnce(proposal: Proposal): Promise<AppendAnswer> {
    const patienceMs = this.createDeadline().getTime() - Date.now();
    return this.execute(streamsRpc.StreamsClient, 'append', (rpc) =>
      this.appendsOver(rpc).append(proposal, patienceMs),
    );
  }

  /** Does not wait for the client for ever: it waits for each call to end, and some that were cancelled never do. */
  async close(): Promise<void> {
    this.appends?.call.cancel();
    const disposed = new AbortController();
    const patience = setTimeout(CLOSE_PATIENCE_MS, undefined, { signal: disposed.signal });
    await Promise.race([this.dispose(), patience.catch(() => undefined)]);
    disposed.abort();
  }

  private appendsOver(rpc: StreamsClient): AppendCall {
    if (this.appends?.rpc !== rpc || !this.appends.call.isOpen) {
      const [metadata, options] = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
      this.appends = { rpc, call: new AppendCall(rpc.batchAppend(metadata, options)) };
    }
    return this.appends.call;
  }
}

/**
 * Opens `esdb://` or `esdb+discover://` with hosts, credentials, TLS files and options as the client's own parser
 * reads them. Connects when first used. @throws Refusal `config.eventStore`
 */
export function connect(connectionString: string): Connection {
  const options = parseConnectionString(connectionString);
  const shared = defined({
    keepAliveInterval: options.keepAliveInterval,
    keepAliveTimeout: options.keepAliveTimeout,
    defaultDeadline: options.defaultDeadline,
    connectionName: options.connectionName,
  });
  const cluster = defined({
    ...shared,
    nodePreference: options.nodePreference,
    discoveryInterval: options.discoveryInterval,
    gossipTimeout: options.gossipTimeout,
    maxDiscoverAttempts: options.maxDiscoverAttempts,
  });
  const [first] = options.hosts;
  if (!first) return refuse('没有主机');
  const security = channelCredentials(options);
  const user: Credentials | undefined = options.defaultCredentials;
  if (options.dnsDiscover) return new Connection({ ...cluster, discover: first }, security, user);
  if (options.hosts.length > 1)
    return new Connection({ ...cluster, endpoints: options.hosts }, security, user);
  return new Connection({ ...shared, endpoint: first }, security, user);
}

function channelCredentials(options: ConnectionOptions): ChannelCredentialOptions {
  if (options.tls === false) return { insecure: true };
  const { tlsCAFile, userCertFile, userKeyFile } = options;
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    refuse('userCertFile 与 userKeyFile 须同时指明');
  }
  return {
    insecure: false,
    ...(tlsCAFile && { rootCertificate: readNamedFile(tlsCAFile) }),
    ...(userCertFile && { userCertFile: readNamedFile(userCertFile) }),
    ...(userKeyFile && { userKeyFile: readNamedFile(userKeyFile) }),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>;
}
