import { messages } from './message.js';

export const signIn = messages({
  'sign-in.title': { en: 'Sign in', fr: 'Connexion' },
  'sign-in.intro': {
    en: 'Write your mail address: you are sent a link. There is no password.',
    fr: 'Indiquez votre adresse de messagerie : un lien vous est envoyé. Il n’y a pas de mot de passe.',
  },
  'sign-in.email': { en: 'Mail address', fr: 'Adresse de messagerie' },
  'sign-in.send': { en: 'Send me a link', fr: 'Recevoir un lien' },
  'sign-in.by-invitation': {
    en: 'One comes in by invitation: the officer of your institute or the coordinator of the network invites you.',
    fr: 'L’accès se fait sur invitation : du chargé d’affaires de votre institut ou de la coordination du réseau.',
  },
  'sign-in.asked.title': { en: 'Look into your mailbox', fr: 'Consultez votre messagerie' },
  'sign-in.asked.says': {
    en: 'If {email} is known here, a link is on its way. It works once, within {minutes} minutes.',
    fr: 'Si {email} est connue ici, un lien est en route. Il sert une seule fois, dans les {minutes} minutes.',
  },
  'sign-in.asked.several': {
    en: 'At most {most} links are sent to one address within {minutes} minutes. Each of them works, whichever you open.',
    fr: 'Au plus {most} liens sont envoyés à une même adresse en {minutes} minutes. Chacun d’eux fonctionne, quel que soit celui que vous ouvrez.',
  },
  'sign-in.asked.nothing': {
    en: 'Nothing comes? Look into the unwanted mail, then ask the officer of your institute or the coordinator whether you are invited with this address.',
    fr: 'Rien n’arrive ? Regardez dans les courriels indésirables, puis demandez au chargé d’affaires de votre institut ou à la coordination si cette adresse est bien invitée.',
  },
  'sign-in.asked.files': {
    en: 'No mail server is set on this installation: the mail lies as a file in the folder “outbox” of its data.',
    fr: 'Aucun serveur de messagerie n’est configuré : le courriel se trouve, en fichier, dans le dossier « outbox » des données.',
  },
  'sign-in.asked.again': { en: 'Another address, or another link', fr: 'Une autre adresse, ou un autre lien' },
  'sign-in.link.title': { en: 'Sign in to carnot-europe', fr: 'Se connecter à carnot-europe' },
  'sign-in.link.says': { en: 'You are signing in as {name} ({email}).', fr: 'Vous vous connectez en tant que {name} ({email}).' },
  'sign-in.link.button': { en: 'Sign in', fr: 'Se connecter' },
  'sign-in.link.why': {
    en: 'This step is here because mail programs open links by themselves: only the button signs in.',
    fr: 'Cette étape existe parce que les messageries ouvrent parfois les liens d’elles-mêmes : seul le bouton vous connecte.',
  },
  'sign-in.dead.title': { en: 'This link no longer works', fr: 'Ce lien ne fonctionne plus' },
  'sign-in.dead.says': {
    en: 'A link signs in once, and not for long. It was used, it has expired, or it is not whole. Ask for a new one:',
    fr: 'Un lien ne connecte qu’une fois, et pas longtemps. Il a déjà servi, il a expiré, ou il est incomplet. Demandez-en un nouveau :',
  },
  'sign-in.dead.signed-in': { en: 'You are signed in already.', fr: 'Vous êtes déjà connecté.' },
  'sign-in.dead.continue': { en: 'Continue', fr: 'Continuer' },
  'sign-in.first.title': { en: 'First start: with the admin token', fr: 'Premier démarrage : avec le jeton d’administration' },
  'sign-in.first.says': {
    en: 'Whoever has set this installation up becomes the coordinator of the network with it, and can invite everybody else.',
    fr: 'La personne qui a installé ce service devient ainsi coordinatrice du réseau et peut inviter toutes les autres.',
  },
  'sign-in.first.token': { en: 'Admin token', fr: 'Jeton d’administration' },
  'sign-in.first.token-help': { en: 'It was shown once at the first start, or stands in ADMIN_TOKEN.', fr: 'Il a été affiché une seule fois au premier démarrage, ou figure dans ADMIN_TOKEN.' },
  'sign-in.first.name': { en: 'Your name', fr: 'Votre nom' },
  'sign-in.first.email': { en: 'Your mail address', fr: 'Votre adresse de messagerie' },
  'sign-in.first.enter': { en: 'Become the coordinator', fr: 'Devenir coordinateur' },
  'sign-in.first.wrong': { en: 'This is not the token.', fr: 'Ce n’est pas le bon jeton.' },
  'sign-in.first.over': {
    en: 'The network has a coordinator: the admin token no longer signs anybody in. Ask for a link, or to be invited.',
    fr: 'Le réseau a une coordination : le jeton d’administration ne permet plus de se connecter. Demandez un lien ou une invitation.',
  },
  'sign-in.first.taken': { en: 'This address belongs to somebody of an institute. Take another one.', fr: 'Cette adresse est celle d’une personne d’un institut. Choisissez-en une autre.' },
  'too-often.hours': {
    en: 'That was too often for one day. Try again in {hours, plural, one {# hour} other {# hours}}.',
    fr: 'C’est trop pour une journée. Réessayez dans {hours, plural, one {# heure} other {# heures}}.',
  },
  'presence.title': { en: 'Confirm that it is you', fr: 'Confirmez que c’est bien vous' },
  'presence.says': {
    en: 'You signed in more than {minutes} minutes ago. To give others access, or to send messages elsewhere, sign in again. We send a link to {email}; it brings you back to this page.',
    fr: 'Votre connexion date de plus de {minutes} minutes. Pour ouvrir un accès à d’autres ou envoyer des messages ailleurs, reconnectez-vous. Nous envoyons un lien à {email} ; il vous ramène à cette page.',
  },
  'presence.send': { en: 'Send me a link', fr: 'Recevoir un lien' },
  'presence.typed': {
    en: 'Nothing was changed. If you had filled in a form, go back to it once you have confirmed, and send it again.',
    fr: 'Rien n’a été modifié. Si vous aviez rempli un formulaire, revenez-y après la confirmation et envoyez-le de nouveau.',
  },
  'presence.first': { en: 'You signed in more than {minutes} minutes ago.', fr: 'Votre connexion date de plus de {minutes} minutes.' },
  'presence.first.link': { en: 'First confirm that it is you', fr: 'Confirmez d’abord que c’est bien vous' },
  'sign-in.too-often': {
    en: 'Too many tries in a short time. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
    fr: 'Trop de tentatives en peu de temps. Réessayez dans {minutes, plural, one {# minute} other {# minutes}}.',
  },
});
