import { messages } from './message.js';

/** Documents: the brief of a call, calendars, meeting packs and offers. */
export const documentsTexts = messages({
  // Initial content of an institute, in its own language, until it writes its own.
  'usual-milestone.idea': { en: 'Idea agreed', fr: 'Idée arrêtée' },
  'usual-milestone.partners': { en: 'Partners on board', fr: 'Partenaires réunis' },
  'usual-milestone.draft': { en: 'First draft', fr: 'Première version' },
  'usual-milestone.budget': { en: 'Budget', fr: 'Budget' },
  'usual-milestone.signatures': { en: 'Signatures', fr: 'Signatures' },
  'usual-milestone.submission': { en: 'Submission', fr: 'Dépôt' },
  'new-institute.to-describe': { en: 'To be described', fr: 'À décrire' },
  // A call on one page.
  'brief.above': {
    en: 'Call in brief, for {institute}',
    fr: 'Appel en bref, pour {institute}',
  },
  'brief.purpose': {
    en: 'Purpose',
    fr: 'Objet',
  },
  'brief.why': {
    en: 'Why {institute}',
    fr: 'Pourquoi {institute}',
  },
  'brief.own-words': {
    en: 'In the words of the call ({language}), shortened.',
    fr: 'Dans les mots de l’appel ({language}), abrégés.',
  },
  'brief.translated': {
    en: 'Machine translation ({from} → {to}) by {model}, not reviewed. Only the text of the call is authoritative.',
    fr: 'Traduction automatique ({from} → {to}) par {model}, non relue. Seul le texte de l’appel fait foi.',
  },
  'brief.page': {
    en: 'Call page',
    fr: 'Page de l’appel',
  },
  'brief.reason': {
    en: '{competence}: {terms}',
    fr: '{competence}\u00a0: {terms}',
  },
  'brief.passage': {
    en: 'Most relevant passage:',
    fr: 'Passage le plus pertinent\u00a0:',
  },
  'brief.foot': {
    en: 'Carnot Europe, {day}. The call page is authoritative.',
    fr: 'Carnot Europe, le {day}. La page de l’appel fait foi.',
  },
  // Texts of calendars beyond those shared with mails.
  'event.kind.single': {
    en: 'Deadline',
    fr: 'Échéance',
  },
  'event.kind.stage-1': {
    en: 'Stage 1 deadline',
    fr: 'Échéance de l’étape\u00a01',
  },
  'event.kind.stage-2': {
    en: 'Stage 2 deadline',
    fr: 'Échéance de l’étape\u00a02',
  },
  'event.kind.cut-off': {
    en: 'Cut-off',
    fr: 'Date intermédiaire (cut-off)',
  },
  'event.draft': {
    en: '{kind} (draft, not yet adopted)',
    fr: '{kind} (projet, pas encore adopté)',
  },
  'event.identifier': {
    en: 'Topic',
    fr: 'Sujet',
  },
  'event.fit': {
    en: 'Score',
    fr: 'Score',
  },
  'event.page': {
    en: 'Official page',
    fr: 'Page officielle',
  },
  'event.others': {
    en: '{n, plural, =1 {and one other} other {and {n} others}}',
    fr: '{n, plural, =1 {et un autre} other {et {n} autres}}',
  },
  // Meeting packs and offers.
  'paper.above.pack': {
    en: 'Carnot network, meeting pack',
    fr: 'Réseau Carnot, dossier de réunion',
  },
  'paper.above.offer': {
    en: 'Carnot network, offer',
    fr: 'Réseau Carnot, offre',
  },
  'paper.foot': {
    en: 'Carnot network',
    fr: 'Réseau Carnot',
  },
  'paper.labelled': {
    en: '{label}: {text}',
    fr: '{label}\u00a0: {text}',
  },
  'pack.title': {
    en: 'Meeting, {month}: {group}',
    fr: 'Réunion, {month}\u00a0: {group}',
  },
  'pack.decisions': {
    en: 'Decisions wanted',
    fr: 'Décisions attendues',
  },
  'pack.joint': {
    en: 'Joint opportunities',
    fr: 'Projets communs',
  },
  'pack.fresh': {
    en: 'New calls that fit two institutes or more',
    fr: 'Nouveaux appels correspondant à deux instituts ou plus',
  },
  'pack.moved': {
    en: 'Deadlines that moved',
    fr: 'Dates limites déplacées',
  },
  'pack.due': {
    en: 'Due within 90 days',
    fr: 'Échéances sous 90 jours',
  },
  'pack.results': {
    en: 'Results',
    fr: 'Résultats',
  },
  'pack.stage.forming': {
    en: 'building the team',
    fr: 'équipe en formation',
  },
  'pack.stage.preparing': {
    en: 'preparing',
    fr: 'en préparation',
  },
  'pack.stage.submitted': {
    en: 'submitted',
    fr: 'déposé',
  },
  'pack.stage.funded': {
    en: 'funded',
    fr: 'financé',
  },
  'pack.stage.rejected': {
    en: 'rejected',
    fr: 'rejeté',
  },
  'pack.stage.given-up': {
    en: 'given up',
    fr: 'abandonné',
  },
  'pack.column.call': { en: 'Call', fr: 'Appel' },
  'pack.column.deadline': { en: 'Deadline', fr: 'Date limite' },
  'pack.column.fits': { en: 'Fits', fr: 'Correspond à' },
  'pack.column.wants': { en: 'Interested', fr: 'Intéressés' },
  'pack.column.stage': { en: 'Stage', fr: 'Étape' },
  'pack.column.lead': { en: 'Lead', fr: 'Porteur' },
  'pack.column.members': { en: 'Members', fr: 'Membres' },
  'pack.column.change': { en: 'Change', fr: 'Modification' },
  'pack.none': {
    en: 'None.',
    fr: 'Aucun élément.',
  },
  'pack.before': {
    en: 'by {day}',
    fr: 'avant le {day}',
  },
  'pack.others': {
    en: '{n} more',
    fr: '{n, plural, one {{n} autre} other {{n} autres}}',
  },
  'pack.more': {
    en: 'And {n} more: see the cockpit of the network.',
    fr: 'Et {n, plural, one {{n} autre} other {{n} autres}}\u00a0: voir le pilotage du réseau.',
  },
  'pack.no-lead': {
    en: 'No lead yet',
    fr: 'Sans porteur',
  },
  'pack.who-leads': {
    en: 'Who leads “{title}”?',
    fr: 'Qui porte «\u00a0{title}\u00a0»\u00a0?',
  },
  'pack.begin': {
    en: 'Start a joint opportunity for “{title}”? Interested: {names}',
    fr: 'Lancer un projet commun pour «\u00a0{title}\u00a0»\u00a0? Intéressés\u00a0: {names}',
  },
  'offer.title': {
    en: 'What the Carnot network offers: {of}',
    fr: 'L’offre du réseau Carnot\u00a0: {of}',
  },
  'offer.call': {
    en: 'The call',
    fr: 'L’appel',
  },
  'offer.brings': {
    en: 'What the institutes bring',
    fr: 'Ce que les instituts apportent',
  },
  'offer.answers': {
    en: 'What the call expects, and who answers',
    fr: 'Ce que l’appel attend, et qui y répond',
  },
  'offer.references': {
    en: 'Projects won',
    fr: 'Projets remportés',
  },
  'offer.contact': {
    en: 'Contact',
    fr: 'Contact',
  },
  'offer.contact-text': {
    en: 'Carnot network, European affairs: [name, e-mail address, telephone]',
    fr: 'Réseau Carnot, affaires européennes\u00a0: [nom, adresse e-mail, téléphone]',
  },
  'offer.intro': {
    en: '{n, plural, one {{n} Carnot institute combines its} other {{n} Carnot institutes combine their}} competences in one offer.',
    fr: '{n, plural, =1 {Un institut Carnot met} other {{n} instituts Carnot réunissent}} {n, plural, =1 {ses} other {leurs}} compétences dans une offre unique.',
  },
  'offer.also': {
    en: 'Also in the network: {names}.',
    fr: 'Également dans le réseau\u00a0: {names}.',
  },
  'offer.closes': {
    en: 'Closes on {day}',
    fr: 'Clôture le {day}',
  },
});
