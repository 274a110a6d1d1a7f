import { translateTo } from '../../../i18n/translate.js';
import { shownScore } from '../../../kernel/band.js';
import type { Language } from '../../../kernel/language.js';
import type { SendingLine } from '../sending-line.js';

/** An institute's line, and whether its decisions were set aside, as a sentence needs them. */
export type SaidLine = Omit<SendingLine, 'offset'> & { aside: boolean };

/** Says where the institute's decisions put its line, and by what. */
export const lineSentence = (
  { usual, score, aside, decisions, kept, expected }: SaidLine,
  language: Language,
): string =>
  translateTo(language)(decisions === 0 ? 'line.none' : 'line.says', {
    usual: shownScore(usual, { digits: 1 }),
    line: shownScore(score, { digits: 1 }),
    aside: aside ? 'yes' : 'no',
    decisions,
    kept,
    expected: Math.round(expected),
  });

/** Says how often calls like one were kept: on the judged day, and by the institute. */
export const suchCallsSentence = (
  { likely, decisions, kept }: { likely: number; decisions: number; kept: number },
  language: Language,
): string => translateTo(language)('line.such', { likely: Math.round(10 * likely), decisions, kept });
