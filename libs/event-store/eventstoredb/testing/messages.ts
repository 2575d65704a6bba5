import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended, Expected, LogRecord, Proposed } from './double-log.js';

/** The messages of the protocol, to and from the double's own words. */

export function streamNameOf(options: { getStreamIdentifier(): unknown }): string {
  const name = options.getStreamIdentifier() as InstanceType<typeof shared.StreamIdentifier> | undefined;
  return Buffer.from(name?.getStreamName_asU8() ?? []).toString('utf8');
}

export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'none';
  if (options.hasStreamExists()) return 'exists';
  return options.hasRevision() ? Number(options.getRevision()) : 'any';
}

export function proposedOf(message: AppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function appendResponse(appended: Appended, expected: Expected): AppendResp {
  const response = new streams.AppendResp();
  if ('last' in appended) {
    const success = new streams.AppendResp.Success();
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(appended.last.at));
    position.setPreparePosition(String(appended.last.at));
    success.setCurrentRevision(String(appended.last.revision));
    success.setPosition(position);
    response.setSuccess(success);
  } else {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (appended.actual < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(appended.actual));
    if (expected === 'none') wrong.setExpectedNoStream(new shared.Empty());
    else if (expected === 'exists') wrong.setExpectedStreamExists(new shared.Empty());
    else if (typeof expected === 'number') wrong.setExpectedRevision(String(expected));
    response.setWrongExpectedVersion(wrong);
  }
  return response;
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
