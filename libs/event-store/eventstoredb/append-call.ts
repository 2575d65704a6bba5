import { randomUUID } from 'node:crypto';
import { status, type ClientDuplexStream } from '@grpc/grpc-js';
import unpacking from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogPosition, NewRecord } from './records.js';

/** Records to be stored behind revision `behind` of the stream; -1: the stream must not exist. */
export interface Proposal {
  readonly stream: string;
  readonly behind: number;
  readonly records: readonly NewRecord[];
}

export type AppendAnswer =
  | { readonly stored: true; readonly revision: number; readonly at: LogPosition }
  /** The stream is elsewhere: at `actual`, -1 where it does not exist. Nothing was stored. */
  | { readonly stored: false; readonly actual: number };

interface Pending {
  readonly stream: string;
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One gRPC call that stays open and carries many appends, each with an answer of its own: a call for each append costs
 * this process more than all else that it does for an event. When it breaks, all that are under way end with its error.
 */
export class AppendCall {
  private readonly pending = new Map<string, Pending>();
  private ended = false;

  constructor(private readonly call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>) {
    call.on('data', (response: BatchAppendResp) => this.settle(response));
    // Stays for as long as the call: an 'error' that nobody listens to would end the process.
    call.on('error', (error) => this.end(error));
    call.on('end', () => this.end(failure(status.UNAVAILABLE, 'the server ended the call of appends')));
  }

  get isOpen(): boolean {
    return !this.ended;
  }

  /** Settles once, by its answer, by the error of the call, or when the patience is over. */
  append(proposal: Proposal, patienceMs: number): Promise<AppendAnswer> {
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      const late = () => this.reject(id, failure(status.DEADLINE_EXCEEDED, 'Deadline exceeded'));
      const timer = setTimeout(late, patienceMs);
      this.pending.set(id, { stream: proposal.stream, resolve, reject, timer });
      this.call.write(message(id, proposal));
    });
  }

  cancel(): void {
    this.call.cancel();
  }

  private settle(response: BatchAppendResp): void {
    const id = response.getCorrelationId()?.getString() ?? '';
    const pending = this.take(id);
    // Late: whoever waited has been told that the outcome is unknown.
    if (!pending) return;
    const answer = answerOf(response, pending.stream);
    if (answer instanceof Error) pending.reject(answer);
    else pending.resolve(answer);
  }

  private end(error: Error): void {
    this.ended = true;
    for (const id of [...this.pending.keys()]) this.reject(id, error);
  }

  private reject(id: string, error: Error): void {
    this.take(id)?.reject(error);
  }

  private take(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }
}

function message(id: string, { stream, behind, records }: Proposal): BatchAppendReq {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(name);
  if (behind === -1) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(behind));
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuid(id));
  request.setOptions(options);
  for (const record of records) request.addProposedMessages(proposed(record));
  request.setIsFinal(true);
  return request;
}

function proposed(record: NewRecord) {
  const one = new streams.BatchAppendReq.ProposedMessage();
  one.setId(uuid(record.id));
  one.getMetadataMap().set('type', record.type).set('content-type', 'application/json');
  one.setData(record.data);
  one.setCustomMetadata(record.metadata);
  return one;
}

function uuid(text: string) {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}

function answerOf(response: BatchAppendResp, stream: string): AppendAnswer | Error {
  const success = response.getSuccess();
  const at = success?.getPosition();
  if (success && at) {
    const [commit, prepare] = [BigInt(at.getCommitPosition()), BigInt(at.getPreparePosition())];
    return { stored: true, revision: Number(success.getCurrentRevision()), at: { commit, prepare } };
  }
  const error = response.getError();
  if (!error) return new Error('the server answered an append with neither success nor error');
  const wrong = unpacking.unpackWrongExpectedVersion(error);
  if (!wrong) return unpacking.unpackToCommandError(error, stream);
  const actual = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1;
  return { stored: false, actual };
}

function failure(code: status, details: string): Error {
  return Object.assign(new Error(details), { code, details });
}
