import { messages } from '../../message.js';

export const signIn = messages({
  'sign-in.title': { en: 'Sign in', fr: 'Connexion' },
  'sign-in.intro': {
    en: 'Enter your e-mail address and we will send you a link. There is no password.',
    fr: 'Indiquez votre adresse e-mail\u00a0: nous vous envoyons un lien. Il n’y a pas de mot de passe.',
  },
  'sign-in.email': { en: 'E-mail address', fr: 'Adresse e-mail' },
  'sign-in.send': { en: 'Send me a link', fr: 'Recevoir un lien' },
  'sign-in.by-invitation': {
    en: 'By invitation only: ask your institute’s officer or the network’s coordinator.',
    fr: 'Sur invitation uniquement\u00a0: adressez-vous au chargé d’affaires de votre institut ou à la coordination du réseau.',
  },
  'sign-in.asked.title': { en: 'Check your e-mail', fr: 'Consultez votre messagerie' },
  'sign-in.asked.says': {
    en: 'If {email} has an account here, a link is on its way. It works once, within {minutes} minutes.',
    fr: 'Si {email} a un compte ici, un lien est en route. Il sert une seule fois, dans les {minutes} minutes.',
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
  'sign-in.link.title': { en: 'Sign in to carnot-europe', fr: 'Se connecter à carnot-europe' },
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
  'presence.send': { en: 'Send me a link', fr: 'Recevoir un lien' },
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
    en: 'Your account here belongs to another institute than {name}.',
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
});
