import { messages } from '../message.js';

/** Titles of HTTP problems, and the text around sentences written in English. */
export const problems = messages({
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
