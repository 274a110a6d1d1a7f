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
    fr: 'au plus tard le {day}',
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
    en: 'Pick calls, add a line to each, and send the result to a list of readers, from here or from your own tool. What a list has had is remembered.',
    fr: 'Choisissez des appels, ajoutez un mot à chacun, puis envoyez le résultat à une liste de lecteurs, d’ici ou avec votre propre outil. Ce qu’une liste a déjà reçu est gardé en mémoire.',
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
    en: 'A name for the list, for example “Battery researchers”; its readers will see it. Use the same name next time: calls that the list has already had are marked.',
    fr: 'Un nom pour la liste, par exemple «\u00a0Chercheurs batteries\u00a0»\u00a0; ses lecteurs le verront. Reprenez le même nom la prochaine fois\u00a0: les appels que la liste a déjà reçus sont signalés.',
  },
  'newsletter.for': { en: 'For: {list}', fr: 'Pour\u00a0: {list}' },
  'newsletter.title': { en: 'Title', fr: 'Titre' },
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
  'newsletter.changed-since': {
    en: 'A colleague has changed or sent this newsletter since you opened it. Nothing was saved: copy what you wrote, and reload the page.',
    fr: 'Un collègue a modifié ou envoyé cette lettre depuis que vous l’avez ouverte. Rien n’a été enregistré\u00a0: copiez votre texte, puis rechargez la page.',
  },
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
  'newsletter.call-page': { en: 'Official page of the call', fr: 'Page officielle de l’appel' },
  'newsletter.foot': {
    en: 'Selected by {institute} with Carnot Europe.',
    fr: 'Sélection {institute}, avec Carnot Europe.',
  },
  'newsletter.because': {
    en: 'You receive this e-mail because {institute} has put your address on its list “{list}”.',
    fr: '{institute} vous adresse cet e-mail parce que votre adresse figure sur sa liste «\u00a0{list}\u00a0».',
  },
  'newsletter.replies': {
    en: 'Replies go to {officer}.',
    fr: 'Vos réponses parviendront à {officer}.',
  },
  'newsletter.leave': { en: 'Leave this list', fr: 'Se désinscrire de cette liste' },
  'newsletter.as-sent': { en: 'As sent', fr: 'Telle qu’envoyée' },
  'newsletter.send': { en: 'Send', fr: 'Envoi' },
  'newsletter.on-list': {
    en: '{n, plural, =0 {Nobody is on the list “{list}” yet.} one {# person is on the list “{list}”.} other {# people are on the list “{list}”.}}',
    fr: '{n, plural, =0 {Personne n’est encore inscrit sur la liste «\u00a0{list}\u00a0».} one {# personne est inscrite sur la liste «\u00a0{list}\u00a0».} other {# personnes sont inscrites sur la liste «\u00a0{list}\u00a0».}}',
  },
  'newsletter.see-readers': { en: 'See and add readers', fr: 'Voir et ajouter des lecteurs' },
  'newsletter.send-says': {
    en: 'Each reader gets their own e-mail, as in the preview, with a link to leave the list. Save your changes first. Once sent, it can no longer be changed or deleted.',
    fr: 'Chaque lecteur reçoit son propre e-mail, comme dans l’aperçu, avec un lien pour se désinscrire. Enregistrez d’abord vos modifications. Une fois envoyée, la lettre ne peut plus être ni modifiée ni supprimée.',
  },
  'newsletter.send-do': {
    en: 'Send to {n, plural, one {# reader} other {# readers}}',
    fr: 'Envoyer à {n, plural, one {# lecteur} other {# lecteurs}}',
  },
  'newsletter.reached': { en: 'Who received it', fr: 'Qui l’a reçue' },
  'newsletter.had-it': {
    en: '{n, plural, =0 {Sent to nobody yet} one {Sent to # reader} other {Sent to # readers}}',
    fr: '{n, plural, =0 {Envoyée à personne pour l’instant} one {Envoyée à # lecteur} other {Envoyée à # lecteurs}}',
  },
  'newsletter.waiting': {
    en: '{n, plural, one {# copy is waiting to be sent} other {# copies are waiting to be sent}}',
    fr: '{n, plural, one {# envoi en attente} other {# envois en attente}}',
  },
  'newsletter.failed': {
    en: '{n, plural, one {# copy was not delivered} other {# copies were not delivered}}',
    fr: '{n, plural, one {# envoi n’a pas abouti} other {# envois n’ont pas abouti}}',
  },
  'newsletter.left-out.left': {
    en: '{n, plural, one {# reader had left the list} other {# readers had left the list}}',
    fr: '{n, plural, one {# lecteur s’était désinscrit} other {# lecteurs s’étaient désinscrits}}',
  },
  'newsletter.left-out.stopped': {
    en: '{n, plural, one {# address no longer exists} other {# addresses no longer exist}}',
    fr: '{n, plural, one {# adresse n’existe plus} other {# adresses n’existent plus}}',
  },
  'newsletter.left-out.objects': {
    en: '{n, plural, one {# reader wants no calls from the institute} other {# readers want no calls from the institute}}',
    fr: '{n, plural, one {# lecteur ne veut recevoir aucun appel de l’institut} other {# lecteurs ne veulent recevoir aucun appel de l’institut}}',
  },
  'newsletter.left-out.removed': {
    en: '{n, plural, one {# reader was removed while it was being sent} other {# readers were removed while it was being sent}}',
    fr: '{n, plural, one {# lecteur a été retiré pendant l’envoi} other {# lecteurs ont été retirés pendant l’envoi}}',
  },
  'newsletter.left-out.skipped': {
    en: '{n, plural, one {# copy was skipped when this installation was restored from a backup} other {# copies were skipped when this installation was restored from a backup}}',
    fr: '{n, plural, one {# envoi a été abandonné lors d’une restauration} other {# envois ont été abandonnés lors d’une restauration}}',
  },

  'readers.title': { en: 'Readers of “{list}”', fr: 'Lecteurs de «\u00a0{list}\u00a0»' },
  'readers.of-all': { en: 'Readers of all lists', fr: 'Lecteurs de toutes les listes' },
  'readers.lists': { en: 'Lists', fr: 'Listes' },
  'readers.says': {
    en: 'They get the newsletters that you send to this list. Each of them can leave with one click, and then only they can come back.',
    fr: 'Ils reçoivent les lettres que vous envoyez à cette liste. Chacun peut se désinscrire en un clic, et lui seul peut alors se réinscrire.',
  },
  'readers.unsent': { en: 'Not sent yet:', fr: 'Pas encore envoyée\u00a0:' },
  'readers.none': { en: 'Nobody is on this list yet.', fr: 'Personne n’est encore inscrit sur cette liste.' },
  'readers.count': {
    en: '{n, plural, =0 {no reader} one {# reader} other {# readers}}',
    fr: '{n, plural, =0 {aucun lecteur} one {# lecteur} other {# lecteurs}}',
  },
  'readers.left': { en: 'left on {day}', fr: 'désinscrit le {day}' },
  'readers.stopped': { en: 'address no longer exists', fr: 'adresse inexistante' },
  'readers.origin.typed': { en: 'entered by hand', fr: 'saisi à la main' },
  'readers.origin.researcher': { en: 'from your researchers', fr: 'parmi vos chercheurs' },
  'readers.origin.contact': { en: 'from the contacts of the profile', fr: 'parmi les contacts du profil' },
  'readers.added-by': { en: 'added by {who} on {day}', fr: 'ajouté par {who} le {day}' },
  'readers.add': { en: 'Add readers', fr: 'Ajouter des lecteurs' },
  'readers.researchers': { en: 'Your researchers', fr: 'Vos chercheurs' },
  'readers.contacts': { en: 'Contacts of your profile', fr: 'Contacts de votre profil' },
  'readers.all': { en: 'All ({n})', fr: 'Tous ({n})' },
  'readers.first': {
    en: 'The first {n} are shown. Add all of them, or enter the addresses of the others below.',
    fr: 'Seuls les {n} premiers sont affichés. Ajoutez-les tous, ou saisissez ci-dessous les adresses des autres.',
  },
  'readers.lines': { en: 'Other addresses', fr: 'Autres adresses' },
  'readers.lines-help': {
    en: 'One per line: {address}, or {person}',
    fr: 'Une par ligne\u00a0: {address}, ou {person}',
  },
  'readers.nobody-added': { en: 'Nobody was added.', fr: 'Personne n’a été ajouté.' },
  'readers.nobody-chosen': {
    en: 'Choose people, or enter addresses.',
    fr: 'Choisissez des personnes, ou saisissez des adresses.',
  },
  'readers.bad-line': {
    en: 'Line {line} is not an address: {text}',
    fr: 'La ligne {line} n’est pas une adresse\u00a0: {text}',
  },
  'readers.added': {
    en: '{added, plural, =0 {Nobody was added} one {# reader added} other {# readers added}}{already, plural, =0 {.} one {; # was on the list already.} other {; # were on the list already.}}',
    fr: '{added, plural, =0 {Personne n’a été ajouté} one {# lecteur ajouté} other {# lecteurs ajoutés}}{already, plural, =0 {.} one {\u00a0; # figurait déjà sur la liste.} other {\u00a0; # figuraient déjà sur la liste.}}',
  },
  'readers.refused.left': {
    en: '{address} has left one of your lists, and can only come back by their own click.',
    fr: '{address} s’est désinscrit d’une de vos listes\u00a0; seul ce lecteur peut se réinscrire.',
  },
  'readers.refused.objects': {
    en: '{address} has asked to receive no more calls from you.',
    fr: '{address} a demandé à ne plus recevoir d’appels de votre part.',
  },
  'readers.refused.stopped': {
    en: '{address} is on the list, but its mail server said that it does not exist. If it does now, remove it and add it again.',
    fr: '{address} figure sur la liste, mais son serveur de messagerie a répondu que cette adresse n’existe pas. Si elle existe désormais, retirez-la puis ajoutez-la de nouveau.',
  },

  'leave.unknown': {
    en: 'It may be incomplete, or from the copy that the sender keeps. Copy the whole link from your own e-mail, or reply to it and ask to be taken off the list.',
    fr: 'Il est peut-être incomplet, ou provient de l’exemplaire gardé par l’expéditeur. Copiez le lien entier depuis l’e-mail que vous avez reçu, ou répondez-y en demandant votre désinscription.',
  },
  'leave.title': { en: 'Leave this list?', fr: 'Se désinscrire de cette liste\u00a0?' },
  'leave.says': {
    en: 'You will no longer receive newsletters for the list “{list}” of {institute}.',
    fr: 'Vous ne recevrez plus les lettres de la liste «\u00a0{list}\u00a0» {institute}.',
  },
  'leave.do': { en: 'Leave the list', fr: 'Se désinscrire' },
  'leave.left': { en: 'You have left this list', fr: 'Votre désinscription est enregistrée' },
  'leave.left-says': {
    en: 'You will receive no more newsletters for the list “{list}” of {institute}, and nobody else can put you back on it.',
    fr: 'Vous ne recevrez plus les lettres de la liste «\u00a0{list}\u00a0» {institute}, et personne d’autre que vous ne peut vous y réinscrire.',
  },
  'flash.returned': { en: 'You are on this list again.', fr: 'Votre réinscription est enregistrée.' },
  'flash.newsletter-leaves': {
    en: 'The newsletter is being sent.',
    fr: 'La lettre est en cours d’envoi.',
  },
  'leave.back': { en: 'Come back to the list', fr: 'Se réinscrire' },
});
