import { messages } from '../message.js';

/** The age of a source's data, and why the source cannot be read. */
export const sourceAges = messages({
  'source-age.read': {
    en: 'last read in full on {moment}, {age}',
    fr: 'lu en entier pour la dernière fois le {moment}, {age}',
  },
  'source-age.never': { en: 'not yet read successfully', fr: 'pas encore lu avec succès' },
  'source-age.never-because': {
    en: 'not yet read successfully, because {why}',
    fr: 'pas encore lu avec succès, car {why}',
  },
  'source-age.not-since': {
    en: 'not read since {moment}, {age}, because {why}; its calls are shown as they were then',
    fr: 'non lu depuis le {moment}, {age}, car {why}\u00a0; ses appels sont montrés tels qu’ils étaient alors',
  },
  'source-age.quiet': {
    en: 'last read in full on {moment}, {age}; it has shown nothing new for an unusually long time, so check its own page too',
    fr: 'lu en entier pour la dernière fois le {moment}, {age}\u00a0; il ne montre rien de nouveau depuis un temps inhabituel, consultez donc aussi son propre site',
  },
  'source-age.why.doubtful': { en: 'its answers are contradictory', fr: 'ses réponses sont contradictoires' },
  'source-age.why.broken': {
    en: 'its format has changed and can no longer be read',
    fr: 'son format a changé et n’est plus lisible',
  },
  'source-age.why.blocked': { en: 'it refuses our requests', fr: 'il refuse nos requêtes' },
  'source-age.why.refused': { en: 'it denies us access', fr: 'l’accès nous est interdit' },
  'source-age.why.throttled': {
    en: 'it limits how often we may read it',
    fr: 'il limite la fréquence de nos lectures',
  },
  'source-age.why.unreachable': { en: 'it is not responding', fr: 'le site ne répond pas' },
});
