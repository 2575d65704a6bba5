import type { ChainAnchorer } from '#libs/audit-chain/application/chain-anchorer.js';
import { digestText, type SealedTexts } from '#libs/database/sealed-texts.js';
import { comparePositions, type Position } from '#libs/event-store/port.js';
import { chinaDay } from '#libs/kernel/partial-date.js';
import { StreamBook, type BookOutcome } from '#libs/projects/application/stream-book.js';
import type { Actor, Evidence } from '#libs/projects/domain/envelope.js';
import { RuleBook } from '#libs/read-models/findings/rule-book.js';
import { readAdoptions } from '#libs/read-models/findings/rule-sets.handler.js';
import {
  evaluationDecider,
  standing,
  type EvaluationCommand,
  type EvaluationState,
} from '../domain/decider.js';
import {
  evaluationCodec,
  evaluationStream,
  sealId,
  type EvaluationEvent,
  type EvaluationEventData,
  type ItemScore,
  type RecordedEvaluationEvent,
  type Sealed,
} from '../domain/events.js';
import { refuse } from '../domain/refusal-codes.js';
import { DEFAULT_SHEET } from '../domain/sheet/template.js';
import { atOnePosition, type MomentParts } from '../snapshot/at-one-position.js';
import { DEFINITIONS_DIGEST, SNAPSHOT_FORMAT } from '../snapshot/sections/about.js';
import { makeSnapshot, SNAPSHOT_PROJECTIONS, type OnSection, type Sink } from '../snapshot/snapshot.js';
import { assertMay } from './permissions.js';

export interface EvaluatorParts extends MomentParts {
  texts: SealedTexts;
  /** Signs where the audit chain stands at each sealing. */
  anchorer: Pick<ChainAnchorer, 'assertReady' | 'anchor'>;
  now?: () => Date;
}

interface Said {
  actor: Actor;
  commandId: string;
  evidence?: readonly Evidence[];
}

export interface SealRequest extends Said {
  region: string;
  year: number;
  /** Why a year that is sealed already is sealed anew with other content. */
  reason?: string;
}

/** A snapshot with what became of it. */
export interface SealOutcome extends Omit<BookOutcome, 'revision'> {
  evaluationId: string;
  sealed: Sealed;
}

export interface ScoreRequest extends Said {
  region: string;
  year: number;
  scores: readonly ItemScore[];
  /** Default: the sheet in force. */
  sheet?: EvaluationEventData<'EvaluationScored'>['sheet'];
}

type EvaluationBook = StreamBook<
  EvaluationState,
  EvaluationCommand,
  EvaluationEvent,
  RecordedEvaluationEvent
>;

/** Annual evaluations: the snapshot of a region and year, its sealing, and the points of its sheet. */
export class Evaluator {
  private readonly book: EvaluationBook;
  private readonly now: () => Date;

  constructor(private readonly parts: EvaluatorParts) {
    this.now = parts.now ?? (() => new Date());
    this.book = new StreamBook<EvaluationState, EvaluationCommand, EvaluationEvent, RecordedEvaluationEvent>(
      parts.store,
      { ...evaluationDecider, ...evaluationCodec },
      this.now,
    );
  }

  /** The snapshot as it would be sealed now; nothing is stored. @throws as `seal` */
  async preview(request: { region: string; year: number }, onSection?: OnSection): Promise<Sealed> {
    return this.snapshot(request, (entries, onText) => digestText(entries, onText), onSection);
  }

