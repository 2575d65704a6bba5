import type { CircularEvent, Issued } from './events.js';
import { refuse } from './refusal-codes.js';

export interface CircularState {
  /** In the order they were issued; the last stands. */
  issued: readonly Issued[];
}

export interface CircularCommand {
  issued: Issued;
  reason?: string | undefined;
}

/** What a reader would notice: the position may be a later one. */
const said = ({ title, documentNumber, issuer, issuedOn, paragraphs, figuresDigest }: Issued): string =>
  JSON.stringify([title, documentNumber, issuer, issuedOn, paragraphs, figuresDigest]);

/** The rules of the circulars of one region and period, pure. Issuing what stands already is no event. */
export const circularDecider = {
  initialState: (): CircularState => ({ issued: [] }),

  decide({ issued, reason }: CircularCommand, state: CircularState): CircularEvent[] {
    const before = state.issued.at(-1);
    if (!before) return [{ type: 'CircularIssued', data: issued }];
    if (said(before) === said(issued)) return [];
    if (reason === undefined) {
      const { documentNumber } = before;
      return refuse(
        'circular.alreadyIssued',
        `本期通报已以“${documentNumber}”印发，内容不同的须说明更正原因`,
        {
          documentNumber,
        },
      );
    }
    const corrects = { documentNumber: before.documentNumber, reason };
    return [{ type: 'CircularIssued', data: { ...issued, corrects } }];
  },

  evolve: (state: CircularState, { data }: CircularEvent): CircularState => ({
    issued: [...state.issued, data],
  }),
} as const;
