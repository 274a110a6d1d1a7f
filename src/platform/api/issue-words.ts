import { z } from 'zod';
import { frenchSpaces } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';

/** What is wrong with a value, as far as its schema says it in zod's own words and not in its author's. */
export type IssueLike = Partial<Omit<z.core.$ZodRawIssue, 'code'>> & {
  code?: string | undefined;
  message?: string | undefined;
};

interface Words {
  required: string;
  unknown: string;
  wrong: string;
  format: string;
  choice: (values: string) => string;
  type: (name: string) => string;
  types: Record<string, string>;
  formats: Record<string, string>;
  empty: string;
  steps: (n: string) => string;
  least: (n: string, what: string) => string;
  most: (n: string, what: string) => string;
  units: Record<string, (n: number) => string>;
}

const many =
  (one: string, other: string) =>
  (n: number): string =>
    n === 1 ? one : other;
const peu =
  (one: string, other: string) =>
  (n: number): string =>
    n < 2 ? one : other;

const WORDS: Record<Language, Words> = {
  en: {
    required: 'is required',
    unknown: 'is not a known field',
    wrong: 'is not a valid value',
    format: 'does not have the right format',
    empty: 'must not be empty',
    choice: (values) => `must be one of: ${values}`,
    type: (name) => `must be ${name}`,
    steps: (n) => `must be a multiple of ${n}`,
    types: {
      string: 'a text',
      number: 'a number',
      int: 'a whole number',
      boolean: 'true or false',
      array: 'a list',
      object: 'an object',
      record: 'an object',
      date: 'a date',
    },
    formats: {
      email: 'is not a valid e-mail address',
      uuid: 'is not a valid identifier (UUID)',
      url: 'is not a valid web address',
      date: 'is not a date such as 2026-06-01',
      datetime: 'is not a date and time such as 2026-06-01T17:00:00Z',
      time: 'is not a time such as 17:00',
    },
    least: (n, what) => `must have at least ${n}${what && ` ${what}`}`,
    most: (n, what) => `must have at most ${n}${what && ` ${what}`}`,
    units: { string: many('character', 'characters'), array: many('entry', 'entries') },
  },
  fr: {
    required: 'est obligatoire',
    unknown: 'n’est pas un champ connu',
    wrong: 'n’est pas une valeur possible',
    format: 'n’a pas le bon format',
    empty: 'ne doit pas être vide',
    choice: (values) => `valeurs possibles\u00a0: ${values}`,
    type: (name) => `doit être ${name}`,
    steps: (n) => `doit être un multiple de ${n}`,
    types: {
      string: 'un texte',
      number: 'un nombre',
      int: 'un nombre entier',
      boolean: 'true ou false',
      array: 'une liste',
      object: 'un objet',
      record: 'un objet',
      date: 'une date',
    },
    formats: {
      email: 'n’est pas une adresse e-mail valable',
      uuid: 'n’est pas un identifiant (UUID) valable',
      url: 'n’est pas une adresse web valable',
      date: 'n’est pas une date comme 2026-06-01',
      datetime: 'n’est pas une date avec heure comme 2026-06-01T17:00:00Z',
      time: 'n’est pas une heure comme 17:00',
    },
    least: (n, what) => `doit compter au moins ${n}${what && ` ${what}`}`,
    most: (n, what) => `doit compter au plus ${n}${what && ` ${what}`}`,
    units: { string: peu('caractère', 'caractères'), array: peu('élément', 'éléments') },
  },
};

/** A number has a bound, a text and a list have a size. */
const BOUNDS: Record<Language, { least: (n: string) => string; most: (n: string) => string }> = {
  en: { least: (n) => `must be ${n} or more`, most: (n) => `must be ${n} or less` },
  fr: { least: (n) => `doit être au moins ${n}`, most: (n) => `doit être au plus ${n}` },
};

function ofSize(issue: IssueLike, bound: unknown, which: 'least' | 'most', language: Language): string {
  const words = WORDS[language];
  const unit = words.units[String(issue.origin)];
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(Number(bound));
  if (!unit) return BOUNDS[language][which](number);
  return which === 'least' && Number(bound) === 1 ? words.empty : words[which](number, unit(Number(bound)));
}

/** "Invalid input: expected string, received undefined": a finished issue no longer has its input. */
const isMissing = ({ input, message }: IssueLike): boolean =>
  message === undefined ? input === undefined : message.endsWith('received undefined');

/** A zod issue in plain words, to follow the name of its field; undefined where the schema's author said it in their own. */
export function issueWords(issue: IssueLike, language: Language): string | undefined {
  const words = WORDS[language];
  const said = ((): string | undefined => {
    switch (issue.code) {
      case 'invalid_type':
        return isMissing(issue)
          ? words.required
          : words.type(words.types[String(issue.expected)] ?? String(issue.expected));
      case 'too_small':
        return ofSize(issue, issue.minimum, 'least', language);
      case 'too_big':
        return ofSize(issue, issue.maximum, 'most', language);
      case 'invalid_format':
        return words.formats[String(issue.format)] ?? words.format;
      case 'invalid_value':
        return words.choice(((issue.values as unknown[] | undefined) ?? []).map(String).join(', '));
      case 'not_multiple_of':
        return words.steps(String(issue.divisor));
      case 'unrecognized_keys':
        return words.unknown;
      case 'invalid_union':
      case 'invalid_key':
      case 'invalid_element':
        return words.wrong;
      default:
        return undefined;
    }
  })();
  return said !== undefined && language === 'fr' ? frenchSpaces(said) : said;
}
