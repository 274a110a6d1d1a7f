import { messages } from '../message.js';

/** E-mails about sign-in and about people who leave. */
export const accessMails = messages({
  'mail.greeting': {
    en: 'Hello {name},',
    fr: 'Bonjour {name},',
  },
  'mail.sign-in.subject': {
    en: 'Your link to sign in to carnot-europe',
    fr: 'Votre lien de connexion à carnot-europe',
  },
  'mail.sign-in.label': {
    en: 'Sign in',
    fr: 'Se connecter',
  },
  'mail.sign-in.asked': {
    en: 'You asked to sign in to carnot-europe. Open this link, then press the button on the page:',
    fr: 'Vous avez demandé à vous connecter à carnot-europe. Ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.sign-in.once': {
    en: 'The link works once, within {minutes} minutes.',
    fr: 'Le lien sert une seule fois, dans les {minutes} minutes.',
  },
  'mail.sign-in.not-you': {
    en: 'If you did not ask for it, do nothing: without the button, nobody is signed in.',
    fr: 'Si vous n’avez rien demandé, ne faites rien\u00a0: sans le bouton, personne n’est connecté.',
  },
  'mail.invitation.subject': {
    en: '{by} invites you to carnot-europe',
    fr: '{by} vous invite sur carnot-europe',
  },
  'mail.invitation.label': {
    en: 'Accept the invitation',
    fr: 'Accepter l’invitation',
  },
  'mail.invitation.says': {
    en: '{by} invites you to carnot-europe, for {institute}.',
    fr: '{by} vous invite sur carnot-europe, pour {institute}.',
  },
  'mail.invitation.network': {
    en: 'the coordination of the Carnot network',
    fr: 'la coordination du réseau des Carnot',
  },
  'mail.invitation.what': {
    en: 'carnot-europe watches the European calls for the Carnot institutes and says which ones fit, with reasons.',
    fr: 'carnot-europe surveille les appels européens pour les instituts Carnot et indique lesquels correspondent, avec les raisons.',
  },
  'mail.invitation.role.coordinator': {
    en: 'You will see all institutes and can invite them.',
    fr: 'Vous verrez tous les instituts et pourrez les inviter.',
  },
  'mail.invitation.role.officer': {
    en: 'As an officer you see the calls that fit your institute and why, decide on them, propose them to researchers, and keep the profile up to date.',
    fr: 'En tant que chargé d’affaires, vous voyez les appels qui correspondent à votre institut et pourquoi, vous décidez, vous les proposez aux chercheurs et vous tenez le profil à jour.',
  },
  'mail.invitation.role.reader': {
    en: 'As a reader you see the calls that fit your institute, and why.',
    fr: 'En tant que lecteur, vous voyez les appels qui correspondent à votre institut, et pourquoi.',
  },
  'mail.invitation.open': {
    en: 'Open this link, then press the button on the page:',
    fr: 'Ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.invitation.once': {
    en: 'The link works once, within {days} days. After that, ask for a new one with this e-mail address: {url}',
    fr: 'Le lien sert une seule fois, dans les {days} jours. Ensuite, demandez un nouveau lien avec cette adresse e-mail\u00a0: {url}',
  },
  'mail.removal.subject': {
    en: 'Your access to {institute} ends on {day}',
    fr: 'Votre accès {institute} prend fin le {day}',
  },
  'mail.removal.notice.subject': {
    en: '{officer} is to leave {institute} on {day}',
    fr: 'Le {day}, {officer} doit quitter l’équipe ({institute})',
  },
  'mail.removal.notice.says': {
    en: '{by}, from the network’s coordination, wants to remove the access of {officer} ({institute}). It ends on {day}.',
    fr: '{by}, de la coordination du réseau, souhaite retirer l’accès de {officer} ({institute}). Il prendra fin le {day}.',
  },
  'mail.removal.notice.keep': {
    en: 'Until then, any officer of the institute can press “Keep my access” on the team page. You do not know of this? Ask your colleague, or the coordination.',
    fr: 'D’ici là, tout chargé d’affaires de l’institut peut appuyer sur «\u00a0Garder mon accès\u00a0» sur la page de l’équipe. Vous n’êtes pas au courant\u00a0? Parlez-en à votre collègue ou à la coordination.',
  },
  'mail.removal.label': {
    en: 'Keep my access',
    fr: 'Garder mon accès',
  },
  'mail.removal.says': {
    en: '{by}, from the network’s coordination, wants to remove your access to {institute} on carnot-europe. It ends on {day}.',
    fr: '{by}, de la coordination du réseau, souhaite retirer votre accès {institute} sur carnot-europe. Il prendra fin le {day}.',
  },
  'mail.removal.still': {
    en: 'Are you still an officer of this institute? Sign in with this link and press “Keep my access”:',
    fr: 'Vous êtes toujours chargé d’affaires de cet institut\u00a0? Connectez-vous par ce lien et appuyez sur «\u00a0Garder mon accès\u00a0»\u00a0:',
  },
  'mail.removal.else': {
    en: 'If you do nothing, your access ends after {days} days. What you wrote stays with the institute.',
    fr: 'Sans réponse de votre part, votre accès prend fin après {days} jours. Ce que vous avez écrit reste à l’institut.',
  },
});
