import type { Outcome } from '#libs/findings/domain/outcome.js';
import type { Moment, Sayings, Subject } from './finding-book.js';

export interface Said {
  subject: Subject;
  rule: string;
  outcome: Outcome;
  /** When the last of the facts became known, ISO 8601. */
  knownAt: string;
}

/** What judges say in answer to one question; nothing of it is kept. */
export class Gathering implements Sayings {
  readonly said: Said[] = [];
  private readonly subjects = new Map<string, Subject>();

  /** Nothing stands before the answer. */
  load(): Promise<void> {
    return Promise.resolve();
  }

  show(subject: Subject): void {
    this.subjects.set(subject.id, { ...subject, regions: subject.regions.toSorted() });
  }

  say(subjectId: string, rule: string, outcome: Outcome, { recordedAt }: Moment): void {
    this.said.push({ subject: this.subjects.get(subjectId)!, rule, outcome, knownAt: recordedAt });
  }
}
