/** Strips accents, so that "Clôture", "CLOTURE" and "clôture" match. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[^\S\n]/g, ' ');

const NAMES = [
  'janvier janv january jan',
  'fevrier fevr fev february feb',
  'mars march mar',
  'avril avr april apr',
  'mai may',
  'juin june jun',
  'juillet juil july jul',
  'aout august aug',
  'septembre september sept sep',
  'octobre october oct',
  'novembre november nov',
  'decembre december dec',
];
const MONTHS = new Map(NAMES.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)));

/** Returns the month for a name without accents, French or English, full or abbreviated. */
export const monthOf = (name: string): number | undefined => MONTHS.get(name.toLowerCase());

/** Matches any month name, longest first. */
export const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|');

/**
 * Time zones by abbreviation, as an offset. Null: several zones share that name, and a guess could be hours
 * off. CET and CEST are absent: pages confuse them (Eureka's headers say CEST in January), so both are read
 * as Brussels time.
 */
const ZONES: Record<string, string | null> = {
  UTC: '+00:00',
  GMT: '+00:00',
  WET: '+00:00',
  WEST: '+01:00',
  EET: '+02:00',
  EEST: '+03:00',
  TRT: '+03:00',
  JST: '+09:00',
  KST: '+09:00',
  SGT: '+08:00',
  EST: '-05:00',
  EDT: '-04:00',
  BST: null,
  IST: null,
  CST: null,
  CDT: null,
  MST: null,
  MDT: null,
  PST: null,
  PDT: null,
  AST: null,
  BRT: null,
  COT: null,
};

/** A zone right after a time. Only in capitals: "est" is a French verb. */
const ABBREVIATED = new RegExp(
  `^[\\s,(]*\\b(${Object.keys(ZONES).join('|')})\\b\\s*(?:([+-])\\s*(\\d{1,2})(?::?(\\d{2}))?)?\\)?`,
);
const LOCAL = /^[\s,(]*(local time|heure locale|anywhere on earth|aoe)\b\)?/i;
const OURS =
  /^[\s,(]*(?:(?:c\.?e\.?s?\.?t\b\.?|mesz?\b)(?:[\s,/(-]*(?:c\.?e\.?s?\.?t\b\.?|brussels|bruxelles|paris))?|(?:heure|time|fuseau)(?: de| d'| of| in)? ?(?:paris|bruxelles|brussels)|(?:paris|brussels)(?: local)? time)\)?/i;

/** The zone stated right after a time (an offset, `brussels` or `unclear`), and the length of that text. */
export interface Zone {
  offset: string;
  length: number;
}

/** Returns the stated zone; Brussels if none is stated. */
export function zoneAtStartOf(text: string): Zone {
  const ours = OURS.exec(text);
  if (ours) return { offset: 'brussels', length: ours[0].length };
  const local = LOCAL.exec(text);
  if (local) return { offset: 'unclear', length: local[0].length };
  const [all, name, sign, hours, minutes = '00'] = ABBREVIATED.exec(text) ?? [];
  if (name === undefined) return { offset: 'brussels', length: 0 };
  const offset = sign === undefined ? ZONES[name] : `${sign}${hours!.padStart(2, '0')}:${minutes}`;
  return { offset: offset ?? 'unclear', length: all!.length };
}
