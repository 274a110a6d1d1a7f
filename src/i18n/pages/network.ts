import { messages } from '../message.js';

export const network = messages({
  'network.title': { en: 'Institutes', fr: 'Instituts' },
  'network.sum': {
    en: '{n, plural, one {# institute} other {# institutes}}, {confirmed} with a confirmed profile, {present} with an officer.',
    fr: '{n, plural, one {# institut} other {# instituts}}, dont {confirmed} au profil confirmé et {present} avec un chargé d’affaires.',
  },
  'network.coordinators': { en: 'Coordinators and keys', fr: 'Coordination et clés' },
  'network.institute': { en: 'Institute', fr: 'Institut' },
  'network.profile': { en: 'Profile', fr: 'Profil' },
  'network.confirmed': { en: 'confirmed', fr: 'confirmé' },
  'network.to-confirm': { en: 'to be confirmed', fr: 'à confirmer' },
  'network.no-recipients': { en: 'nobody gets e-mails', fr: 'aucun destinataire' },
  'network.people': { en: 'People', fr: 'Personnes' },
  'network.last': { en: 'Last visit', fr: 'Dernière visite' },
  'network.never': { en: 'never', fr: 'jamais' },
  'network.strong': { en: 'Matching calls', fr: 'Appels correspondants' },
  'network.strong.help': {
    en: 'Open and forthcoming calls with a score of {score} or more.',
    fr: 'Appels ouverts ou à venir dont le score atteint au moins {score}.',
  },
  'network.open': { en: 'Pages', fr: 'Pages' },
  'network.open.profile': { en: 'Profile', fr: 'Profil' },
  'network.open.team': { en: 'Team', fr: 'Équipe' },
  'network.open.invite': { en: 'Invite an officer', fr: 'Inviter' },
  'network.of': { en: '{what}: {institute}', fr: '{what} : {institute}' },
  'network.new': { en: 'Invite a new institute', fr: 'Inviter un nouvel institut' },
  'network.new.says': {
    en: 'Its first officer receives an e-mail with a link, and describes the profile on their first visit.',
    fr: 'Son premier chargé d’affaires reçoit un lien par e-mail et décrit le profil à sa première visite.',
  },
  'network.new.name': { en: 'Name of the institute', fr: 'Nom de l’institut' },
  'network.new.id': { en: 'Short name for addresses', fr: 'Nom court pour les adresses' },
  'network.new.id-help': {
    en: 'Lower-case letters, digits and hyphens, as in “mines-telecom”. It cannot be changed later.',
    fr: 'Lettres minuscules, chiffres et tirets, par exemple «\u00a0mines-telecom\u00a0». Il ne pourra plus être modifié.',
  },
  'network.new.id-wrong': {
    en: 'Use lower-case letters, digits and hyphens only.',
    fr: 'Seulement des lettres minuscules, des chiffres et des tirets.',
  },
  'network.new.language': { en: 'Language', fr: 'Langue' },
  'network.new.officer-name': { en: 'First officer: name', fr: 'Premier chargé d’affaires : nom' },
  'network.new.officer-email': {
    en: 'First officer: e-mail address',
    fr: 'Premier chargé d’affaires\u00a0: adresse e-mail',
  },
  'network.new.taken': {
    en: 'This short name is already used, or this e-mail address already has an account.',
    fr: 'Ce nom court est déjà pris, ou cette adresse e-mail a déjà un compte.',
  },
});
