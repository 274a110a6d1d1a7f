import { messages } from './message.js';

/** Why a call was or was not sent. */
export const whyTexts = messages({
  // Why a call is or is not announced, as far as the call and the profile decide. An unknown day is "none".
  'why-not.status.open': { en: 'It is open.', fr: 'Il est ouvert.' },
  'why-not.status.draft': {
    en: 'It is a draft, not yet adopted: a call is announced once it is published. Until then, digests list the drafts that fit.',
    fr: 'C’est un sujet en projet, pas encore adopté\u00a0: un appel est annoncé une fois publié. D’ici là, les récapitulatifs signalent les sujets en projet qui correspondent.',
  },
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
  'why-not.subject.own': {
    en: 'It has a specific topic.',
    fr: 'Il porte sur un sujet précis.',
  },
  'why-not.subject.any': {
    en: 'It is bottom-up ({scheme}): such calls have their own list and match no competence.',
    fr: 'Son sujet est libre ({scheme})\u00a0: ces appels ont leur propre liste et ne correspondent à aucune compétence.',
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
    en: 'It is for research organisations.',
    fr: 'Il s’adresse aux organismes de recherche.',
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
  'why-not.verdict.decided': {
    en: 'It was {verdict, select, relevant {found relevant} study {marked “to study”} later {marked “later”} other {marked “not for us”{reason, select, none {} other { ({reason})}}}}{day, select, none {} other { on {day}}}: it is no longer among the calls to decide{announced, select, no {, and is no longer announced} bid {, but is still announced, because a bid is in progress} some {, and is announced only to those who follow it or do not see decisions} other {}}.',
    fr: 'Il a été {verdict, select, relevant {jugé pertinent} study {marqué «\u00a0à étudier\u00a0»} later {marqué «\u00a0plus tard\u00a0»} other {classé «\u00a0non retenu\u00a0»{reason, select, none {} other { ({reason})}}}}{day, select, none {} other { le {day}}}\u00a0: il ne figure plus parmi les appels à trier{announced, select, no {, et il n’est plus annoncé} bid {, mais il reste annoncé, car un projet est en cours} some {, et il n’est plus annoncé qu’à ceux qui le suivent ou ne voient pas les décisions} other {}}.',
  },
  'why-not.reason.topic': { en: 'other subject', fr: 'autre sujet' },
  'why-not.reason.trl': { en: 'TRL', fr: 'TRL' },
  'why-not.reason.role': { en: 'role', fr: 'rôle' },
  'why-not.reason.budget': { en: 'budget', fr: 'budget' },
  'why-not.reason.timing': { en: 'timing', fr: 'calendrier' },
  'why-not.reason.eligibility': { en: 'eligibility', fr: 'éligibilité' },
  'why-not.reason.capacity': { en: 'no capacity', fr: 'pas de capacité' },
  // Why a call is or is not announced, as far as mails decide.
  'why-not.ready.unread': {
    en: 'No source has been read successfully yet: nothing is announced before that.',
    fr: 'Aucune source n’a encore été lue avec succès\u00a0: rien n’est annoncé avant.',
  },
  'why-not.ready.matched': {
    en: 'The profile has been matched with all known calls.',
    fr: 'Le profil a été comparé à tous les appels connus.',
  },
  'why-not.ready.matching': {
    en: 'The profile is being matched: e-mails wait for that.',
    fr: 'Les correspondances du profil sont en cours de calcul\u00a0: les e-mails attendent.',
  },
  'why-not.contact.none': {
    en: 'The institute has no recipient: nothing is sent to anyone.',
    fr: 'L’institut n’a pas de destinataire\u00a0: rien n’est annoncé à personne.',
  },
  'why-not.contact.unconfirmed': {
    en: 'No recipient has confirmed their address yet.',
    fr: 'Aucun destinataire n’a encore confirmé son adresse.',
  },
  'why-not.contact.stopped': {
    en: 'All recipients have stopped the e-mails.',
    fr: 'Tous les destinataires ont arrêté les e-mails.',
  },
  'why-not.contact.some': {
    en: 'At least one person receives the e-mails.',
    fr: 'Au moins une personne reçoit les e-mails.',
  },
  'why-not.first-mail.waiting': {
    en: 'The first e-mail has not been sent yet: it announces the best calls, and digests start after it.',
    fr: 'Le premier e-mail n’est pas encore parti\u00a0: il annonce les meilleurs appels, et les récapitulatifs commencent ensuite.',
  },
  'why-not.first-mail.passed': {
    en: 'It is not waiting for the first e-mail.',
    fr: 'Il n’attend pas le premier e-mail.',
  },
  'why-not.announced.not': {
    en: 'It has not been sent, or has changed since.',
    fr: 'Il n’a pas été annoncé, ou il a changé depuis.',
  },
  'why-not.announced.sent': {
    en: 'It was sent to {name}{day, select, none {} other { on {day}}}{notification, select, none {} other {, in the e-mail {notification}}}; it will be sent again if it changes.',
    fr: 'Il a été annoncé à {name}{day, select, none {} other { le {day}}}{notification, select, none {} other {, dans l’e-mail {notification}}}\u00a0; il le sera de nouveau s’il change.',
  },
  'why-not.announced.waits': {
    en: 'It is in {notification, select, none {an e-mail} other {the e-mail {notification}}} to {name}, which is waiting to be sent.',
    fr: 'Il figure dans {notification, select, none {un e-mail} other {l’e-mail {notification}}} à {name}, qui attend de partir.',
  },
  'why-not.baseline.before': {
    en: 'It was already published when {name} received the first e-mail{day, select, none {} other { on {day}}}, and was not among the best calls announced then: only a change to it is announced.',
    fr: 'Il était déjà publié lors du premier e-mail à {name}{day, select, none {} other { le {day}}}, sans être parmi les meilleurs annoncés alors\u00a0: seule une modification sera annoncée.',
  },
  'why-not.baseline.after': {
    en: 'It is not kept back for having been published before a first e-mail.',
    fr: 'Il n’est pas écarté pour avoir été publié avant un premier e-mail.',
  },
  'why-not.rank.behind': {
    en: 'It is number {place} among the new calls, and an e-mail holds {room}: it waits for a later one.',
    fr: 'Il est numéro {place} parmi les nouveaux appels, et un e-mail en contient {room}\u00a0: il attend le suivant.',
  },
  'why-not.rank.room': {
    en: 'There is room for it: an e-mail holds {room, plural, one {{room} call} other {{room} calls}}.',
    fr: 'Il y a de la place\u00a0: un e-mail contient {room, plural, one {{room}\u00a0appel} other {{room}\u00a0appels}}.',
  },
  'why-not.digest.next': {
    en: 'It is waiting for the next digest, to {name}{day, select, none {} other { on {day}}}.',
    fr: 'Il attend le prochain récapitulatif, à {name}{day, select, none {} other { le {day}}}.',
  },
  'why-not.digest.without': {
    en: 'The next digest will be sent on {day}; this call is not waiting for it.',
    fr: 'Le prochain récapitulatif part le {day}\u00a0; cet appel ne l’attend pas.',
  },
  'why-not.digest.none': { en: 'It is not waiting for a digest.', fr: 'Il n’attend pas de récapitulatif.' },
  'why.link': { en: 'See why a call was or was not sent', fr: 'Voir pourquoi un appel a été annoncé ou non' },
  'why.of-call': { en: 'Why was it sent to me, or not?', fr: 'Pourquoi m’a-t-il été annoncé, ou non\u00a0?' },
  'why.of-call-of': {
    en: 'Why was it sent to the institute, or not?',
    fr: 'Pourquoi a-t-il été annoncé à l’institut, ou non\u00a0?',
  },
  'why.missing': { en: 'Missing a call?', fr: 'Il manque un appel\u00a0?' },
  'why.call': { en: 'The call', fr: 'L’appel' },
  'why.call.help': {
    en: 'Its topic identifier, web address or full title; or a few words to search for it.',
    fr: 'Son identifiant, son adresse web ou son titre entier\u00a0; ou quelques mots pour le chercher.',
  },
  'why.ask': { en: 'Why?', fr: 'Pourquoi\u00a0?' },
  'why.unknown': { en: 'No call matches “{text}”.', fr: 'Aucun appel ne correspond à «\u00a0{text}\u00a0».' },
  'why.meant.several': {
    en: 'Several calls match. Which one?',
    fr: 'Plusieurs appels correspondent. Lequel\u00a0?',
  },
  'why.meant.alike': { en: 'Did you mean one of these?', fr: 'Vouliez-vous dire l’un de ceux-ci\u00a0?' },
  'why.meant.words': { en: 'Calls containing these words', fr: 'Appels qui contiennent ces mots' },
  'why.meant.none': {
    en: 'No call contains these words either',
    fr: 'Aucun appel ne contient non plus ces mots',
  },
  'why.look': { en: 'Search all calls', fr: 'Chercher parmi tous les appels' },
  'why.answer.announced': { en: 'Sent', fr: 'Annoncé' },
  'why.answer.on-its-way': { en: 'On its way', fr: 'En route' },
  'why.answer.waits': { en: 'Will be sent', fr: 'Sera annoncé' },
  'why.answer.stopped': { en: 'Not sent', fr: 'Pas annoncé' },
  'why.answer.passes': { en: 'Nothing blocks it', fr: 'Rien ne le bloque' },
  'why.change': {
    en: 'What would have to change in the profile?',
    fr: 'Que faudrait-il changer dans le profil\u00a0?',
  },
  'why.todo-at.profile': { en: 'Go to the profile', fr: 'Aller au profil' },
  'why.todo-at.call': { en: 'Open the call', fr: 'Ouvrir l’appel' },
  'why.todo.status': { en: 'There is nothing to change.', fr: 'Il n’y a rien à changer.' },
  'why.todo.subject': {
    en: 'Such calls have a list of their own: Calls, then Bottom-up. Follow one to hear of its changes.',
    fr: 'Ces appels ont leur propre liste\u00a0: Appels, puis Sujet libre. Suivez-en un pour connaître ses modifications.',
  },
  'why.todo.exclusion': {
    en: 'If you do want such calls, remove the exclusion from the competence or make it more precise.',
    fr: 'Si de tels appels vous intéressent, retirez cette exclusion de la compétence ou précisez-la.',
  },
  'why.todo.addressees': {
    en: 'If it concerns you all the same, mark it as relevant or follow it.',
    fr: 'S’il vous concerne malgré tout, marquez-le comme pertinent ou suivez-le.',
  },
  'why.todo.reading': {
    en: 'If the model is wrong, mark the call as relevant: its changes and deadlines will be sent.',
    fr: 'Si le modèle se trompe, marquez l’appel comme pertinent\u00a0: ses modifications et ses échéances seront annoncées.',
  },
  'why.todo.threshold': {
    en: 'To receive such calls, set this line aside below, or mark some of them as relevant.',
    fr: 'Pour recevoir de tels appels, écartez ce seuil ci-dessous, ou marquez-en quelques-uns comme pertinents.',
  },
  'why.todo.score': {
    en: 'If it is your subject, add to a competence the words that this call uses for it, in English.',
    fr: 'Si c’est bien votre sujet, ajoutez à une compétence les mots que cet appel emploie, en anglais.',
  },
  'why.todo.verdict': {
    en: 'To be kept informed again, change the decision.',
    fr: 'Pour en être de nouveau informé, changez la décision.',
  },
  'why.todo.ready': {
    en: 'There is nothing to change: come back in a few minutes.',
    fr: 'Il n’y a rien à changer\u00a0: revenez dans quelques minutes.',
  },
  'why.todo.contact': {
    en: 'Add a contact who receives e-mails.',
    fr: 'Ajoutez un contact qui reçoit les e-mails.',
  },
  'why.todo.first-mail': { en: 'There is nothing to change.', fr: 'Il n’y a rien à changer.' },
  'why.todo.announced': { en: 'There is nothing to change.', fr: 'Il n’y a rien à changer.' },
  'why.todo.baseline': {
    en: 'There is nothing to change: the inbox lists it, and its changes will be sent.',
    fr: 'Il n’y a rien à changer\u00a0: il figure dans les appels à trier, et ses modifications seront annoncées.',
  },
  'why.todo.rank': {
    en: 'There is nothing to change: it comes in a later e-mail, and the inbox lists it already.',
    fr: 'Il n’y a rien à changer\u00a0: il viendra dans un prochain e-mail et figure déjà dans les appels à trier.',
  },
  'why.todo.digest': { en: 'There is nothing to change.', fr: 'Il n’y a rien à changer.' },
  'why.mail': { en: '(open it)', fr: '(l’ouvrir)' },
  'why.the-mail': { en: 'the e-mail', fr: 'l’e-mail' },
  'why.all-rules': { en: 'All rules', fr: 'Toutes les règles' },
  'why.rules': { en: 'Rule by rule', fr: 'Règle par règle' },
  'why.outside': {
    en: 'What was sent to its people depends on the institute’s decisions, and stays inside it.',
    fr: 'Ce qui a été annoncé à ses membres dépend des décisions de l’institut et reste interne.',
  },
  'why.decides': {
    en: '(deciding reason)',
    fr: '(raison retenue)',
  },
  'why.outcome.passed': {
    en: 'passes',
    fr: 'passe',
  },
  'why.outcome.stopped': {
    en: 'blocks',
    fr: 'bloque',
  },
  'why.outcome.inbox': { en: 'not in “To decide”', fr: 'absent de «\u00a0À trier\u00a0»' },
  'why.outcome.announced': { en: 'sent', fr: 'annoncé' },
  'why.outcome.waits': { en: 'will be sent', fr: 'sera annoncé' },
  'why.rule.status': { en: 'Open or closed', fr: 'Ouvert ou clos' },
  'why.rule.subject': { en: 'Subject', fr: 'Sujet' },
  'why.rule.exclusion': { en: 'Exclusions', fr: 'Exclusions' },
  'why.rule.addressees': { en: 'Who it is for', fr: 'À qui il s’adresse' },
  'why.rule.reading': { en: 'Language model', fr: 'Modèle de langue' },
  'why.rule.threshold': { en: 'What you kept', fr: 'Ce que vous retenez' },
  'why.rule.score': { en: 'Score', fr: 'Score' },
  'why.rule.verdict': { en: 'Your decision', fr: 'Votre décision' },
  'why.rule.ready': { en: 'Matching', fr: 'Correspondances' },
  'why.rule.contact': { en: 'Recipients', fr: 'Destinataires' },
  'why.rule.first-mail': { en: 'First e-mail', fr: 'Premier e-mail' },
  'why.rule.announced': { en: 'Already sent', fr: 'Déjà annoncé' },
  'why.rule.baseline': { en: 'Published before', fr: 'Déjà publié' },
  'why.rule.rank': { en: 'Room in the e-mail', fr: 'Place dans l’e-mail' },
  'why.rule.digest': { en: 'Next digest', fr: 'Prochain récapitulatif' },
  'why.contact.unconfirmed': {
    en: 'has not confirmed the address yet',
    fr: 'n’a pas encore confirmé son adresse',
  },
  'why.contact.stopped': { en: 'stopped the e-mails on {when}', fr: 'a arrêté les e-mails le {when}' },
  'why.contact.first-mail': {
    en: 'the first e-mail has not been sent yet',
    fr: 'le premier e-mail n’est pas encore parti',
  },
  'why.contact.announced': { en: 'sent on {when}', fr: 'annoncé le {when}' },
  'why.contact.on-its-way': { en: 'an e-mail is waiting to be sent', fr: 'un e-mail attend de partir' },
  'why.contact.digest': { en: 'in the digest of {when}', fr: 'dans le récapitulatif du {when}' },
  'why.contact.rank': {
    en: 'number {place, number} among the new calls: in a later e-mail',
    fr: 'numéro {place, number} parmi les nouveaux appels\u00a0: dans un e-mail suivant',
  },
  'why.contact.baseline': {
    en: 'published before the first e-mail, on {when}',
    fr: 'publié avant le premier e-mail, le {when}',
  },
  'why.contact.nothing': {
    en: 'nothing in their settings blocks it',
    fr: 'rien dans ses réglages ne le bloque',
  },
  'test.title': { en: 'Test the profile', fr: 'Tester le profil' },
  'test.of': { en: 'Test the profile of {name}', fr: 'Tester le profil {name}' },
  'test.link': {
    en: 'Test the profile with topics you know',
    fr: 'Tester le profil avec des sujets que vous connaissez',
  },
  'test.lead': {
    en: 'Paste topics your institute is working on: submitted proposals, calls found by a colleague. For each, see whether it would have been sent to you and when; if not, which rule stopped it and which line of the profile would change that. Nothing is saved.',
    fr: 'Collez des sujets sur lesquels votre institut travaille\u00a0: propositions déposées, appels trouvés par un collègue. Pour chacun, vous voyez s’il vous aurait été annoncé et quand\u00a0; sinon, quelle règle l’écarte et quelle ligne du profil y changerait quelque chose. Rien n’est enregistré.',
  },
  'test.topics': { en: 'Topics', fr: 'Sujets' },
  'test.topics.help': {
    en: 'Identifiers or titles, one per line or separated by commas or semicolons; {most, number} at most.',
    fr: 'Identifiants ou titres, un par ligne ou séparés par des virgules ou des points-virgules\u00a0; {most, number} au plus.',
  },
  'test.do': { en: 'Test', fr: 'Tester' },
  'test.again': { en: 'Test again', fr: 'Tester de nouveau' },
  'test.busy': {
    en: 'Checking the topics: a few seconds for a long list.',
    fr: 'Examen des sujets en cours\u00a0: quelques secondes pour une longue liste.',
  },
  'test.none': { en: 'Paste at least one topic.', fr: 'Collez au moins un sujet.' },
  'test.too-many': {
    en: 'There are {n, number} topics; at most {most, number} can be tested at once.',
    fr: 'Il y a {n, number} sujets\u00a0; {most, number} au plus peuvent être testés à la fois.',
  },
  'test.too-long': {
    en: 'This text is too long: at most {most, number} characters can be read at once.',
    fr: 'Ce texte est trop long\u00a0: {most, number} caractères au plus peuvent être lus à la fois.',
  },
  'test.overtaken': {
    en: 'You started another test in the meantime, and it replaced this one. What you pasted here is kept below: test it again once the other one is done.',
    fr: 'Vous avez lancé un autre test entre-temps, et il a pris la place de celui-ci. Votre liste est conservée ci-dessous\u00a0: testez-la de nouveau une fois l’autre terminé.',
  },
  'test.sum': {
    en: '{announced, number} of {known, plural, one {# known topic} other {# known topics}} sent, or would be',
    fr: '{announced, number} sur {known, plural, one {# sujet connu annoncé} other {# sujets connus annoncés}}, ou qui le {known, plural, one {serait} other {seraient}}',
  },
  'test.basis': {
    en: '{missed, number} missed, {unknown, number} unknown. Calls are sent from a score of {least, number}.',
    fr: '{missed, plural, one {# manqué} other {# manqués}}, {unknown, plural, one {# inconnu} other {# inconnus}}. Les appels sont annoncés à partir d’un score de {least, number}.',
  },
  'test.topic': { en: 'Topic', fr: 'Sujet' },
  'test.outcome': { en: 'Sent?', fr: 'Annoncé\u00a0?' },
  'test.why': { en: 'Why not, and what to change', fr: 'Pourquoi pas, et que changer' },
  'test.outcome.announced': { en: 'Sent', fr: 'Annoncé' },
  'test.outcome.would-be-announced': { en: 'Would be sent', fr: 'Serait annoncé' },
  'test.outcome.missed': { en: 'Missed', fr: 'Manqué' },
  'test.outcome.unknown': { en: 'Unknown', fr: 'Inconnu' },
  'test.message': { en: 'in the message of {day}', fr: 'dans le message du {day}' },
  'test.too-soon': {
    en: 'Its deadline is on {day}, before there is room for it in a digest.',
    fr: 'Sa date limite est le {day}, avant qu’un récapitulatif ait de la place pour lui.',
  },
  'test.baseline': {
    en: 'published before its source was first read',
    fr: 'publié avant la première lecture de sa source',
  },
  'test.unknown': { en: 'No call matches.', fr: 'Aucun appel ne correspond.' },
  'test.by': { en: 'by the rule “{rule}”', fr: 'par la règle «\u00a0{rule}\u00a0»' },
  'test.no-suggestion': {
    en: 'No change of a single line would do.',
    fr: 'Aucune modification d’une seule ligne ne suffit.',
  },
  'test.suggestion': {
    en: 'Open the editor with this change',
    fr: 'Ouvrir l’éditeur avec cette modification',
  },
  'test.new-tab': { en: '(opens a new tab)', fr: '(ouvre un nouvel onglet)' },
  'test.suggestion-score': {
    en: 'score with this change: {score, number}',
    fr: 'score avec cette modification\u00a0: {score, number}',
  },
  'suggestion.title': {
    en: 'A suggested change has been filled in',
    fr: 'Une modification proposée est préremplie',
  },
  'suggestion.help': {
    en: 'It is in the form and not saved yet. See what it gains and loses, then save or cancel.',
    fr: 'Elle figure dans le formulaire et n’est pas encore enregistrée. Voyez ce qu’elle fait gagner et perdre, puis enregistrez ou annulez.',
  },
  'suggestion.gone': {
    en: 'The suggested change no longer fits the profile: it is already there, or what it changes is gone.',
    fr: 'La modification proposée ne s’applique plus au profil actuel\u00a0: elle y figure déjà, ou ce qu’elle modifie n’y est plus.',
  },
});
