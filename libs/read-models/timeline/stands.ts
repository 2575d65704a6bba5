import { asOfCondition } from '../as-of.js';

/** Over `read.timeline_event`, for $1 and $2 of `asOfParameters`: what was known and in effect, and not taken back by then. */
export const standsAsOf = (alias: string): string => `(
  ${asOfCondition(alias)} and not exists (
    select from read.timeline_event reversal
    where reversal.event_id = ${alias}.reversed_by and ${asOfCondition('reversal')}))`;
