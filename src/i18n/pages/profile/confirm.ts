import { messages } from '../../message.js';

/** What an institute is asked to check in an unconfirmed profile. */
export const profileConfirm = messages({
  'confirm.title': { en: 'To be confirmed by the institute', fr: 'À confirmer par l’institut' },
  'confirm.intro': {
    en: 'This profile was written without the institute, from public sources or general knowledge, or nobody there has confirmed it yet.',
    fr: 'Ce profil a été établi sans l’institut, à partir de sources publiques ou de connaissances générales, ou personne n’y a encore confirmé qu’il est juste.',
  },
  'confirm.points': { en: 'Please check:', fr: 'À vérifier\u00a0:' },
  'confirm.button': { en: 'The profile is right: confirm it', fr: 'Le profil est juste : le confirmer' },
  'confirm.few-competences': {
    en: '{n, plural, one {There is only one competence} other {There are only # competences}}: is that all the institute does?',
    fr: '{n, plural, one {Il n’y a qu’une compétence} other {Il n’y a que # compétences}}\u00A0: est-ce tout ce que fait l’institut ?',
  },
  'confirm.no-contact': {
    en: 'Nobody receives its e-mails yet.',
    fr: 'Personne ne reçoit encore ses e-mails.',
  },
  'confirm.no-people': {
    en: 'No researcher is linked to its competences.',
    fr: 'Aucun chercheur n’est associé aux compétences.',
  },
  'confirm.no-description': {
    en: '“{competence}” has no description.',
    fr: '« {competence} » n’a pas de description.',
  },
  'confirm.no-keywords': {
    en: '“{competence}” has no keywords: only its name is searched for.',
    fr: '« {competence} » n’a pas de mots-clés : seul son intitulé est recherché.',
  },
  'confirm.only-english': {
    en: '“{competence}” has keywords in English only: French calls are missed.',
    fr: '« {competence} » n’a de mots-clés qu’en anglais : les appels français lui échappent.',
  },
  'confirm.only-french': {
    en: '“{competence}” has keywords in French only: most European calls are in English.',
    fr: '« {competence} » n’a de mots-clés qu’en français : la plupart des appels européens sont en anglais.',
  },
  'confirm.repeated-keyword': {
    en: '“{keyword}” in “{competence}” also appears in “{also}”.',
    fr: '« {keyword} », de « {competence} », figure aussi dans « {also} ».',
  },
  'confirm.common-keyword': {
    en: '“{keyword}” in “{competence}” applies to almost everything.',
    fr: '«\u00a0{keyword}\u00a0», dans «\u00a0{competence}\u00a0», s’applique à presque tout.',
  },
});
