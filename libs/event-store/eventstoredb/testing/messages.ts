import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended, Expected, LogRecord, Proposed } from './double-log.js';

/** The messages of the protocol, to and from the double's own words. */

export function streamNameOf(options: { getStreamIdentifier(): unknown }): string {
  const name = options.getStreamIdentifier() as InstanceType<typeof shared.StreamIdentifier> | undefined;
  return Buffer.from(name?.getStreamName_asU8() ?? []).toString('utf8');
}

export function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasNoStream()) return 'none';
  if (options.hasStreamExists()) return 'exists';
  return options.hasStreamPosition() ? Number(options.getStreamPosition()) : 'any';
}

export function proposedOf(message: BatchAppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function appendResponse(request: BatchAppendReq, appended: Appended): BatchAppendResp {
  const response = responseTo(request);
  if ('last' in appended) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(appended.last.at));
    position.setPreparePosition(String(appended.last.at));
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(appended.last.revision));
    success.setPosition(position);
    response.setSuccess(success);
  } else {
    const wrong = new shared.WrongExpectedVersion();
    if (appended.actual < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentStreamRevision(String(appended.actual));
    response.setError(error('', wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion'));
  }
  return response;
}

/** The answer of a server that has just started. */
export function notReady(request: BatchAppendReq): BatchAppendResp {
  const response = responseTo(request);
  response.setError(error('Server Is Not Ready', new Uint8Array(), 'google.protobuf.Empty'));
  return response;
}

function responseTo(request: BatchAppendReq): BatchAppendResp {
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(request.getCorrelationId());
  response.setStreamIdentifier(request.getOptions()?.getStreamIdentifier());
  return response;
}

function error(message: string, details: Uint8Array, type: string) {
  const packed = new any.Any();
  packed.pack(details, type);
  const told = new rpc.Status();
  told.setMessage(message);
  told.setDetails(packed);
  return told;
}

export function eventResponse(record: LogRecord): ReadResp {
  const id = new shared.UUID();
  id.setString(record.id);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.at));
  recorded.setPreparePosition(String(record.at));
  recorded.getMetadataMap().set('type', record.type).set('content-type', 'application/json');
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.at));
  const response = new streams.ReadResp();
  response.setEvent(event);
  return response;
}

export function streamNotFound(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
}

export function confirmation(): ReadResp {
  const confirmed = new streams.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId('double');
  const response = new streams.ReadResp();
  response.setConfirmation(confirmed);
  return response;
}

export function caughtUp(): ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function checkpoint(at: bigint): ReadResp {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(at));
  reached.setPreparePosition(String(at));
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
}

/** Which records a filter of stream names lets through. */
export function filterOf(options: ReadReq.Options): (record: LogRecord) => boolean {
  const names = options.getFilter()?.getStreamIdentifier();
  if (!names) return () => true;
  const regex = names.getRegex() ? new RegExp(names.getRegex(), 'u') : undefined;
  const prefixes = names.getPrefixList();
  return ({ stream }) => regex?.test(stream) ?? prefixes.some((prefix) => stream.startsWith(prefix));
}

function identifier(stream: string) {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  return name;
}
