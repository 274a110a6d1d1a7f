import { messages } from './message.js';

/** Documents: the brief of a call, calendars, meeting packs and offers, newsletters. */
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

  'newsletters.title': { en: 'Newsletters', fr: 'Lettres d’information' },
  'newsletters.lead': {
    en: 'Pick calls, add a line to each, and send the result from your own e-mail tool or publish it. What a list has had is remembered.',
    fr: 'Choisissez des appels, ajoutez un mot à chacun, puis envoyez le résultat avec votre propre outil ou publiez-le. Ce qu’une liste a déjà reçu est gardé en mémoire.',
  },
  'newsletters.none': { en: 'No newsletter yet.', fr: 'Aucune lettre pour l’instant.' },
  'newsletters.new': { en: 'New newsletter', fr: 'Nouvelle lettre' },
  'newsletters.make': { en: 'Start', fr: 'Commencer' },
  'newsletters.back': { en: 'All newsletters', fr: 'Toutes les lettres' },
  'newsletters.calls': {
    en: '{n, plural, =0 {no call} one {# call} other {# calls}}',
    fr: '{n, plural, =0 {aucun appel} one {# appel} other {# appels}}',
  },
  'newsletters.issued': { en: 'sent on {day}', fr: 'envoyée le {day}' },
  'newsletters.draft': { en: 'draft, last edited by {who}', fr: 'brouillon, modifié par {who}' },
  'newsletter.list': { en: 'Readers', fr: 'Lecteurs' },
  'newsletter.list-help': {
    en: 'A name for the list, for example “Battery researchers”. Use the same name next time: calls that the list has already had are marked.',
    fr: 'Un nom pour la liste, par exemple «\u00a0Chercheurs batteries\u00a0». Reprenez le même nom la prochaine fois\u00a0: les appels que la liste a déjà reçus sont signalés.',
  },
  'newsletter.for': { en: 'For: {list}', fr: 'Pour\u00a0: {list}' },
  'newsletter.title': { en: 'Title', fr: 'Titre' },
  'newsletter.language': { en: 'Language', fr: 'Langue' },
  'newsletter.intro': { en: 'Introduction', fr: 'Introduction' },
  'newsletter.line': { en: 'Your line on this call', fr: 'Votre mot sur cet appel' },
  'newsletter.place': { en: 'Position', fr: 'Position' },
  'newsletter.leave-out': { en: 'Leave out', fr: 'Retirer' },
  'newsletter.add': { en: 'Add calls', fr: 'Ajouter des appels' },
  'newsletter.from': { en: 'From', fr: 'Parmi' },
  'newsletter.from.relevant': { en: 'Relevant calls', fr: 'Appels jugés pertinents' },
  'newsletter.from.study': { en: 'Calls to study', fr: 'Appels à étudier' },
  'newsletter.from.undecided': { en: 'Calls to decide on', fr: 'Appels à trier' },
  'newsletter.from.deadlines': { en: 'Deadlines within 90 days', fr: 'Échéances dans les 90 jours' },
  'newsletter.show-these': { en: 'Save and show these', fr: 'Enregistrer et afficher' },
  'newsletter.nothing-offered': { en: 'No other call here.', fr: 'Aucun autre appel ici.' },
  'newsletter.had': { en: 'sent on {day}', fr: 'déjà envoyé le {day}' },
  'newsletter.save': { en: 'Save', fr: 'Enregistrer' },
  'newsletter.changed-since': {
    en: 'A colleague has changed or sent this newsletter since you opened it. Nothing was saved: copy what you wrote, and reload the page.',
    fr: 'Un collègue a modifié ou envoyé cette lettre depuis que vous l’avez ouverte. Rien n’a été enregistré\u00a0: copiez votre texte, puis rechargez la page.',
  },
  'newsletter.preview': { en: 'Preview', fr: 'Aperçu' },
  'newsletter.preview-at': { en: 'Preview, {width} pixels wide', fr: 'Aperçu, {width} pixels de large' },
  'newsletter.take.html': { en: 'Download HTML', fr: 'Télécharger en HTML' },
  'newsletter.take.docx': { en: 'Download Word', fr: 'Télécharger en Word' },
  'newsletter.take.txt': { en: 'Download text', fr: 'Télécharger en texte' },
  'newsletter.issue': { en: 'Mark as sent', fr: 'Marquer comme envoyée' },
  'newsletter.issue-says': {
    en: 'Once you have sent it from your own tool. It can no longer be changed, and its calls are marked the next time you write to this list.',
    fr: 'Une fois que vous l’avez envoyée avec votre outil. Elle ne peut plus être modifiée, et ses appels seront signalés la prochaine fois que vous écrirez à cette liste.',
  },
  'newsletter.was-issued': {
    en: 'Sent on {day}. It can no longer be changed.',
    fr: 'Envoyée le {day}. Elle ne peut plus être modifiée.',
  },
  'newsletter.remove': { en: 'Delete', fr: 'Supprimer' },
  'newsletter.call-page': { en: 'Official page of the call', fr: 'Page officielle de l’appel' },
  'newsletter.foot': {
    en: 'Selected by {institute} with Carnot Europe.',
    fr: 'Sélection {institute}, avec Carnot Europe.',
  },
});
