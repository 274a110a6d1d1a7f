import { messages } from '../message.js';

/** What changed in a call. Fields are named as in the code; a section by its title, if any. */
export const changes = messages({
  'change.became.new': {
    en: 'New: seen for the first time.',
    fr: 'Nouveau\u00a0: vu pour la première fois.',
  },
  'change.became.closed': {
    en: 'Closed: its source stopped showing it at its deadline.',
    fr: 'Clos\u00a0: à sa date limite, sa source a cessé de l’afficher.',
  },
  'change.became.withdrawn': {
    en: 'Withdrawn: its source stopped showing it well before its deadline.',
    fr: 'Retiré\u00a0: sa source a cessé de l’afficher bien avant sa date limite.',
  },
  'change.became.withdrawn-undated': {
    en: 'Withdrawn: its source stopped showing it, without ever giving a deadline.',
    fr: 'Retiré\u00a0: sa source a cessé de l’afficher, sans avoir indiqué de date limite.',
  },
  'change.became.reappeared': { en: 'Its source shows it again.', fr: 'Sa source l’affiche de nouveau.' },
  'change.deadlines': {
    en: 'Deadline: {to} (before: {from})',
    fr: 'Date limite\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.moved': {
    en: '{n, plural, one {{n} day} other {{n} days}} {way, select, earlier {earlier} other {later}}',
    fr: '{way, select, earlier {avancée} other {reportée}} de {n, plural, one {{n}\u00a0jour} other {{n}\u00a0jours}}',
  },
  'change.none': { en: 'not stated', fr: 'non indiqué' },
  'change.opening': {
    en: 'Opening: {to} (before: {from})',
    fr: 'Ouverture\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.opened': { en: 'The call has opened.', fr: 'L’appel est ouvert.' },
  'change.closed': { en: 'Its source says it is closed.', fr: 'Sa source indique qu’il est clos.' },
  'change.status': { en: 'Its status at the source changed.', fr: 'Son statut à la source a changé.' },
  'change.budget': {
    en: 'Budget: {to} (before: {from})',
    fr: 'Budget\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.title': {
    en: 'The title changed; before: “{from}”',
    fr: 'Le titre a changé\u00a0; auparavant\u00a0: «\u00a0{from}\u00a0»',
  },
  'change.text': { en: 'The text changed: {section}', fr: 'Le texte a changé\u00a0: {section}' },
  'change.conditions': { en: 'The conditions changed.', fr: 'Les conditions ont changé.' },
  'change.identity': { en: 'Its identifier changed.', fr: 'Son identifiant a changé.' },
  'change.identifier': {
    en: 'Identifier: {to} (before: {from})',
    fr: 'Identifiant\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.trl': {
    en: 'Technology readiness level (TRL): {to} (before: {from})',
    fr: 'Niveau de maturité technologique (TRL)\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.levels.both': { en: '{from} to {to}', fr: '{from} à {to}' },
  'change.levels.from': { en: 'from {from}', fr: 'à partir de {from}' },
  'change.levels.to': { en: 'up to {to}', fr: 'jusqu’à {to}' },
  'change.other': { en: 'Changed: {field}', fr: 'Modifié\u00a0: {field}' },
  'change.notice': {
    en: 'Official note of {day}: “{text}”',
    fr: 'Note officielle du {day}\u00a0: «\u00a0{text}\u00a0»',
  },
  'change.because': {
    en: '{sentence}. Official note of {day}: “{text}”',
    fr: '{sentence}. Note officielle du {day}\u00a0: «\u00a0{text}\u00a0»',
  },
  'change.field.*': { en: 'another detail', fr: 'un autre détail' },
  'change.field.callTitle': { en: 'title of the call', fr: 'intitulé de l’appel' },
  'change.field.kind': { en: 'kind of call', fr: 'nature de l’appel' },
  'change.field.programme': { en: 'programme', fr: 'programme' },
  'change.field.divisions': { en: 'parts of the programme', fr: 'volets du programme' },
  'change.field.typesOfAction': { en: 'type of action', fr: 'type d’action' },
  'change.field.destination': { en: 'destination', fr: 'destination' },
  'change.field.keywords': { en: 'keywords', fr: 'mots-clés' },
  'change.field.url': { en: 'address of its page', fr: 'adresse de sa page' },
  'change.field.alsoAt': { en: 'its other addresses', fr: 'autres adresses' },
  'change.field.deadlineModel': { en: 'submission procedure', fr: 'procédure de soumission' },
  'change.field.sections': { en: 'order of the sections', fr: 'ordre des sections' },
  'change.field.summary': { en: 'summary', fr: 'résumé' },
  'change.field.other': { en: 'section without a title', fr: 'section sans titre' },
});
