import type { ChainAnchorer } from '#libs/audit-chain/application/chain-anchorer.js';
import { digestText, type SealedTexts } from '#libs/database/sealed-texts.js';
import type { Position } from '#libs/event-store/port.js';
import { assertMay } from '#libs/evaluation/application/permissions.js';
import { atOnePosition, type MomentParts } from '#libs/evaluation/snapshot/at-one-position.js';
import { SNAPSHOT_PROJECTIONS } from '#libs/evaluation/snapshot/snapshot.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { regionName } from '#libs/kernel/regions.js';
import { StreamBook, type BookOutcome } from '#libs/projects/application/stream-book.js';
import type { Actor } from '#libs/projects/domain/envelope.js';
import { circularDecider, type CircularCommand, type CircularState } from '../domain/decider.js';
import {
  circularCodec,
  circularStream,
  type CircularEvent,
  type Issued,
  type Paragraph,
  type RecordedCircularEvent,
} from '../domain/events.js';
import { periodOf, type Period } from '../domain/period.js';
import { refuse } from '../domain/refusal-codes.js';
import { FIGURE_NAMES, TABLE_NAMES } from '../domain/template.js';
import { checkText } from '../domain/text.js';
import { Drafts, type DraftText } from './drafts.js';
import { circularFigures, type CircularFigures, type CircularTable } from './figures.js';

export interface CircularDeskParts extends MomentParts {
  texts: SealedTexts;
  anchorer: Pick<ChainAnchorer, 'assertReady' | 'anchor'>;
  /** The audit chain at that event; null where none is kept. */
  chainAt(position: Position): Promise<Issued['chain']>;
  now?: () => Date;
}

/** A circular as it would be issued now: text and figures, which nobody has stored. */
export interface CircularDraft extends DraftText, CircularFigures {
  region: string;
  period: Period;
  title: string;
  storeId: string;
  position: string;
}

export interface IssueRequest {
  region: string;
  period: string;
  /** Default: `{region}{period}“一老一小”重大项目推进情况的通报`. */
  title?: string;
  documentNumber: string;
  /** Default: the unit of the actor. */
  issuer?: string;
  /** Default: today. */
  issuedOn?: string;
  /** Why a period is reported on anew. */
  reason?: string;
  actor: Actor;
  commandId: string;
}

export interface IssueOutcome extends Omit<BookOutcome, 'revision'> {
  issued: Issued;
}

type CircularBook = StreamBook<CircularState, CircularCommand, CircularEvent, RecordedCircularEvent>;

/** Drafts of circulars, and their issue. */
export class CircularDesk {
  private readonly drafts: Drafts;
  private readonly book: CircularBook;
  private readonly now: () => Date;

  constructor(private readonly parts: CircularDeskParts) {
    this.now = parts.now ?? (() => new Date());
    this.drafts = new Drafts(parts.database);
    this.book = new StreamBook<CircularState, CircularCommand, CircularEvent, RecordedCircularEvent>(
      parts.store,
      { ...circularDecider, ...circularCodec },
      this.now,
    );
  }

  /** @throws Refusal `circular.badPeriod`, `evaluation.…` where the figures cannot be had at one position */
  async draft(region: string, periodKey: string): Promise<CircularDraft> {
    const period = periodOf(periodKey);
    const text = await this.drafts.read(region, period.key);
    return atOnePosition(this.parts, SNAPSHOT_PROJECTIONS, async (moment) => ({
      region,
      period,
      title: titleOf(region, period),
      storeId: moment.storeId,
      position: moment.position,
      ...text,
      ...(await circularFigures(moment, region, period)),
    }));
  }

  /** Keeps a text that people worked on. @throws Refusal `circular.…`, `actor.…` */
  async save(
    region: string,
    periodKey: string,
    { revision, paragraphs, actor }: { revision: number; paragraphs: readonly Paragraph[]; actor: Actor },
  ): Promise<DraftText> {
    assertMay('circular', actor, region);
    const { key } = periodOf(periodKey);
    checkText(paragraphs, FIGURE_NAMES, TABLE_NAMES);
    return { revision: await this.drafts.save(region, key, revision, paragraphs, actor), paragraphs };
  }

