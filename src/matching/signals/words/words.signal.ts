import { defineSignal } from '../../domain/signals/signal.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';

/** The phrases of a profile that stand in a call. */
export const signal = defineSignal({
  id: 'words',
  order: 10,
  reasons: { words: { en: ENGLISH, fr: FRENCH } },
  mayAdd: () => false,
  sum: {
    units: { words: { of: 'profile', in: ({ words }) => words.raw } },
    // What each word brings to the words alone, brought to so many points in all.
    explain: ({ lexical }, { words: points }) =>
      lexical && lexical.score > 0
        ? lexical.evidence.map((e) => ({ ...e, contribution: (e.contribution * points!) / lexical.score }))
        : [],
  },
});
