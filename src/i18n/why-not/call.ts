import { messages } from '../message.js';

/** Why a call is or is not announced, as far as the call and the profile decide. An unknown day is "none". */
export const whyNotOfCall = messages({
  'why-not.status.open': { en: 'It is open.', fr: 'Il est ouvert.' },
  'why-not.status.forthcoming': {
    en: 'It has not opened yet, and can be announced.',
    fr: 'Il n’est pas encore ouvert, et peut être annoncé.',
  },
  'why-not.status.withdrawn': {
    en: 'It was withdrawn: its source no longer shows it.',
    fr: 'Il a été retiré\u00a0: sa source ne le montre plus.',
  },
  'why-not.status.closed': {
    en: 'Its source says it is closed: closed calls are not announced.',
    fr: 'Sa source le dit clos\u00a0: un appel clos n’est pas annoncé.',
  },
  'why-not.status.passed': {
    en: 'Its deadline has passed on {day}: closed calls are not announced.',
    fr: 'Sa date limite est passée le {day}\u00a0: un appel clos n’est pas annoncé.',
  },
  'why-not.subject.own': { en: 'It is about a subject of its own.', fr: 'Il porte sur un sujet précis.' },
  'why-not.subject.any': {
    en: 'It is open to all subjects ({scheme}): such calls have their own list and match no competence.',
    fr: 'Il est ouvert à tous les sujets ({scheme})\u00a0: ces appels ont leur propre liste et ne correspondent à aucune compétence.',
  },
  'why-not.exclusion.none': {
    en: 'It contains no word that a competence excludes.',
    fr: 'Il ne contient aucun mot qu’une compétence exclut.',
  },
  'why-not.exclusion.place': {
    en: '“{competence}” does not count because of “{term}”{sections, select, none {} other { in {sections}}} (“{passage}”)',
    fr: '«\u00a0{competence}\u00a0» ne compte pas à cause de «\u00a0{term}\u00a0»{sections, select, none {} other { dans {sections}}} («\u00a0{passage}\u00a0»)',
  },
  'why-not.exclusion.stopped': {
    en: '{places}. Without that it would score {n, number, tenths} and be announced.',
    fr: '{places}. Sans cela, il obtiendrait {n, number, tenths} et serait annoncé.',
  },
  'why-not.exclusion.passed': {
    en: '{places}. This makes no difference to its announcement.',
    fr: '{places}. Cela ne change rien à son annonce.',
  },
  'why-not.addressees.none': {
    en: 'It is not aimed mainly at others.',
    fr: 'Il ne vise pas d’abord d’autres organismes.',
  },
  'why-not.addressees.answered': {
    en: 'It is aimed at {to}; you answer such calls, so it loses no points.',
    fr: 'Il s’adresse {to}\u00a0; vous répondez à de tels appels, et il ne perd rien.',
  },
  'why-not.addressees.loses': {
    en: 'It is aimed at {to}, and research institutes rarely answer such calls: it loses {n, plural, one {{n, number, tenths} point} other {{n, number, tenths} points}}',
    fr: 'Il s’adresse {to}, et les instituts de recherche y répondent rarement\u00a0: cela lui retire {n, plural, one {{n, number, tenths}\u00a0point} other {{n, number, tenths}\u00a0points}}',
  },
  'why-not.addressees.stopped': {
    en: '{loses}. Without that it would score {n, number, tenths} and be announced. If you answer such calls, say so in your preferences.',
    fr: '{loses}. Sans cela, il obtiendrait {n, number, tenths} et serait annoncé. Si vous répondez à de tels appels, dites-le dans vos préférences.',
  },
  'why-not.addressees.passed': {
    en: '{loses}, which makes no difference to its announcement.',
    fr: '{loses}, sans rien changer à son annonce.',
  },
  'why-not.reading.unread': {
    en: 'The language model has not read it for this institute: the built-in ranking decides.',
    fr: 'Le modèle de langue ne l’a pas lu pour cet institut\u00a0: le classement intégré décide.',
  },
  'why-not.reading.decided': {
    en: 'The institute has decided on it: the language model is not asked.',
    fr: 'L’institut a pris une décision à son sujet\u00a0: le modèle de langue n’est pas consulté.',
  },
  'why-not.reading.said': { en: '{said}.', fr: '{said}.' },
  'why-not.reading.without': {
    en: '{said}. The built-in ranking alone would score it {n, number, tenths} and {announced, select, yes {announce it} other {not announce it}}.',
    fr: '{said}. Avec le seul classement intégré, il obtiendrait {n, number, tenths} et {announced, select, yes {serait annoncé} other {ne serait pas annoncé}}.',
  },
  'why-not.score.enough': {
    en: 'It scores {n, number, tenths}; calls are announced from {least, number, tenths}.',
    fr: 'Il obtient {n, number, tenths}\u00a0; un appel est annoncé à partir de {least, number, tenths}.',
  },
  'why-not.score.short': {
    en: 'It scores {n, number, tenths}, and calls are announced from {least, number, tenths}: {lacking, plural, one {{lacking, number, tenths} point} other {{lacking, number, tenths} points}} short; {near, select, none {no word of the profile comes close} other {closest: {near}}}.',
    fr: 'Il obtient {n, number, tenths}, et un appel est annoncé à partir de {least, number, tenths}\u00a0: il manque {lacking, plural, one {{lacking, number, tenths}\u00a0point} other {{lacking, number, tenths}\u00a0points}}\u00a0; {near, select, none {aucun mot du profil ne s’en approche} other {au plus près\u00a0: {near}}}.',
  },
  'why-not.verdict.none': { en: 'No decision yet.', fr: 'Pas encore de décision.' },
  'why-not.verdict.decided': {
    en: 'It was {verdict, select, relevant {found relevant} study {marked “to study”} later {put off} other {marked “not for us”{reason, select, none {} other { ({reason})}}}}{day, select, none {} other { on {day}}}: it is no longer among the calls to decide{verdict, select, not {, and is no longer announced} other {}}.',
    fr: 'Il a été {verdict, select, relevant {jugé pertinent} study {marqué «\u00a0à étudier\u00a0»} later {reporté} other {classé «\u00a0non retenu\u00a0»{reason, select, none {} other { ({reason})}}}}{day, select, none {} other { le {day}}}\u00a0: il ne figure plus parmi les appels à trier{verdict, select, not {, et il n’est plus annoncé} other {}}.',
  },
  'why-not.reason.topic': { en: 'other subject', fr: 'autre sujet' },
  'why-not.reason.trl': { en: 'TRL', fr: 'TRL' },
  'why-not.reason.role': { en: 'role', fr: 'rôle' },
  'why-not.reason.budget': { en: 'budget', fr: 'budget' },
  'why-not.reason.timing': { en: 'timing', fr: 'calendrier' },
  'why-not.reason.eligibility': { en: 'eligibility', fr: 'éligibilité' },
  'why-not.reason.capacity': { en: 'no capacity', fr: 'pas de capacité' },
});
