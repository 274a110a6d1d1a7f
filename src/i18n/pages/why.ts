import { messages } from '../message.js';

const WHY = messages({
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
  'why.mail': { en: '(open it)', fr: '(l’ouvrir)' },
  'why.the-mail': { en: 'the e-mail', fr: 'l’e-mail' },
  'why.all-rules': { en: 'All rules', fr: 'Toutes les règles' },
  'why.rules': { en: 'Rule by rule', fr: 'Règle par règle' },
  'why.outside': {
    en: 'What was sent to its people depends on the institute’s decisions, and stays inside it.',
    fr: 'Ce qui a été annoncé à ses membres dépend des décisions de l’institut et reste chez lui.',
  },
  'why.decides': { en: 'decides', fr: 'décide' },
  'why.outcome.passed': { en: 'does not block it', fr: 'ne le bloque pas' },
  'why.outcome.stopped': { en: 'blocks it', fr: 'le bloque' },
  'why.outcome.inbox': { en: 'not in “To decide”', fr: 'absent de «\u00a0À trier\u00a0»' },
  'why.outcome.announced': { en: 'sent', fr: 'annoncé' },
  'why.outcome.waits': { en: 'will be sent', fr: 'sera annoncé' },
  'why.rule.status': { en: 'Open or closed', fr: 'Ouvert ou clos' },
  'why.rule.subject': { en: 'Subject', fr: 'Sujet' },
  'why.rule.exclusion': { en: 'Exclusions', fr: 'Exclusions' },
  'why.rule.addressees': { en: 'Who it is for', fr: 'À qui il s’adresse' },
  'why.rule.reading': { en: 'Language model', fr: 'Modèle de langue' },
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
});

const TEST = messages({
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
  'test.digest': { en: 'in the digest of {day}', fr: 'dans le récapitulatif du {day}' },
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
});

const SUGGESTION = messages({
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

/** Why a call was or was not announced, testing a profile against topics, and the suggested change. */
export const why = { ...WHY, ...TEST, ...SUGGESTION };
