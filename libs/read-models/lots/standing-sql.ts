import { asOfCondition } from '../as-of.js';

/** Columns of the journal in which money comes into a held stage, leaves it, or both. */
const MOVING = `('allocated', 'disbursed', 'received', 'paid', 'recovered', 'returned', 'carriedForward',
  'reallocatedOut', 'reallocatedIn')`;

/** The order in which money is followed: by business day (its last possible one), then as recorded. */
export const FLOW_ORDER = 'effective_to, position, line';

/**
 * Which lines `t` of the journal stand as known at $1 and effective on $2: no reversals, and nothing that was reversed by
 * then. A reversal counts no earlier than what it reverses, so the lines of an earlier day are the beginning of those
 * of a later one, but for what was reversed in between.
 */
export const STANDS = `
  t.stage in ${MOVING} and t.reverses is null and ${asOfCondition('t')}
  and not exists (
    select from read.ledger_transfer r
    where r.project_id = t.project_id and r.reverses = t.event_id and ${asOfCondition('r')})`;

export const STANDING = `select t.* from read.ledger_transfer t where ${STANDS}`;
