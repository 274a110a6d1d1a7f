import { dateForPeople } from '../../../../calls/domain/index.js';
import { frenchSpaces, oneLine, shortened } from '../../../../kernel/one-line.js';
import type { Language } from '../../../../kernel/language.js';
import { reasonFor, type Grade } from '../../reader/reading.js';
import type { ReadingEvidence } from '../../scoring/match.js';

/** The no-break space that French wants before : and inside «». */
const NB = '\u00a0';
const LONGEST_QUOTE = 160;
const LONGEST_NAME = 80;

interface ReadingWords {
  found(model: string, day: string): Record<Grade, string>;
  quoted(text: string): string;
  colon: string;
  /** Said in the other language alone. */
  other: string;
}

const WORDS: Record<Language, ReadingWords> = {
  en: {
    found: (model, day) => ({
      wanted: `Read by ${model} on ${day}`,
      partly: `Read by ${model} on ${day} and found to concern the institute in part`,
      not: `Read by ${model} on ${day} and found not to be for the institute`,
    }),
    quoted: (text) => `“${text}”`,
    colon: ': ',
    other: ' (in French)',
  },
  fr: {
    found: (model, day) => ({
      wanted: `Lu par ${model} le ${day}`,
      partly: `Lu par ${model} le ${day}, qui y voit un intérêt partiel pour l’institut`,
      not: `Lu par ${model} le ${day}, qui l’estime hors sujet pour l’institut`,
    }),
    quoted: (text) => `«${NB}${text}${NB}»`,
    colon: `${NB}: `,
    other: ' (en anglais)',
  },
};

/** Without the full stop at its end. */
function sentence(text: string): string {
  const line = oneLine(text).trim();
  return line.endsWith('.') ? line.slice(0, -1) : line;
}

/** What a language model said of a call for an institute, in a sentence that has no end yet: "Read by MODEL on DAY: …". */
export function readingSaid(reading: ReadingEvidence, language: Language, withQuote = true): string {
  const words = WORDS[language];
  const model = shortened(oneLine(reading.model), LONGEST_NAME);
  const found = words.found(model, dateForPeople(reading.at, language))[reading.grade];
  const reason = reasonFor(reading.reason ?? {}, language);
  if (reason === null) return found;
  const said = reason.language === 'fr' ? frenchSpaces(sentence(reason.text)) : sentence(reason.text);
  const quote =
    withQuote && reading.quote ? ` (${words.quoted(shortened(oneLine(reading.quote), LONGEST_QUOTE))})` : '';
  return `${found}${words.colon}${said}${reason.language === language ? '' : words.other}${quote}`;
}
