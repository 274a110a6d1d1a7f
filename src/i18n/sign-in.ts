import { messages } from './message.js';

/** Signing in, and pages for anyone. */
export const signInTexts = messages({
  'sign-in.title': { en: 'Sign in', fr: 'Connexion' },
  'sign-in.intro': {
    en: 'Enter your e-mail address and we will send you a link. There is no password.',
    fr: 'Indiquez votre adresse e-mail\u00a0: nous vous envoyons un lien. Il n’y a pas de mot de passe.',
  },
  'sign-in.send': { en: 'Send me a link', fr: 'Recevoir un lien' },
  'sign-in.by-invitation': {
    en: 'By invitation only: ask your institute’s officer or the network’s coordinator.',
    fr: 'Sur invitation uniquement\u00a0: adressez-vous au chargé d’affaires de votre institut ou à la coordination du réseau.',
  },
  'sign-in.asked.title': { en: 'Check your e-mail', fr: 'Consultez votre messagerie' },
  'sign-in.from-mail': {
    en: 'The link to sign in is sent to the address that received your e-mail.',
    fr: 'Le lien de connexion part à l’adresse qui a reçu votre e-mail.',
  },
  'sign-in.other-address': { en: 'Use another address', fr: 'Utiliser une autre adresse' },
  'sign-in.asked.from-mail': {
    en: 'If the address that received your e-mail has an account here, a link is on its way to it. It is valid for {minutes} minutes and works once.',
    fr: 'Si l’adresse qui a reçu votre e-mail a un compte ici, un lien y est envoyé. Il est valable {minutes} minutes et ne sert qu’une fois.',
  },
  'sign-in.asked.says': {
    en: 'If {email} has an account here, a link is on its way. It is valid for {minutes} minutes and works once.',
    fr: 'Si {email} a un compte ici, un lien est en route. Il est valable {minutes} minutes et ne sert qu’une fois.',
  },
  'sign-in.asked.several': {
    en: 'At most {most} links are sent to one address within {minutes} minutes. Any of them works.',
    fr: 'Au plus {most} liens sont envoyés à une même adresse en {minutes} minutes. Chacun d’eux fonctionne.',
  },
  'sign-in.asked.nothing': {
    en: 'Nothing received? Check your spam folder, then ask your institute’s officer or the coordinator whether this address has been invited.',
    fr: 'Rien reçu\u00a0? Regardez dans les indésirables, puis demandez au chargé d’affaires de votre institut ou à la coordination si cette adresse est bien invitée.',
  },
  'sign-in.asked.files': {
    en: 'This installation has no mail server: the e-mail is saved as a file in the folder “outbox” of its data.',
    fr: 'Cette installation n’a pas de serveur de messagerie\u00a0: l’e-mail se trouve, en fichier, dans le dossier «\u00a0outbox\u00a0» de ses données.',
  },
  'sign-in.asked.again': {
    en: 'Another address, or another link',
    fr: 'Une autre adresse, ou un autre lien',
  },
  'sign-in.link.title': { en: 'Sign in to Carnot Europe', fr: 'Se connecter à Carnot Europe' },
  'sign-in.link.says': {
    en: 'You are signing in as {name} ({email}).',
    fr: 'Vous vous connectez en tant que {name} ({email}).',
  },
  'sign-in.link.button': { en: 'Sign in', fr: 'Se connecter' },
  'sign-in.link.why': {
    en: 'This step is here because some mail programs open links automatically: only the button signs you in.',
    fr: 'Cette étape existe parce que les messageries ouvrent parfois les liens d’elles-mêmes : seul le bouton vous connecte.',
  },
  'sign-in.dead.title': { en: 'This link no longer works', fr: 'Ce lien ne fonctionne plus' },
  'sign-in.dead.says': {
    en: 'A link works once and for a short time. It has been used, has expired or is incomplete. Ask for a new one:',
    fr: 'Un lien sert une seule fois, et peu de temps. Il a déjà servi, il a expiré ou il est incomplet. Demandez-en un nouveau\u00a0:',
  },
  'sign-in.dead.signed-in': { en: 'You are already signed in.', fr: 'Vous êtes déjà connecté.' },
  'sign-in.dead.continue': { en: 'Continue', fr: 'Continuer' },
  'sign-in.first.title': {
    en: 'First start: with the admin token',
    fr: 'Premier démarrage : avec le jeton d’administration',
  },
  'sign-in.first.says': {
    en: 'The person who installed this service becomes the coordinator of the network and can invite everyone else.',
    fr: 'La personne qui a installé ce service devient ainsi coordinatrice du réseau et peut inviter toutes les autres.',
  },
  'sign-in.first.token': { en: 'Admin token', fr: 'Jeton d’administration' },
  'sign-in.first.token-help': {
    en: 'It was shown once at the first start, or is set in ADMIN_TOKEN.',
    fr: 'Il a été affiché une seule fois au premier démarrage, ou est défini dans ADMIN_TOKEN.',
  },
  'sign-in.first.name': { en: 'Your name', fr: 'Votre nom' },
  'sign-in.first.email': { en: 'Your e-mail address', fr: 'Votre adresse e-mail' },
  'sign-in.first.enter': { en: 'Become the coordinator', fr: 'Devenir coordinateur' },
  'sign-in.first.wrong': { en: 'This token is not correct.', fr: 'Ce n’est pas le bon jeton.' },
  'sign-in.first.over': {
    en: 'The network already has a coordinator: the admin token no longer signs anyone in. Ask for a link or an invitation.',
    fr: 'Le réseau a une coordination : le jeton d’administration ne permet plus de se connecter. Demandez un lien ou une invitation.',
  },
  'sign-in.first.taken': {
    en: 'This address belongs to someone at an institute. Use another one.',
    fr: 'Cette adresse est celle d’une personne d’un institut. Choisissez-en une autre.',
  },
  'too-often.hours': {
    en: 'Too many attempts for one day. Try again in {hours, plural, one {# hour} other {# hours}}.',
    fr: 'Trop de tentatives pour une journée. Réessayez dans {hours, plural, one {# heure} other {# heures}}.',
  },
  'presence.title': { en: 'Confirm it is you', fr: 'Confirmez que c’est bien vous' },
  'presence.says': {
    en: 'You signed in more than {minutes} minutes ago. To give others access, or to send messages elsewhere, sign in again. We send a link to {email}; it brings you back to this page.',
    fr: 'Votre connexion date de plus de {minutes} minutes. Pour ouvrir un accès à d’autres ou envoyer des messages ailleurs, reconnectez-vous. Nous envoyons un lien à {email} ; il vous ramène à cette page.',
  },
  'presence.typed': {
    en: 'Nothing was changed. If you had filled in a form, go back to it after confirming and send it again.',
    fr: 'Rien n’a été modifié. Si vous aviez rempli un formulaire, revenez-y après la confirmation et envoyez-le de nouveau.',
  },
  'presence.first': {
    en: 'You signed in more than {minutes} minutes ago.',
    fr: 'Votre connexion date de plus de {minutes} minutes.',
  },
  'presence.first.link': { en: 'First confirm it is you', fr: 'Confirmez d’abord que c’est bien vous' },
  'sign-on.with': { en: 'Sign in with {name}', fr: 'Se connecter avec {name}' },
  'sign-on.instead': {
    en: 'With this address you sign in with your {name} account.',
    fr: 'Avec cette adresse, la connexion se fait par votre compte {name}.',
  },
  'sign-on.failed.title': { en: 'You are not signed in', fr: 'La connexion n’a pas abouti' },
  'sign-on.failed.by-mail': {
    en: 'Sign in with a link by e-mail instead',
    fr: 'Se connecter plutôt par un lien reçu par e-mail',
  },
  'sign-on.failed.denied': {
    en: 'The sign-in at {name} was cancelled or refused.',
    fr: 'La connexion auprès de {name} a été annulée ou refusée.',
  },
  'sign-on.failed.unavailable': {
    en: '{name} does not respond at the moment. Try again in a few minutes.',
    fr: '{name} ne répond pas pour le moment. Réessayez dans quelques minutes.',
  },
  'sign-on.failed.forged': {
    en: 'This sign-in was already used, took too long or was started in another browser. Start again.',
    fr: 'Cette connexion a déjà servi, a pris trop de temps ou a été commencée dans un autre navigateur. Recommencez.',
  },
  'sign-on.failed.no-address': {
    en: '{name} gives no verified e-mail address for your account. Ask your IT department.',
    fr: '{name} ne transmet pas d’adresse e-mail vérifiée pour votre compte. Adressez-vous à votre service informatique.',
  },
  'sign-on.failed.other-domain': {
    en: 'Your {name} account has an e-mail address that {name} cannot vouch for here.',
    fr: 'L’adresse e-mail de votre compte {name} n’est pas de celles que {name} peut garantir ici.',
  },
  'sign-on.failed.not-invited': {
    en: 'Nobody has invited you yet: ask your institute’s officer or the network’s coordinator.',
    fr: 'Vous n’avez pas encore été invité\u00a0: adressez-vous au chargé d’affaires de votre institut ou à la coordination du réseau.',
  },
  'sign-on.failed.other-institute': {
    en: 'Your account here belongs to an institute other than {name}.',
    fr: 'Votre compte ici est rattaché à un autre institut que {name}.',
  },
  'sign-on.failed.other-subject': {
    en: 'This is not the {name} account with which you signed in before. If your account was replaced, ask the coordinator.',
    fr: 'Ce n’est pas le compte {name} avec lequel vous vous êtes connecté auparavant. S’il a été remplacé, adressez-vous à la coordination.',
  },
  'sign-on.failed.no-role': {
    en: 'Your {name} account is not in a group that has access. Ask your IT department.',
    fr: 'Votre compte {name} ne fait partie d’aucun groupe ayant accès. Adressez-vous à votre service informatique.',
  },
  'sign-in.too-often': {
    en: 'Too many attempts in a short time. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
    fr: 'Trop de tentatives en peu de temps. Réessayez dans {minutes, plural, one {# minute} other {# minutes}}.',
  },
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
  'passkey.new.later': { en: 'Not now', fr: 'Pas maintenant' },
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
  // Pages and a mail shown in every language, for readers whose language is unknown.
  'anyone.unsubscribe': { en: 'Stop receiving these e-mails?', fr: 'Ne plus recevoir ces e-mails\u00a0?' },
  'anyone.unsubscribe.do': { en: 'Unsubscribe', fr: 'Se désabonner' },
  'anyone.unsubscribed': {
    en: 'You will no longer receive these e-mails.',
    fr: 'Vous ne recevrez plus ces e-mails.',
  },
  'anyone.unavailable': { en: 'Temporarily unavailable', fr: 'Service momentanément indisponible' },
  'anyone.unavailable.text': {
    en: 'The database is not responding. Try again in a moment.',
    fr: 'La base de données ne répond pas. Réessayez dans quelques instants.',
  },
  'anyone.busy': { en: 'The server is busy', fr: 'Le serveur est très sollicité' },
  'anyone.busy.text': { en: 'Try again in a moment.', fr: 'Réessayez dans un instant.' },
  'anyone.full': { en: 'No disk space left', fr: 'Espace disque épuisé' },
  'anyone.full.text': {
    en: 'Nothing was saved. Try again once the operator of this server has made room.',
    fr: 'Rien n’a été enregistré. Réessayez lorsque l’administrateur du serveur aura libéré de la place.',
  },
  'anyone.other-site': {
    en: 'This request comes from another site',
    fr: 'Cette demande vient d’un autre site',
  },
  'anyone.other-site.text': {
    en: 'Nothing was changed. Open the page here and try again.',
    fr: 'Rien n’a été modifié. Ouvrez la page ici et recommencez.',
  },
  'mail.test.subject': { en: 'test message', fr: 'Carnot Europe\u00a0: message d’essai' },
  'mail.test.text': {
    en: 'This is a test message of Carnot Europe ({url}). If you can read it, other messages will arrive too.',
    fr: 'Ceci est un message d’essai de Carnot Europe ({url}). S’il est arrivé, les autres messages arriveront aussi.',
  },
});
