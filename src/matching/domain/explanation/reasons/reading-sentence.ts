import { dateForPeople } from '../../../../calls/domain/facts/deadline.js';
import { translateTo } from '../../../../i18n/translate.js';
import { oneLine, shortened, spaced } from '../../../../kernel/one-line.js';
import type { Language } from '../../../../kernel/language.js';
import { reasonFor } from '../../reader/reading.js';
import type { ReadingEvidence } from '../../scoring/match.js';

const LONGEST_QUOTE = 160;
const LONGEST_NAME = 80;

/** Returns a text without its final full stop. */
function sentence(text: string): string {
  const line = oneLine(text).trim();
  return line.endsWith('.') ? line.slice(0, -1) : line;
}

/**
 * Returns a language model's answer on a call as a sentence without a full stop: "Read by MODEL on DAY: …".
 */
export function readingSaid(reading: ReadingEvidence, language: Language, withQuote = true): string {
  const t = translateTo(language);
  const model = shortened(oneLine(reading.model), LONGEST_NAME);
  const found = t(`reason.read.${reading.grade}`, { model, day: dateForPeople(reading.at, language) });
  const reason = reasonFor(reading.reason ?? {}, language);
  if (reason === null) return found;
  const plain = spaced(sentence(reason.text), reason.language);
  const said = reason.language === language ? plain : t('reason.read.foreign', { said: plain });
  const quote = withQuote && reading.quote ? shortened(oneLine(reading.quote), LONGEST_QUOTE) : null;
  return t('reason.read.says', {
    found,
    said: quote === null ? said : t('reason.read.quote', { said, quote }),
  });
}
