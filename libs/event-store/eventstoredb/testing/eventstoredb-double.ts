import {
  Metadata,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServiceError,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipRpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import streamsRpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { DoubleLog } from './double-log.js';
import { readOnce, subscription, type ReadCall } from './double-reads.js';
import * as messages from './messages.js';

type AppendCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/**
 * What is to go wrong with an append. `turnedAway`: refused as a server does that is not ready, nothing is stored.
 * `answerLost`: stored, then the connection breaks. `noAnswer`: stored, and nothing is ever said.
 * `lostUnstored`: the connection breaks and nothing was stored.
 */
export type AppendFault = 'turnedAway' | 'answerLost' | 'noAnswer' | 'lostUnstored';

/**
 * A test double of an EventStoreDB node: a gRPC server on loopback, made from the client's own service definitions
 * over a log in memory. It does what the real server was seen to do (appends by expected revision with idempotence,
 * reads, filtered subscriptions with checkpoints, gossip) and on demand what one fears of it. It proves the adapter
 * against the protocol, not against the product: that is what EVENTSTORE_URL is for.
 */
export class EventStoreDbDouble {
  /** Asked before every append; what it returns goes wrong. */
  onAppend: (stream: string) => AppendFault | undefined = () => undefined;
  /** Asked before every record of a subscription; false breaks the connection of that subscription. */
  onRecord: () => boolean = () => true;
  /** Told when a reader gives up a read before its end. */
  onReadLeft: () => void = () => undefined;
  /** Knows no caller. */
  refusesAccess = false;
  /** Set: this node refuses calls that want the leader, and names that one. */
  leader: EventStoreDbDouble | undefined;
  appends = 0;
  /** Calls that carry appends. */
  calls = 0;
  subscriptions = 0;
  private server: Server | undefined;

  constructor(
    readonly log = new DoubleLog(),
    private port = 0,
  ) {}

  /** Starts a node, on the port it had before if it had one. */
  async start(): Promise<this> {
    const server = new Server();
    server.addService(streamsRpc.StreamsService, this.streams());
    server.addService(gossipRpc.GossipService, this.gossip());
    this.port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createInsecure();
      server.bindAsync(`127.0.0.1:${this.port}`, credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    this.server = server;
    return this;
  }

  /** Breaks all connections, as a killed process does. The log stays. */
  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get connectionString(): string {
    return `esdb://${this.host}?tls=false`;
  }

  private streams(): UntypedServiceImplementation {
    return {
      read: (call: ReadCall) => void this.read(call),
      batchAppend: (call: AppendCall) => {
        this.calls += 1;
        call.on('data', (request: BatchAppendReq) => this.append(call, request));
        call.on('end', () => call.end());
        // A client that is gone takes no answers.
        call.on('error', () => undefined);
      },
    };
  }

  private async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    const refusal = this.refusal(call.metadata);
    if (refusal || !options) {
      call.emit('error', refusal ?? failure(status.INVALID_ARGUMENT, 'no options'));
    } else if (options.hasSubscription()) {
      this.subscriptions += 1;
      await subscription(call, this.log, options, () => {
        const goesOn = this.onRecord();
        if (!goesOn) call.emit('error', failure(status.UNAVAILABLE, 'Connection dropped'));
        return goesOn;
      });
    } else {
      call.on('cancelled', () => this.onReadLeft());
      await readOnce(call, this.log, options);
    }
  }

  private append(call: AppendCall, request: BatchAppendReq): void {
    const options = request.getOptions();
    const refusal = this.refusal(call.metadata);
    if (refusal || !options) {
      call.emit('error', refusal ?? failure(status.INVALID_ARGUMENT, 'no options'));
      return;
    }
    this.appends += 1;
    const stream = messages.streamNameOf(options);
    const fault = this.onAppend(stream);
    const lost = failure(status.UNAVAILABLE, 'Connection dropped');
    if (fault === 'turnedAway') return void call.write(messages.notReady(request));
    if (fault === 'lostUnstored') return void call.emit('error', lost);
    const proposed = request.getProposedMessagesList().map(messages.proposedOf);
    const appended = this.log.append(stream, messages.expectedOf(options), proposed);
    if (fault === 'answerLost') return void call.emit('error', lost);
    if (fault !== 'noAnswer') call.write(messages.appendResponse(request, appended));
  }

  private refusal(request: Metadata): ServiceError | undefined {
    if (this.refusesAccess) return failure(status.UNAUTHENTICATED, 'Unauthenticated');
    if (!this.leader || request.get('requires-leader')[0] !== 'true') return undefined;
    const [host = '', port = ''] = this.leader.host.split(':');
    const metadata = new Metadata();
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', host);
    metadata.set('leader-endpoint-port', port);
    return failure(status.NOT_FOUND, 'Leader info available', metadata);
  }

  /** Every node of a cluster names the same leader, and itself where there is no other. */
  private gossip(): UntypedServiceImplementation {
    return {
      read: (_: unknown, reply: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>) => {
        const [host = '', port = ''] = (this.leader ?? this).host.split(':');
        const endPoint = new gossip.EndPoint();
        endPoint.setAddress(host);
        endPoint.setPort(Number(port));
        const member = new gossip.MemberInfo();
        member.setHttpEndPoint(endPoint);
        member.setIsAlive(true);
        member.setState(gossip.MemberInfo.VNodeState.LEADER);
        member.setTimeStamp('0');
        const info = new gossip.ClusterInfo();
        info.addMembers(member);
        reply(null, info);
      },
    };
  }
}

function failure(code: status, details: string, metadata = new Metadata()): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata });
}
