import { messages } from '../../message.js';

export const privacy = messages({
  'privacy.menu': { en: 'Personal data', fr: 'Données personnelles' },
  'privacy.title': {
    en: 'What we keep about people, and for how long',
    fr: 'Données personnelles\u00a0: lesquelles, combien de temps',
  },
  'privacy.says': {
    en: 'This program tells research institutes about European funding calls. It keeps only the personal data it needs for that. Old data are deleted every day.',
    fr: 'Ce programme informe les instituts de recherche des appels européens. Il ne conserve sur les personnes que ce dont il a besoin pour cela. Les données anciennes sont supprimées chaque jour.',
  },
  'privacy.whose': { en: 'Whose', fr: 'Qui' },
  'privacy.what': { en: 'What', fr: 'Quoi' },
  'privacy.why': { en: 'What for', fr: 'Pourquoi' },
  'privacy.until': { en: 'How long', fr: 'Durée' },
  'privacy.whose.account': { en: 'People who sign in', fr: 'Personnes qui se connectent' },
  'privacy.what.account': {
    en: 'Name, e-mail address, language, role, institute; notification settings, saved searches, notes and decisions; the public part of passkeys',
    fr: 'Nom, adresse e-mail, langue, rôle, institut ; préférences de notification, recherches enregistrées, notes et décisions ; partie publique des clés d’accès',
  },
  'privacy.why.account': {
    en: 'To work with the calls of their institute',
    fr: 'Pour travailler sur les appels de leur institut',
  },
  'privacy.until.account': {
    en: '{people} days after they leave; then their decisions stay without their name',
    fr: '{people} jours après leur départ ; ensuite leurs décisions restent, sans leur nom',
  },
  'privacy.whose.session': { en: 'Their sessions', fr: 'Leurs sessions' },
  'privacy.what.session': {
    en: 'Browser, time of sign-in and of last use',
    fr: 'Navigateur, dates de connexion et de dernière utilisation',
  },
  'privacy.why.session': {
    en: 'To spot and end sessions that are not theirs',
    fr: 'Pour repérer et fermer une session étrangère',
  },
  'privacy.until.session': {
    en: '{sessions} days after the session ends',
    fr: '{sessions} jours après la fin de la session',
  },
  'privacy.whose.audit': { en: 'People who change something', fr: 'Auteurs de modifications' },
  'privacy.what.audit': {
    en: 'What was changed, when, and from which network address',
    fr: 'Ce qui a été modifié, quand et depuis quelle adresse réseau',
  },
  'privacy.why.audit': { en: 'To detect misuse', fr: 'Pour déceler un abus' },
  'privacy.until.audit': {
    en: 'Network addresses {origins} days; names as long as the account; entries stay without either',
    fr: 'Adresses réseau {origins} jours ; noms aussi longtemps que le compte ; les entrées restent, sans l’un ni l’autre',
  },
  'privacy.whose.contact': { en: 'Contacts named in profiles', fr: 'Contacts cités dans les profils' },
  'privacy.what.contact': {
    en: 'Name, e-mail address, language, whether they agreed',
    fr: 'Nom, adresse e-mail, langue, accord donné',
  },
  'privacy.why.contact': {
    en: 'To send them calls that fit their institute',
    fr: 'Pour leur envoyer les appels qui conviennent à leur institut',
  },
  'privacy.until.contact': {
    en: 'Until the institute removes them, or they ask for it',
    fr: 'Jusqu’à ce que l’institut les retire, ou qu’ils le demandent',
  },
  'privacy.whose.researcher': { en: 'Researchers', fr: 'Chercheurs' },
  'privacy.what.researcher': {
    en: 'Name, e-mail address, language, competences, calls proposed to them and their answers',
    fr: 'Nom, adresse e-mail, langue, compétences, appels proposés et réponses',
  },
  'privacy.why.researcher': {
    en: 'So that their institute can propose calls to them',
    fr: 'Pour que leur institut leur propose des appels',
  },
  'privacy.until.researcher': {
    en: 'Until the institute removes them, or they end it with the link in each e-mail: then only a hash of their address is kept, so that they are not added again',
    fr: 'Jusqu’à ce que l’institut les retire, ou qu’ils y mettent fin par le lien de chaque message\u00a0: seule l’empreinte de leur adresse est alors conservée, pour qu’ils ne soient pas inscrits de nouveau',
  },
  'privacy.whose.message': { en: 'Recipients of messages', fr: 'Destinataires des messages' },
  'privacy.what.message': {
    en: 'Address, text, and whether it arrived',
    fr: 'Adresse, texte et remise du message',
  },
  'privacy.why.message': {
    en: 'To show what was sent, and to send it again',
    fr: 'Pour montrer ce qui a été envoyé, et le renvoyer',
  },
  'privacy.until.message': {
    en: 'Texts {messages} days; links and invitations {links} days',
    fr: 'Textes {messages} jours ; liens et invitations {links} jours',
  },
  'privacy.whose.backup': { en: 'All of them', fr: 'Tous' },
  'privacy.what.backup': { en: 'Backups of all this', fr: 'Sauvegardes de l’ensemble' },
  'privacy.why.backup': { en: 'To restore it after a failure', fr: 'Pour le rétablir après une panne' },
  'privacy.until.backup': {
    en: 'As long as the operator keeps them',
    fr: 'Aussi longtemps que l’exploitant les garde',
  },
  'privacy.rights': { en: 'Your rights', fr: 'Vos droits' },
  'privacy.rights.says': {
    en: 'You can have a copy of your data, have them corrected, and have them erased. People with an account do so themselves; contacts and researchers ask the institute that wrote to them.',
    fr: 'Vous pouvez obtenir une copie de vos données, les faire rectifier et les faire effacer. Les titulaires d’un compte le font eux-mêmes ; contacts et chercheurs s’adressent à l’institut qui leur a écrit.',
  },
  'privacy.own': { en: 'Your own data', fr: 'Vos données' },
  'personal.title': { en: 'Personal data', fr: 'Données personnelles' },
  'personal.own': { en: 'Your data', fr: 'Vos données' },
  'personal.own.says': {
    en: 'Everything we keep about you, in one file.',
    fr: 'Tout ce qui est conservé sur vous, dans un seul fichier.',
  },
  'personal.download': { en: 'Download a copy', fr: 'Télécharger une copie' },
  'personal.erase': { en: 'Erase my data', fr: 'Effacer mes données' },
  'personal.erase.says': {
    en: 'Your account ends at once, and everything we keep about you is erased. What you decided for your institute stays, without your name. This cannot be undone.',
    fr: 'Votre compte prend fin aussitôt, et tout ce qui est conservé sur vous est effacé. Ce que vous avez décidé pour votre institut reste, sans votre nom. C’est définitif.',
  },
  'personal.erase.sure': { en: 'Erase everything now', fr: 'Tout effacer maintenant' },
  'personal.others': {
    en: 'A colleague, a contact or a researcher',
    fr: 'Un collègue, un contact ou un chercheur',
  },
  'personal.others.says': {
    en: 'Anyone may ask your institute for a copy of their data, or to erase them. Erasing ends their account here and cannot be undone.',
    fr: 'Toute personne peut demander à votre institut une copie de ses données, ou leur effacement. L’effacement met fin à son compte ici ; il est définitif.',
  },
  'personal.email': { en: 'Their e-mail address', fr: 'Son adresse e-mail' },
  'personal.others.erase': { en: 'Erase for good', fr: 'Effacer définitivement' },
  'personal.preview.own': { en: 'Erase my data: see first', fr: 'Effacer mes données\u00a0: aperçu' },
  'personal.preview.other': { en: 'Erase: see first', fr: 'Effacer\u00a0: aperçu' },
  'personal.erase.whose': { en: 'Erase {email}', fr: 'Effacer {email}' },
  'personal.keep': { en: 'Cancel', fr: 'Annuler' },
  'personal.changed': {
    en: 'Someone has written something since: look at the preview again. Nothing was erased.',
    fr: 'Quelqu’un a écrit entre-temps\u00a0: vérifiez l’aperçu. Rien n’a été effacé.',
  },
  'personal.preview.rows': {
    en: '{n, plural, =0 {Nothing is kept about them here.} one {One record about them is deleted, or kept without their name.} other {{n} records about them are deleted, or kept without their name.}}',
    fr: '{n, plural, =0 {Aucune donnée n’est conservée ici.} one {Une donnée est supprimée, ou conservée sans le nom.} other {{n} données sont supprimées, ou conservées sans le nom.}}',
  },
  'personal.preview.texts': { en: 'Texts that change', fr: 'Textes modifiés' },
  'personal.preview.says': {
    en: 'In {n, plural, one {one text} other {{n} texts}}, the words in brackets are replaced by a dash.',
    fr: 'Dans {n, plural, one {un texte} other {{n} textes}}, les mots entre crochets sont remplacés par un tiret.',
  },
  'personal.preview.none': { en: 'No text changes.', fr: 'Aucun texte n’est modifié.' },
  'personal.preview.unread': {
    en: '{where}: {n, plural, one {one text} other {{n} texts}}, not shown to you',
    fr: '{where}\u00a0: {n, plural, one {un texte} other {{n} textes}}, contenu non affiché',
  },
  'personal.preview.more': { en: 'and {n} more', fr: 'et {n} autres' },
  'personal.untouched': { en: 'What stays', fr: 'Ce qui reste' },
  'personal.untouched.says': {
    en: 'Texts of other institutes stay as they are. Those that you can read and that contain the name are listed here; those that institutes keep to themselves are not searched for it.',
    fr: 'Les textes des autres instituts restent inchangés. Ceux que vous pouvez lire et qui contiennent le nom figurent ici\u00a0; leurs textes internes ne sont pas parcourus.',
  },
  'personal.untouched.where': {
    en: '{where}, {whose}: {n, plural, one {one text} other {{n} texts}}',
    fr: '{where}, {whose}\u00a0: {n, plural, one {un texte} other {{n} textes}}',
  },
  'personal.network': { en: 'the network', fr: 'le réseau' },
  'personal.place.notes': { en: 'Note', fr: 'Note' },
  'personal.place.bids': { en: 'Bid', fr: 'Projet' },
  'personal.place.comments': { en: 'Comment', fr: 'Commentaire' },
  'personal.place.proposals': { en: 'Proposal to a researcher', fr: 'Appel proposé à un chercheur' },
  'personal.place.interests': { en: 'Interest in a call', fr: 'Intérêt pour un appel' },
  'personal.place.joint-bids': { en: 'Joint bid', fr: 'Projet commun' },
  'personal.place.profile': { en: 'Profile', fr: 'Profil' },
  'personal.place.researchers': { en: 'Researcher', fr: 'Chercheur' },
  'personal.place.papers': { en: 'Meeting pack or offer', fr: 'Dossier de réunion ou offre' },
  'personal.place.searches': { en: 'Saved search', fr: 'Recherche enregistrée' },
  'personal.place.links': { en: 'Key or link', fr: 'Clé ou lien' },
  'personal.place.channels': { en: 'Channel', fr: 'Canal' },
  'personal.place.messages': { en: 'Message sent', fr: 'Message envoyé' },
  'personal.place.mails': { en: 'E-mail sent', fr: 'E-mail envoyé' },
  'flash.erased': { en: 'The personal data were erased.', fr: 'Les données personnelles ont été effacées.' },
});
