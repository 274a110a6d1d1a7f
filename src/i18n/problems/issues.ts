import { messages } from '../message.js';

/** What is wrong with a value, to follow its field's name. */
export const issues = messages({
  'issue.required': { en: 'is required', fr: 'est obligatoire' },
  'issue.unknown': { en: 'is not a known field', fr: 'n’est pas un champ connu' },
  'issue.wrong': { en: 'is not a valid value', fr: 'n’est pas une valeur possible' },
  'issue.format': { en: 'does not have the right format', fr: 'n’a pas le bon format' },
  'issue.empty': { en: 'must not be empty', fr: 'ne doit pas être vide' },
  'issue.choice': { en: 'must be one of: {values}', fr: 'valeurs possibles\u00a0: {values}' },
  'issue.type': { en: 'must be {type}', fr: 'doit être {type}' },
  'issue.steps': { en: 'must be a multiple of {n}', fr: 'doit être un multiple de {n}' },
  'issue.type.string': { en: 'a text', fr: 'un texte' },
  'issue.type.number': { en: 'a number', fr: 'un nombre' },
  'issue.type.int': { en: 'a whole number', fr: 'un nombre entier' },
  'issue.type.boolean': { en: 'true or false', fr: 'true ou false' },
  'issue.type.array': { en: 'a list', fr: 'une liste' },
  'issue.type.object': { en: 'an object', fr: 'un objet' },
  'issue.type.record': { en: 'an object', fr: 'un objet' },
  'issue.type.date': { en: 'a date', fr: 'une date' },
  'issue.format.email': { en: 'is not a valid e-mail address', fr: 'n’est pas une adresse e-mail valable' },
  'issue.format.uuid': {
    en: 'is not a valid identifier (UUID)',
    fr: 'n’est pas un identifiant (UUID) valable',
  },
  'issue.format.url': { en: 'is not a valid web address', fr: 'n’est pas une adresse web valable' },
  'issue.format.date': { en: 'is not a date such as 2026-06-01', fr: 'n’est pas une date comme 2026-06-01' },
  'issue.format.datetime': {
    en: 'is not a date and time such as 2026-06-01T17:00:00Z',
    fr: 'n’est pas une date avec heure comme 2026-06-01T17:00:00Z',
  },
  'issue.format.time': { en: 'is not a time such as 17:00', fr: 'n’est pas une heure comme 17:00' },
  'issue.least.number': { en: 'must be {n, number} or more', fr: 'doit être au moins {n, number}' },
  'issue.most.number': { en: 'must be {n, number} or less', fr: 'doit être au plus {n, number}' },
  'issue.least.string': {
    en: 'must have at least {n, plural, one {{n, number} character} other {{n, number} characters}}',
    fr: 'doit compter au moins {n, plural, one {{n, number} caractère} other {{n, number} caractères}}',
  },
  'issue.least.array': {
    en: 'must have at least {n, plural, one {{n, number} entry} other {{n, number} entries}}',
    fr: 'doit compter au moins {n, plural, one {{n, number} élément} other {{n, number} éléments}}',
  },
  'issue.most.string': {
    en: 'must have at most {n, plural, one {{n, number} character} other {{n, number} characters}}',
    fr: 'doit compter au plus {n, plural, one {{n, number} caractère} other {{n, number} caractères}}',
  },
  'issue.most.array': {
    en: 'must have at most {n, plural, one {{n, number} entry} other {{n, number} entries}}',
    fr: 'doit compter au plus {n, plural, one {{n, number} élément} other {{n, number} éléments}}',
  },
});