  /**
   * Issues the circular with the figures of now. The same again is answered as before.
   * @throws Refusal `circular.…`, `actor.…`, `command.reused`; StoreUnavailable, OutcomeUnknown
   */
  async issue(request: IssueRequest): Promise<IssueOutcome> {
    const { region, actor, commandId, reason } = request;
    assertMay('circular', actor, region);
    await this.parts.anchorer.assertReady(actor);
    const period = periodOf(request.period);
    const today = chinaDay(this.now());
    if (today <= period.lastDay) {
      refuse(
        'circular.periodNotOver',
        `${period.label}到 ${period.lastDay} 才结束（今天 ${today}），不能通报`,
        {
          period: period.key,
          today,
        },
      );
    }
    const stream = circularStream(region, period.key);
    const { events } = await this.book.read(stream);
    const earlier = events.find(({ envelope }) => envelope.commandId === commandId);
    const issued = earlier?.data ?? (await this.toIssue(request, period, today, events.length > 0));
    const { documentNumber, title, issuer, issuedOn } = issued;
    const outcome = await this.book.perform(
      stream,
      { issued, reason },
      { commandId, actor, effectiveDate: issuedOn, evidence: [{ documentNumber }] },
      { region, period: period.key, documentNumber, title, issuer, issuedOn, reason: reason ?? null },
    );
    if (outcome.outcome !== 'unchanged') {
      const sealing = { kind: 'sealing', subject: stream, digest: issued.figuresDigest } as const;
      await this.parts.anchorer.anchor({ reason: sealing, at: { position: outcome.position! }, actor });
    }
    const stands = outcome.outcome === 'unchanged' ? events.at(-1)?.data : undefined;
    return { outcome: outcome.outcome, position: outcome.position, issued: stands ?? issued };
  }

  private async toIssue(
    request: IssueRequest,
    period: Period,
    today: string,
    again: boolean,
  ): Promise<Issued> {
    const { region, actor, documentNumber, reason } = request;
    const draft = await this.draft(region, period.key);
    checkText(draft.paragraphs, FIGURE_NAMES, TABLE_NAMES);
    // What would be refused, or is stored already, is only digested.
    const keep = !again || reason !== undefined;
    const told = entriesOf(draft);
    const { digest } = keep ? await this.parts.texts.write(told) : await digestText(told);
    return {
      region,
      period: period.key,
      title: request.title ?? draft.title,
      documentNumber,
      issuer: request.issuer ?? actor.unit,
      issuedOn: request.issuedOn ?? today,
      storeId: draft.storeId,
      position: draft.position,
      asEffectiveOn: period.lastDay,
      paragraphs: [...draft.paragraphs],
      figuresDigest: digest,
      chain: await this.parts.chainAt(draft.position as Position),
    };
  }
}

const titleOf = (region: string, { label }: Period): string =>
  `关于${regionName(region)}${label}“一老一小”重大项目推进情况的通报`;

/** Figures first, then the tables, as they are stored. */
async function* entriesOf({ figures, tables }: CircularFigures): AsyncGenerator<unknown> {
  yield { figures };
  yield* tables;
}

/** The figures of an issued circular. @throws Refusal `circular.figuresLost` */
export async function issuedFigures(texts: SealedTexts, { figuresDigest }: Issued): Promise<CircularFigures> {
  const entries = await texts.entries(figuresDigest);
  if (!entries) {
    return refuse('circular.figuresLost', '通报的数字不在数据库中，可由事件重新生成', { figuresDigest });
  }
  const all: unknown[] = [];
  for await (const entry of entries) all.push(entry);
  const [first, ...tables] = all;
  return { ...(first as Pick<CircularFigures, 'figures'>), tables: tables as CircularTable[] };
}
