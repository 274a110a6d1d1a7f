import { messages } from '../../message.js';

/** The effect of a profile change. */
export const profilePreview = messages({
  'profile.preview': { en: 'What this changes', fr: 'Ce que cela change' },
  'profile.preview.button': { en: 'Preview', fr: 'Aperçu' },
  'profile.preview.help': {
    en: 'Change something to see the calls gained and lost over the last 12 months. Nothing is saved.',
    fr: 'Modifiez quelque chose : les appels gagnés et perdus sur les 12 derniers mois s’affichent ici, sans rien enregistrer.',
  },
  'profile.preview.to-correct': {
    en: 'Correct the form before trying this profile.',
    fr: 'Corrigez le formulaire avant d’essayer ce profil.',
  },
  'profile.preview.sum': {
    en: '+{gained, number} gained, −{lost, number} lost.',
    fr: '+{gained, number} {gained, plural, one {gagné} other {gagnés}}, −{lost, number} {lost, plural, one {perdu} other {perdus}}.',
  },
  'profile.preview.totals': {
    en: '{after, plural, one {# match} other {# matches}} instead of {before, number}.',
    fr: '{after, plural, one {# appel retenu} other {# appels retenus}} au lieu de {before, number}.',
  },
  'profile.preview.same': {
    en: 'Nothing changes: {n, plural, one {# match} other {# matches}}, as saved.',
    fr: 'Rien ne change : {n, plural, one {# appel retenu} other {# appels retenus}}, comme enregistré.',
  },
  'profile.preview.gained': { en: 'Gained ({n, number})', fr: 'Gagnés ({n, number})' },
  'profile.preview.lost': { en: 'Lost ({n, number})', fr: 'Perdus ({n, number})' },
  'profile.preview.changed': { en: 'Score changed ({n, number})', fr: 'Score modifié ({n, number})' },
  'profile.preview.score': {
    en: '{before, number} → {after, number}',
    fr: '{before, number} → {after, number}',
  },
  'profile.preview.points': { en: 'points', fr: 'points' },
  'profile.preview.more': { en: 'and {n, number} more', fr: 'et {n, number} de plus' },
  'profile.preview.messages': {
    en: 'With this profile: about {aWeek, plural, one {# message} other {# messages}} a week ({digests, plural, one {# digest} other {# digests}}, {urgent, number} urgent), judging by the last {weeks, plural, one {week} other {# weeks}}; {before, number} with the saved profile.',
    fr: 'Avec ce profil\u00a0: environ {aWeek, plural, one {# message} other {# messages}} par semaine ({digests, plural, one {# récapitulatif} other {# récapitulatifs}}, {urgent, number} en urgence), d’après {weeks, plural, one {la dernière semaine} other {les # dernières semaines}}\u00a0; {before, number} avec le profil enregistré.',
  },
  'profile.preview.unread': {
    en: 'Both are compared by the built-in ranking: the language model reads the calls again once the profile is saved.',
    fr: 'La comparaison suit le classement intégré\u00a0: le modèle de langue relit les appels une fois le profil enregistré.',
  },
  'profile.preview.basis': {
    en: 'Out of {calls, plural, one {# call} other {# calls}} of the last 12 months, from a score of {minScore, number}. This profile would announce about {weekly, number} a week.',
    fr: 'Sur {calls, plural, one {# appel} other {# appels}} des 12 derniers mois, à partir d’un score de {minScore, number}. Ce profil en annoncerait environ {weekly, number} par semaine.',
  },
});
