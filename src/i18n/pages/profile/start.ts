import { messages } from '../../message.js';

/** The first visit. */
export const start = messages({
  'start.title': { en: 'First steps', fr: 'Premiers pas' },
  'start.from-profile': {
    en: 'This institute has no profile yet: draft it in three steps',
    fr: 'Cet institut n’a pas encore de profil\u00a0: rédigez-le en trois étapes',
  },
  'start.steps': { en: 'Steps', fr: 'Étapes' },
  'start.step.who': { en: '1. Who you are', fr: '1. Qui vous êtes' },
  'start.step.what': { en: '2. What you do', fr: '2. Ce que vous faites' },
  'start.step.matches': { en: '3. Your first calls', fr: '3. Vos premiers appels' },
  'start.next': { en: 'Next', fr: 'Continuer' },
  'start.skip': { en: 'See the calls first', fr: 'Voir d’abord les appels' },
  'start.back': { en: 'Back', fr: 'Retour' },
  'start.who': { en: 'Welcome, {name}', fr: 'Bienvenue, {name}' },
  'start.who.help': {
    en: 'Three short steps lead to the first calls that fit your institute. Everything can be changed later.',
    fr: 'Trois courtes étapes mènent aux premiers appels qui conviennent à votre institut. Tout se modifie plus tard.',
  },
  'start.contact': {
    en: 'Send the calls that fit by e-mail to {email}',
    fr: 'Envoyer les appels qui conviennent par e-mail à {email}',
  },
  'start.contacts': { en: 'E-mails go to: {list}', fr: 'E-mails envoyés à\u00a0: {list}' },
  'start.what': { en: 'What does {name} do?', fr: 'Que fait {name} ?' },
  'start.describe': { en: 'From a description', fr: 'À partir d’une description' },
  'start.text': {
    en: 'Paste text from a web page or a brochure',
    fr: 'Collez le texte d’une page web ou d’une plaquette',
  },
  'start.text.help': {
    en: 'In French or English, up to 20,000 characters. Competences and keywords are drafted from it; you correct them before anything is saved.',
    fr: 'En français ou en anglais, jusqu’à 20 000 caractères. Compétences et mots-clés en sont tirés ; vous les corrigez avant tout enregistrement.',
  },
  'start.text.wrong': {
    en: 'Enter between {min, number} and {max, number} characters.',
    fr: 'Il faut entre {min, number} et {max, number} caractères.',
  },
  'start.draft': { en: 'Draft the competences', fr: 'Proposer des compétences' },
  'start.draft-again': {
    en: 'Replace those below with a new draft',
    fr: 'Remplacer celles ci-dessous par une nouvelle proposition',
  },
  'start.draft-more': { en: 'Add a draft after those below', fr: 'Ajouter des propositions à la suite' },
  'start.drafted': {
    en: '{n, plural, one {One competence drafted} other {# competences drafted}} below. Check and correct.',
    fr: '{n, plural, one {Une compétence proposée} other {# compétences proposées}} ci-dessous. Relisez et corrigez.',
  },
  'start.nothing-drafted': {
    en: 'No subject was found in this text. Try one that says what the institute works on.',
    fr: 'Aucun sujet n’a été trouvé dans ce texte. Essayez-en un qui dit sur quoi l’institut travaille.',
  },
  'start.stale': {
    en: 'Someone saved this profile in the meantime. Your text is kept; save again to replace their version.',
    fr: 'Quelqu’un a enregistré ce profil entre-temps. Votre saisie est conservée\u00a0; enregistrez de nouveau pour remplacer sa version.',
  },
  'start.correct': {
    en: 'Names and keywords are used to search for calls. Remove what does not apply.',
    fr: 'Les intitulés et les mots-clés servent à rechercher les appels. Retirez ce qui ne s’applique pas.',
  },
  'start.save': { en: 'Save and see the calls', fr: 'Enregistrer et voir les appels' },
  'start.matches': {
    en: '{n, plural, =0 {No call fits yet} one {The call that fits best} other {The # calls that fit best}}',
    fr: '{n, plural, =0 {Aucun appel ne convient encore} one {L’appel qui convient le mieux} other {Les # appels qui conviennent le mieux}}',
  },
  'start.matches.help': {
    en: '{passing, plural, =0 {None scores high enough to be announced by e-mail: more keywords would help.} one {One call scores high enough to be announced by e-mail.} other {# calls, open or forthcoming, score high enough to be announced by e-mail.}}',
    fr: '{passing, plural, =0 {Aucun n’est assez proche pour être annoncé par e-mail\u00a0: davantage de mots-clés aideraient.} one {Un appel est assez proche pour être annoncé par e-mail.} other {# appels, ouverts ou à venir, sont assez proches pour être annoncés par e-mail.}}',
  },
  'start.no-matches': {
    en: 'No open call contains anything from the profile',
    fr: 'Aucun appel ouvert ne contient d’élément du profil',
  },
  'start.no-matches.help': {
    en: 'Go back and add keywords in English, as calls would write them.',
    fr: 'Revenez en arrière et ajoutez des mots-clés en anglais, tels que les appels les écriraient.',
  },
  'start.then': { en: 'What happens next', fr: 'Et maintenant' },
  'start.then.inbox': {
    en: 'All matches will be under “To decide” in a moment. New and changed calls are added automatically.',
    fr: 'Tous les appels retenus arrivent dans un instant dans «\u00a0À trier\u00a0». Les nouveaux et les modifiés s’y ajoutent automatiquement.',
  },
  'start.then.mail': {
    en: 'A first e-mail with the best calls will be sent soon, then a digest whenever there is news.',
    fr: 'Un premier e-mail avec les meilleurs appels part bientôt, puis un récapitulatif dès qu’il y a du nouveau.',
  },
  'start.then.no-mail': {
    en: 'Nobody receives e-mails yet: add recipients in the profile.',
    fr: 'Personne ne reçoit d’e-mails\u00a0: ajoutez des destinataires dans le profil.',
  },
  'start.then.profile': { en: 'Refine the profile and confirm it', fr: 'Affiner le profil et le confirmer' },
  'start.then.team': { en: 'Invite colleagues', fr: 'Inviter des collègues' },
  'start.to-inbox': { en: 'Go to the calls to decide on', fr: 'Voir les appels à trier' },
});
