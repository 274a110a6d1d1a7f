import { messages } from '../../message.js';

/** Why a call fits, or does not. */
export const callMatch = messages({
  'call.reasons': { en: 'Why it fits', fr: 'Pourquoi cet appel' },
  'call.read-where': { en: 'see where', fr: 'voir où' },
  'call.reason.nearest': { en: 'the closest passage', fr: 'le passage le plus proche' },
  'call.points': {
    en: '{n} {n, select, 1 {point} other {points}}',
    fr: '{n} {n, select, 1 {point} other {points}}',
  },
  'call.times': { en: '×{n}', fr: '×{n}' },
  'call.habit': {
    en: '{own} of {of} projects; {usual}% of all projects',
    fr: '{own} sur {of} projets\u00a0; {usual}\u00a0% de tous les projets',
  },
  'call.more-terms': { en: '{n} more words', fr: '{n} autres mots' },
  'call.reasons-help': {
    en: 'Click a word to see where it appears. The points add up to the score.',
    fr: 'Cliquez sur un mot pour voir où il figure. La somme des points donne le score.',
  },
  'call.match-behind': {
    en: 'The call has just changed and is being matched again. Words that moved are not highlighted yet.',
    fr: 'L’appel vient de changer et ses correspondances sont en cours de calcul. Les mots déplacés ne sont pas encore marqués.',
  },
  'call.no-match': {
    en: 'No word of your profile appears in this call.',
    fr: 'Aucun mot de votre profil ne figure dans cet appel.',
  },
  'call.excluded': {
    en: 'Not counted: “{competence}”, because the call mentions “{term}”.',
    fr: 'Non comptée\u00a0: «\u00a0{competence}\u00a0», car l’appel parle de «\u00a0{term}\u00a0».',
  },
  'call.fits': { en: 'Institutes it fits', fr: 'Instituts concernés' },
  'call.no-fits': {
    en: 'It does not fit any institute well enough to be announced.',
    fr: 'Il ne correspond à aucun institut assez nettement pour être annoncé.',
  },
});
