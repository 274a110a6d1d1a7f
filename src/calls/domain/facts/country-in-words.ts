import type { Language } from '../../../kernel/language.js';

const NAMES = {
  en: new Intl.DisplayNames('en-GB', { type: 'region' }),
  fr: new Intl.DisplayNames('fr-FR', { type: 'region' }),
};

/** A country in the reader's language; else by the name that its source gives; null where neither is known. */
export const countryInWords = (
  { iso, name }: { iso: string | null; name: string | null },
  language: Language,
): string | null => (iso === null ? name : (NAMES[language].of(iso) ?? name));