  /**
   * Seals the year. The same content again is answered as before; other content than what stands needs a reason.
   * @throws Refusal `evaluation.…`, `actor.…`, `command.reused`; StoreUnavailable, OutcomeUnknown
   */
  async seal(request: SealRequest, onSection?: OnSection): Promise<SealOutcome> {
    const { region, year, actor, reason, commandId, evidence = [] } = request;
    assertMay('seal', actor, region);
    await this.parts.anchorer.assertReady(actor);
    const today = chinaDay(this.now());
    if (today <= `${year}-12-31`) {
      refuse('evaluation.yearNotOver', `${year} 年度尚未结束（今天 ${today}），不能封存`, { year, today });
    }
    const stream = evaluationStream(region, year);
    const { state, events } = await this.book.read(stream);
    const earlier = events.find(
      (event) => event.type === 'EvaluationSealed' && event.envelope.commandId === commandId,
    );
    const sealed = earlier
      ? (earlier.data as Sealed)
      : await this.toSeal(request, standing(state), onSection);
    const outcome = await this.book.perform(
      stream,
      { type: 'SealEvaluation', data: { sealed, reason }, today },
      { commandId, actor, effectiveDate: today, evidence: [...evidence] },
      { region, year, reason: reason ?? null },
    );
    if (outcome.outcome !== 'unchanged') {
      // Also where it was recorded before: an earlier try may have been interrupted just here.
      const reason = { kind: 'sealing', subject: stream, digest: sealed.digest } as const;
      await this.parts.anchorer.anchor({ reason, at: { position: outcome.position! }, actor });
    }
    const stands = outcome.outcome === 'unchanged' ? standing(state) : undefined;
    const shown = stands ?? sealed;
    return {
      outcome: outcome.outcome,
      position: outcome.position,
      evaluationId: sealId(shown),
      sealed: shown,
    };
  }

  /** Gives points to items of the sheet, each with evidence. @throws Refusal `evaluation.…`, `actor.…` */
  async score({
    region,
    year,
    actor,
    scores,
    commandId,
    sheet,
    evidence = [],
  }: ScoreRequest): Promise<BookOutcome> {
    assertMay('score', actor, region);
    const { id, version } = DEFAULT_SHEET;
    const data = { sheet: sheet ?? { id, version }, scores: [...scores] };
    return this.book.perform(
      evaluationStream(region, year),
      { type: 'ScoreEvaluation', data },
      { commandId, actor, effectiveDate: chinaDay(this.now()), evidence: [...evidence] },
      data,
    );
  }

  /** Where something stands already, it is only digested first: what would be refused is not stored. */
  private async toSeal(
    request: SealRequest,
    before: Sealed | undefined,
    onSection: OnSection | undefined,
  ): Promise<Sealed> {
    if (before && request.reason === undefined) return this.preview(request, onSection);
    return this.snapshot(request, (entries, onText) => this.parts.texts.write(entries, onText), onSection);
  }

  private async snapshot(
    { region, year }: { region: string; year: number },
    sink: Sink,
    onSection: OnSection | undefined,
  ): Promise<Sealed> {
    return atOnePosition(this.parts, SNAPSHOT_PROJECTIONS, async (moment) => {
      const scores = await this.scoresAt(region, year, moment.position);
      const asEffectiveOn = `${year}-12-31`;
      const rules = new RuleBook(await readAdoptions(moment));
      const ruleSet = rules.timetableFor([region]).ruleSetOn(asEffectiveOn);
      const request = { region, year, ruleSet, scores };
      const { digest, sections } = await makeSnapshot(moment, request, sink, onSection);
      return {
        region,
        year,
        storeId: moment.storeId,
        position: moment.position,
        asEffectiveOn,
        format: SNAPSHOT_FORMAT,
        ruleSet: { id: ruleSet.id, version: ruleSet.version },
        definitions: { digest: DEFINITIONS_DIGEST },
        sheet: { id: DEFAULT_SHEET.id, version: DEFAULT_SHEET.version },
        sections,
        digest,
      };
    });
  }

  /** The points as they stood at the position. */
  private async scoresAt(
    region: string,
    year: number,
    position: Position,
  ): Promise<ReadonlyMap<string, ItemScore>> {
    const { events } = await this.book.read(evaluationStream(region, year));
    return events
      .filter((event) => comparePositions(event.position as Position, position) <= 0)
      .reduce<EvaluationState>(
        (state, event) => evaluationDecider.evolve(state, event),
        evaluationDecider.initialState(),
      ).scores;
  }
}
