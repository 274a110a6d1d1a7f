import { messages } from './message.js';

/** What is wrong with an input. */
export const problemsTexts = messages({
  // What is wrong with a value, to follow its field's name.
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
  // Titles of HTTP problems, and the text around sentences written in English.
  'problem.title.400': { en: 'Bad Request', fr: 'Requête incorrecte' },
  'problem.title.401': { en: 'Unauthorized', fr: 'Authentification requise' },
  'problem.title.403': { en: 'Forbidden', fr: 'Accès interdit' },
  'problem.title.404': { en: 'Not Found', fr: 'Introuvable' },
  'problem.title.405': { en: 'Method Not Allowed', fr: 'Méthode non autorisée' },
  'problem.title.409': { en: 'Conflict', fr: 'Conflit' },
  'problem.title.410': { en: 'Gone', fr: 'Supprimé' },
  'problem.title.412': { en: 'Precondition Failed', fr: 'Condition non remplie' },
  'problem.title.413': { en: 'Payload Too Large', fr: 'Contenu trop volumineux' },
  'problem.title.415': { en: 'Unsupported Media Type', fr: 'Format non pris en charge' },
  'problem.title.422': { en: 'Unprocessable Entity', fr: 'Contenu non valable' },
  'problem.title.429': { en: 'Too Many Requests', fr: 'Trop de demandes' },
  'problem.title.500': { en: 'Internal Server Error', fr: 'Erreur du serveur' },
  'problem.title.503': { en: 'Service Unavailable', fr: 'Service indisponible' },
  'problem.title.busy': { en: 'Server Busy', fr: 'Serveur très sollicité' },
  'problem.title.507': { en: 'Insufficient Storage', fr: 'Espace de stockage insuffisant' },
  'problem.its-value': { en: '{said} (it is {value})', fr: '{said} (valeur\u00a0: {value})' },
  'problem.yaml-line': {
    en: 'line {line}: {problem}. Fix: {fix}',
    fr: 'ligne {line}\u00a0: {problem}. Correction\u00a0: {fix}',
  },
  'answer.not-sent-within': {
    en: 'not sent within {value} seconds',
    fr: 'pas terminé en {value}\u00a0secondes',
  },
  'answer.status': { en: 'status {value}', fr: 'statut {value}' },
  'answer.mail-folder': {
    en: 'the mail folder cannot be written to ({value})',
    fr: 'le dossier des e-mails n’est pas accessible en écriture ({value})',
  },
});
