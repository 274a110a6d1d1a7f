import { translateTo } from '../../../i18n/translate.js';
import { shownScore } from '../../../kernel/band.js';
import type { Language } from '../../../kernel/language.js';
import type { SendingThreshold } from '../sending-threshold.js';

/** An institute's threshold, and whether its decisions were set aside, as a sentence needs them. */
export type SaidThreshold = Omit<SendingThreshold, 'offset'> & { aside: boolean };

/** Says where the institute's decisions put its threshold, and by what. */
export const thresholdSentence = (
  { usual, score, aside, decisions, kept, expected }: SaidThreshold,
  language: Language,
): string =>
  translateTo(language)(decisions === 0 ? 'threshold.none' : 'threshold.says', {
    usual: shownScore(usual, { digits: 1 }),
    threshold: shownScore(score, { digits: 1 }),
    aside: aside ? 'yes' : 'no',
    decisions,
    kept,
    expected: Math.round(expected),
  });

/** Says how often calls like one were kept: on the judged day, and by the institute. */
export const suchCallsSentence = (
  { likely, decisions, kept }: { likely: number; decisions: number; kept: number },
  language: Language,
): string => translateTo(language)('threshold.such', { likely: Math.round(10 * likely), decisions, kept });
