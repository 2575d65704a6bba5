import type { Handlers } from './guards.js';

/** Nothing where the entry is recorded after all, or declined already: whoever asks reads the stream to learn which. */
export const decliningHandlers: Handlers<'DeclineEntry'> = {
  DeclineEntry: (data, { entries, declined }) =>
    entries.has(data.entryId) || declined.has(data.entryId) ? [] : [{ type: 'EntryDeclined', data }],
};
