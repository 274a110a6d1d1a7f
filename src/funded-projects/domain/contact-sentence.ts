import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import type { Contactable } from './whom-to-call.js';

/** The most projects that a sentence names. */
const MOST_NAMES = 3;

/** "2021–24"; "since 2021" without an end; null without a beginning. */
export function yearsOf(start: string | null, end: string | null, language: Language): string | null {
  const [from, to] = [start?.slice(0, 4), end?.slice(0, 4)];
  if (!from) return null;
  if (!to) return translateTo(language)('won.since', { year: from });
  return from === to ? from : `${from}–${from.slice(0, 2) === to.slice(0, 2) ? to.slice(2) : to}`;
}

/** The name of an organisation with its country; its number if nobody names it. */
export const organisationText = (
  { name, pic, country }: Pick<Contactable, 'name' | 'pic' | 'country'>,
  language: Language,
): string =>
  translateTo(language)('won.organisation', { name: name ?? `PIC ${pic}`, country: country ?? 'none' });

/** Why to call it: "coordinated 2 of 4 (A, B); partner of CEA-Leti in NEXTBAT 2021–24". */
export function contactReason({ coordinated, of, partnerOf }: Contactable, language: Language): string {
  const t = translateTo(language);
  const names = coordinated.slice(0, MOST_NAMES).map(({ acronym, id }) => acronym ?? id);
  const led = t('won.coordinated', { n: coordinated.length, of, names: names.join(', ') });
  if (!partnerOf) return led;
  const { institute, project, start, end } = partnerOf;
  const years = yearsOf(start, end, language) ?? 'none';
  return `${led}; ${t('won.partner', { institute: institute.name, project, years })}`;
}
