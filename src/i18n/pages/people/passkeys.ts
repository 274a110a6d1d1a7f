import { messages } from '../../message.js';

export const passkeys = messages({
  'passkey.title': { en: 'Confirm with your passkey', fr: 'Confirmez avec votre clé d’accès' },
  'passkey.says': {
    en: 'You are signing in as {name}. Use the fingerprint, face or PIN of your device, or your security key.',
    fr: 'Vous vous connectez en tant que {name}. Utilisez l’empreinte, le visage ou le code de votre appareil, ou votre clé de sécurité.',
  },
  'passkey.use': { en: 'Use my passkey', fr: 'Utiliser ma clé d’accès' },
  'passkey.lost': {
    en: 'Lost your passkey? Someone who manages your team, or the operator of this service, can remove it. Then you create a new one.',
    fr: 'Clé d’accès perdue\u00a0? Un collègue qui gère votre équipe, ou l’exploitant du service, peut la supprimer. Vous en créez alors une nouvelle.',
  },
  'passkey.refused': {
    en: 'This passkey was not accepted, or it took longer than five minutes. Try again.',
    fr: 'Cette clé d’accès n’a pas été acceptée, ou plus de cinq minutes ont passé. Réessayez.',
  },
  'passkey.failed': {
    en: 'Your device did not answer. Try again, or use another device.',
    fr: 'Votre appareil n’a pas répondu. Réessayez, ou utilisez un autre appareil.',
  },
  'passkey.known': {
    en: 'This device already has a passkey for your account.',
    fr: 'Cet appareil a déjà une clé d’accès pour votre compte.',
  },
  'passkey.unsupported': {
    en: 'This browser is too old for passkeys. Update it, or use another one.',
    fr: 'Ce navigateur est trop ancien pour les clés d’accès. Mettez-le à jour, ou utilisez-en un autre.',
  },
  'passkey.scripts': {
    en: 'Passkeys need JavaScript: allow it for this page.',
    fr: 'Les clés d’accès nécessitent JavaScript\u00a0: autorisez-le pour cette page.',
  },
  'passkey.new.title': { en: 'Create a passkey', fr: 'Créer une clé d’accès' },
  'passkey.new.says': {
    en: 'A passkey protects your account even if someone reads your e-mail. It is kept by your device or security key; you will be asked for it each time you sign in.',
    fr: 'Une clé d’accès protège votre compte même si quelqu’un lit vos e-mails. Elle reste sur votre appareil ou votre clé de sécurité\u00a0; elle vous sera demandée à chaque connexion.',
  },
  'passkey.new.required': {
    en: 'Coordinators need a passkey here. Create yours to continue.',
    fr: 'Ici, les coordinateurs ont besoin d’une clé d’accès. Créez la vôtre pour continuer.',
  },
  'passkey.new.full': {
    en: 'You already have ten passkeys. Remove one on your account page first.',
    fr: 'Vous avez déjà dix clés d’accès. Supprimez-en d’abord une sur la page de votre compte.',
  },
  'passkey.new.make': { en: 'Create a passkey', fr: 'Créer une clé d’accès' },
  'passkey.new.later': { en: 'Not now', fr: 'Pas maintenant' },
  'passkey.name': { en: 'Name', fr: 'Nom' },
  'passkey.name.help': {
    en: 'To recognise it, for example “Office laptop”.',
    fr: 'Pour la reconnaître, par exemple «\u00a0Ordinateur du bureau\u00a0».',
  },
  'passkeys.title': { en: 'My passkeys', fr: 'Mes clés d’accès' },
  'passkeys.help': {
    en: 'With a passkey, signing in also takes your device or security key. Have two, in case you lose one.',
    fr: 'Avec une clé d’accès, la connexion demande aussi votre appareil ou votre clé de sécurité. Prévoyez-en deux, au cas où vous en perdriez une.',
  },
  'passkeys.none': { en: 'No passkeys yet.', fr: 'Aucune clé d’accès.' },
  'passkeys.add': { en: 'Add a passkey', fr: 'Ajouter une clé d’accès' },
  'passkeys.made': { en: 'created on {when}', fr: 'créée le {when}' },
  'passkeys.remove': { en: 'Remove', fr: 'Supprimer' },
  'passkeys.remove-which': {
    en: 'Remove the passkey “{name}”',
    fr: 'Supprimer la clé d’accès «\u00a0{name}\u00a0»',
  },
  'passkeys.last': {
    en: 'This is your only passkey, and coordinators need one here: add another first.',
    fr: 'C’est votre seule clé d’accès, et les coordinateurs en ont besoin ici\u00a0: ajoutez-en d’abord une autre.',
  },
  'presence.passkey': { en: 'Confirm with a passkey', fr: 'Confirmer avec une clé d’accès' },
  'team.passkeys.says': {
    en: '{name} signs in with a passkey. If it is lost, remove it here: they are signed out everywhere, get an e-mail and can create a new one.',
    fr: '{name} se connecte avec une clé d’accès. Si elle est perdue, supprimez-la ici\u00a0: la personne est déconnectée partout, reçoit un e-mail et peut en créer une nouvelle.',
  },
  'team.passkeys.remove': { en: 'Remove the passkeys of {name}', fr: 'Supprimer les clés d’accès de {name}' },
  'flash.passkey-made': { en: 'Passkey created.', fr: 'Clé d’accès créée.' },
  'flash.passkey-removed': { en: 'Passkey removed.', fr: 'Clé d’accès supprimée.' },
  'audit.action.passkey.made': { en: 'Passkey created', fr: 'Clé d’accès créée' },
  'audit.action.passkey.used': { en: 'Passkey used', fr: 'Clé d’accès utilisée' },
  'audit.action.passkey.failed': { en: 'Passkey refused', fr: 'Clé d’accès refusée' },
  'audit.action.passkey.removed': { en: 'Passkey removed', fr: 'Clé d’accès supprimée' },
});
