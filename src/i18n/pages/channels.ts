import { messages } from '../message.js';

export const channels = messages({
  'channels.menu': { en: 'Notification channels', fr: 'Canaux de notification' },
  'channels.title': { en: 'Notification channels', fr: 'Canaux de notification' },
  'channels.lead': {
    en: 'As well as e-mails to its people, the institute can be notified {ways}.',
    fr: 'En plus des e-mails aux personnes, l’institut peut être averti {ways}.',
  },
  'channels.none': { en: 'No channel yet.', fr: 'Aucun canal pour l’instant.' },
  'channels.frequency': { en: 'Frequency: {frequency}.', fr: 'Fréquence\u00a0: {frequency}.' },
  'channels.stopped': {
    en: 'Nothing more is sent there: {why}',
    fr: 'Plus rien n’y est envoyé\u00a0: {why}',
  },
  'channels.secrets': {
    en: 'signed with {n, plural, one {one secret} other {# secrets}}',
    fr: 'signé avec {n, plural, one {une clé} other {# clés}}',
  },
  'channels.test': { en: 'Send a test', fr: 'Envoyer un essai' },
  'channels.test-which': { en: 'Send a test to {name}', fr: 'Envoyer un essai à {name}' },
  'channels.secret': { en: 'New secret', fr: 'Nouvelle clé' },
  'channels.secret-which': { en: 'New secret for {name}', fr: 'Nouvelle clé pour {name}' },
  'channels.drop-old': { en: 'Remove the old secret', fr: 'Retirer l’ancienne clé' },
  'channels.drop-old-which': {
    en: 'Remove the old secret of {name}',
    fr: 'Retirer l’ancienne clé de {name}',
  },
  'channels.remove-which': { en: 'Remove {name}', fr: 'Retirer {name}' },
  'channels.worked': { en: 'The test was accepted: {answer}', fr: 'L’essai a été accepté\u00a0: {answer}' },
  'channels.failed': { en: 'The test failed: {answer}', fr: 'L’essai a échoué\u00a0: {answer}' },
  'channels.made': {
    en: 'Use this secret to verify what is sent to “{name}”. Copy it now: it will not be shown again.',
    fr: 'Cette clé sert à vérifier ce qui est envoyé à «\u00a0{name}\u00a0». Copiez-la maintenant\u00a0: elle ne sera plus affichée.',
  },
  'channels.secret-value': { en: 'Secret', fr: 'Clé' },
  'channels.locked': {
    en: 'Nothing can be sent there: its address or secret was stored with another server key. Remove it and add it again, or ask the operator to restore the earlier key.',
    fr: 'Aucun envoi possible\u00a0: l’adresse ou la clé de ce canal a été enregistrée avec une autre clé du serveur. Supprimez-le puis ajoutez-le de nouveau, ou demandez à l’exploitant de remettre l’ancienne clé.',
  },
  'channels.add': { en: 'Add a channel', fr: 'Ajouter un canal' },
  'channels.kind': { en: 'Kind', fr: 'Type' },
  'channels.name': { en: 'Name', fr: 'Nom' },
  'channels.address': { en: 'Address', fr: 'Adresse' },
  'channels.address-help': {
    en: 'The address is kept secret.',
    fr: 'L’adresse est gardée secrète.',
  },
  'channels.wrong.address': { en: 'Use a public https address.', fr: 'Utilisez une adresse https publique.' },
  'channels.wrong.name': {
    en: 'Enter a name of up to 100 characters.',
    fr: 'Indiquez un nom de 100 caractères au plus.',
  },
  'channels.wrong.conflict': {
    en: 'This address already exists, or the maximum number of channels has been reached.',
    fr: 'Cette adresse existe déjà, ou le nombre maximal de canaux est atteint.',
  },
  'channels.defaults': {
    en: 'Default settings for the institute’s people',
    fr: 'Réglages par défaut pour les personnes de l’institut',
  },
  'channels.defaults-help': {
    en: 'They apply to everyone who has not chosen otherwise in “Notification settings”. Blank fields use the installation’s defaults.',
    fr: 'Ils valent pour les personnes qui n’ont rien choisi d’autre dans «\u00a0Réglages des notifications\u00a0». Vide\u00a0: valeur par défaut de l’installation.',
  },
  'channels.defaults-by': { en: 'Set by {who} on {day}.', fr: 'Réglé par {who} le {day}.' },
});
