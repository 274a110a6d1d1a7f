import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { countryTo, listTo } from '../../i18n/message.js';
import { translateTo } from '../../i18n/translate.js';
import { Language } from '../../kernel/language.js';

/** The languages of country names in calls, English first: it wins where a name means two countries. */
const SPEECHES = [...new Set([...(['en', 'fr', 'es', 'pt'] as const), ...Language.options])];
type Speech = (typeof SPEECHES)[number];

/**
 * Codes that have a name but are not countries: unions, private use, and parts of a country that ISO 3166-1
 * only reserves.
 */
const NO_COUNTRIES = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
]);

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const namesIn = (speech: Speech): Intl.DisplayNames =>
  new Intl.DisplayNames(speech, { type: 'region', fallback: 'none' });
const NAMES = Object.fromEntries(SPEECHES.map((speech) => [speech, namesIn(speech)])) as Record<
  Speech,
  Intl.DisplayNames
>;

/** Whether a code is current: an obsolete code ("UK") maps to the current one (GB). */
const isToday = (code: string): boolean => new Intl.Locale(`und-${code}`).region === code;

/** ISO 3166-1 alpha-2 in alphabetical order; Kosovo is XK, as in the EU's own lists. */
export const COUNTRIES: readonly string[] = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
  (code) => !NO_COUNTRIES.has(code) && isToday(code) && NAMES.en.of(code) !== undefined,
);
const KNOWN = new Set(COUNTRIES);

export const CountryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, { ...issue('country'), abort: true })
  .refine((code) => KNOWN.has(code), issue('country'))
  .describe('ISO 3166-1 alpha-2');

export const MEMBER_STATES: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** Country names that calls use and the platform does not know. */
const ALSO: Record<string, string[]> = {
  CD: [
    'Democratic Republic of the Congo',
    'Democratic Republic of Congo',
    'DR Congo',
    'République démocratique du Congo',
    'RDC',
  ],
  CG: ['Republic of the Congo', 'République du Congo'],
  BA: ['Bosnia-Herzegovina'],
  CI: ["Cote d'Ivoire", 'Ivory Coast'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  GB: ['UK', 'Great Britain'],
  GM: ['The Gambia'],
  HK: ['Hong Kong'],
  KR: ['Republic of Korea', 'Korea'],
  LA: ['Lao PDR'],
  MK: ['Macedonia'],
  MM: ['Myanmar', 'Burma'],
  PS: ['Palestine'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  US: ['USA', 'United States of America'],
  VN: ['Viet Nam'],
};

/** Normalises a name: "Bosnia & Herzegovina" and "Bosnia-and-Herzegovina" are the same. */
const folded = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’']/g, "'")
    .replace(/&/g, 'and')
    .replace(/\bst\. /g, 'saint ')
    .replace(/[-\s]+/g, ' ')
    .trim();

const CODES = new Map<string, string>([
  ...[...SPEECHES]
    .reverse()
    .flatMap((speech) => COUNTRIES.map((code): [string, string] => [folded(NAMES[speech].of(code)!), code])),
  ...Object.entries(ALSO).flatMap(([code, names]) =>
    names.map((name): [string, string] => [folded(name), code]),
  ),
]);

/**
 * Names typed without accents. In running text this would find Iran ("Irã") in "IRA", so texts are matched
 * with accents.
 */
const bare = (name: string): string => folded(name).normalize('NFD').replace(/\p{M}/gu, '');
const BARE = new Map([...CODES].map(([name, code]) => [bare(name), code]));

/** "Republic of Moldova": prefixes of official country names. */
const STYLE = /^(?:the\s+)?(?:republic\s+of\s+)?(?:the\s+)?/i;

/**
 * Returns the code of a country by its English, French, Spanish or Portuguese name, with or without accents;
 * null if unknown.
 */
export const countryOf = (name: string): string | null =>
  BARE.get(bare(name)) ?? BARE.get(bare(name.replace(STYLE, ''))) ?? null;

/** The EU's own country code; not treated as a name, since texts contain the word: "El Alto". */
const OF_THE_UNION: Record<string, string> = { EL: 'GR' };

/** Returns the code for a typed code or name; the word itself if it is neither. */
export function typedCountry(word: string): string {
  const code = OF_THE_UNION[word.toUpperCase()] ?? word.toUpperCase();
  return countryOf(word) ?? (KNOWN.has(code) ? code : word);
}

export const countryName = (code: string, language: Language): string => NAMES[language].of(code) ?? code;

/** Returns a country for which the source gives a code, a name or both; null if neither. */
export const countryInWords = (
  { iso, name }: { iso: string | null; name: string | null },
  language: Language,
): string | null => (iso === null ? name : countryTo(language, iso));

const LONGEST = Math.max(...[...CODES.keys()].map((name) => name.split(' ').length));
const WORD = /[\p{L}\p{M}.'’&]+/gu;

interface Found {
  code: string;
  from: number;
  to: number;
}

/** Returns the longest name that begins at the word `at`, which must be capitalised. */
function nameAt(text: string, words: RegExpExecArray[], at: number): Found | null {
  if (!/^\p{Lu}/u.test(words[at]![0])) return null;
  const from = words[at]!.index;
  for (let last = Math.min(at + LONGEST, words.length) - 1; last >= at; last -= 1) {
    const to = words[last]!.index + words[last]![0].length;
    const code = CODES.get(folded(text.slice(from, to).replace(/\.$/, '')));
    if (code) return { code, from, to };
  }
  return null;
}

/** Returns the country names in a text: the longest matches, each capitalised. */
export function countriesIn(text: string): Found[] {
  const words = [...text.matchAll(WORD)];
  const found: Found[] = [];
  for (const [at, word] of words.entries()) {
    if (word.index < (found.at(-1)?.to ?? 0)) continue;
    const name = nameAt(text, words, at);
    if (name) found.push(name);
  }
  return found;
}

/**
 * Returns the longest country name at the start of a text; null if there is none. Reads no more words than
 * the longest name has.
 */
export function countryAtStart(text: string): Found | null {
  const words: RegExpExecArray[] = [];
  for (const word of text.matchAll(WORD)) {
    if (words.push(word) === LONGEST || words[0]!.index > 0) break;
  }
  return words[0]?.index === 0 ? nameAt(text, words, 0) : null;
}

/** Lists countries by name; all EU member states together are shown as one. */
export function countriesForPeople(codes: readonly string[], language: Language): string {
  const union = MEMBER_STATES.every((code) => codes.includes(code));
  const rest = codes
    .filter((code) => !union || !MEMBER_STATES.includes(code))
    .map((code) => countryName(code, language));
  const names = [...(union ? [translateTo(language)('fact.member-states')] : []), ...rest];
  return listTo(language, names);
}
