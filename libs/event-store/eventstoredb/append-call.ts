import type { CallOptions, Metadata } from '@grpc/grpc-js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
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

/** One gRPC append: settles once, by the answer or by the error of the call, and never throws elsewhere. */
export function appendCall(
  rpc: StreamsClient,
  metadata: Metadata,
  options: CallOptions,
  { stream, behind, records }: Proposal,
): Promise<AppendAnswer> {
  return new Promise((resolve, reject) => {
    const call = rpc.append(metadata, options, (error, response) => {
      if (error) return reject(error);
      const answer = answerOf(response);
      if (answer) resolve(answer);
      else reject(new Error('the server answered an append with neither success nor conflict'));
    });
    // The callback has the same error; an 'error' event without a listener would end the process.
    call.on('error', () => undefined);
    call.write(header(stream, behind));
    for (const record of records) call.write(message(record));
    call.end();
  });
}

function header(stream: string, behind: number) {
  const options = new streams.AppendReq.Options();
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  options.setStreamIdentifier(name);
  if (behind === -1) options.setNoStream(new shared.Empty());
  else options.setRevision(String(behind));
  const request = new streams.AppendReq();
  request.setOptions(options);
  return request;
}

function message(record: NewRecord) {
  const id = new shared.UUID();
  id.setString(record.id);
  const proposed = new streams.AppendReq.ProposedMessage();
  proposed.setId(id);
  proposed.getMetadataMap().set('type', record.type).set('content-type', 'application/json');
  proposed.setData(record.data);
  proposed.setCustomMetadata(record.metadata);
  const request = new streams.AppendReq();
  request.setProposedMessage(proposed);
  return request;
}

function answerOf(response: AppendResp): AppendAnswer | undefined {
  const success = response.getSuccess();
  const at = success?.getPosition();
  if (success && at) {
    const [commit, prepare] = [BigInt(at.getCommitPosition()), BigInt(at.getPreparePosition())];
    return { stored: true, revision: Number(success.getCurrentRevision()), at: { commit, prepare } };
  }
  const wrong = response.getWrongExpectedVersion();
  if (!wrong) return undefined;
  return { stored: false, actual: wrong.hasCurrentRevision() ? Number(wrong.getCurrentRevision()) : -1 };
}
