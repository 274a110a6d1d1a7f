import { messages } from '../message.js';
import { preferences } from './preferences.js';
import { start } from './start.js';
import { versions } from './versions.js';

const EDITOR = messages({
  'profile.title': { en: 'Profile of {name}', fr: 'Profil {name}' },
  'profile.saved': {
    en: 'Version {n, number}, saved on {when}',
    fr: 'Version {n, number}, enregistrée le {when}',
  },
  'profile.institute': { en: 'The institute', fr: 'L’institut' },
  'profile.name': { en: 'Name of the institute', fr: 'Nom de l’institut' },
  'profile.language': { en: 'Language of its e-mails', fr: 'Langue des e-mails' },
  'profile.language.fr': { en: 'French', fr: 'Français' },
  'profile.language.en': { en: 'English', fr: 'Anglais' },
  'profile.language.institute': { en: 'as the institute', fr: 'comme l’institut' },
  'profile.competences': { en: 'Competences', fr: 'Compétences' },
  'profile.competence.new': { en: 'New competence', fr: 'Nouvelle compétence' },
  'profile.label': { en: 'Name', fr: 'Intitulé' },
  'profile.description': { en: 'Description', fr: 'Description' },
  'profile.keywords': { en: 'Keywords', fr: 'Mots-clés' },
  'profile.keywords.help': {
    en: 'One per line, in English and in French. Phrases of two or three words work best.',
    fr: 'Un par ligne, en anglais et en français. Les expressions de deux ou trois mots donnent les meilleurs résultats.',
  },
  'profile.exclusions': { en: 'Exclusions', fr: 'Exclusions' },
  'profile.exclusions.help': {
    en: 'One per line. A call that contains one of these is not matched through this competence.',
    fr: 'Une par ligne. Un appel qui en contient une n’est pas rapproché par cette compétence.',
  },
  'profile.weight': { en: 'Weight', fr: 'Poids' },
  'profile.weight.help': {
    en: '1 is normal, 0 has no effect, 5 is the maximum.',
    fr: '1 est la valeur normale, 0 est sans effet, 5 est le maximum.',
  },
  'profile.weight-is': { en: 'Weight {weight, number}', fr: 'Poids {weight, number}' },
  'profile.up': { en: 'Move up', fr: 'Monter' },
  'profile.down': { en: 'Move down', fr: 'Descendre' },
  'profile.add-competence': { en: 'Add a competence', fr: 'Ajouter une compétence' },
  'profile.remove-competence': { en: 'Remove “{label}”', fr: 'Retirer « {label} »' },
  'profile.contacts': { en: 'E-mail recipients', fr: 'Destinataires des e-mails' },
  'profile.contacts.help': {
    en: 'They receive the digest of new and changed calls. Anyone can stop it with one click.',
    fr: 'Ils reçoivent le récapitulatif des appels nouveaux ou modifiés. Chacun peut l’arrêter d’un clic.',
  },
  'profile.contacts.none': { en: 'Nobody yet.', fr: 'Personne pour l’instant.' },
  'contacts.title': { en: 'Recipients to check', fr: 'Destinataires à vérifier' },
  'contacts.unconfirmed': {
    en: 'has not confirmed the address yet',
    fr: 'n’a pas encore confirmé l’adresse',
  },
  'contacts.outside': {
    en: 'receives the calls, but nothing internal to the institute',
    fr: 'reçoit les appels, mais rien de ce qui reste à l’institut',
  },
  'contacts.resend': { en: 'Send the confirmation again', fr: 'Renvoyer la demande de confirmation' },
  'contacts.admit': {
    en: 'Let them see answers and decisions',
    fr: 'Autoriser les réponses et les décisions',
  },
  'contacts.change': { en: '{by} wants these recipients:', fr: '{by} souhaite ces destinataires :' },
  'contacts.change.file': { en: 'The file on the server', fr: 'Le fichier du serveur' },
  'contacts.change.nobody': { en: 'nobody', fr: 'personne' },
  'contacts.change.says': {
    en: 'Nothing changes until an officer of the institute accepts.',
    fr: 'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte.',
  },
  'contacts.accept': { en: 'Accept', fr: 'Accepter' },
  'contacts.decline': { en: 'Decline', fr: 'Refuser' },
  'contacts.take-back': { en: 'Take back', fr: 'Annuler la demande' },
  'contacts.link.title': { en: 'Confirm your address', fr: 'Confirmer votre adresse' },
  'contacts.link.says': {
    en: '{name}, you have been named as a recipient of the European calls that fit {institute}.',
    fr: '{name}, votre adresse a été indiquée pour recevoir les appels européens qui correspondent {institute}.',
  },
  'contacts.link.button': { en: 'Yes, send them to me', fr: 'Oui, envoyez-les-moi' },
  'contacts.link.done': {
    en: 'Your address is confirmed. Every e-mail has a link to choose what you receive, or to stop.',
    fr: 'Votre adresse est confirmée. Chaque e-mail comporte un lien pour choisir ce que vous recevez, et pour arrêter.',
  },
  'contacts.link.dead': { en: 'This link no longer works', fr: 'Ce lien ne fonctionne plus' },
  'contacts.link.dead-says': {
    en: 'It has expired, a newer one was sent, or your address is no longer listed. Ask the institute to send the confirmation again.',
    fr: 'Il a expiré, un plus récent a été envoyé, ou votre adresse n’est plus indiquée. Demandez à l’institut de renvoyer la demande de confirmation.',
  },
  'said.asked-again': {
    en: 'The confirmation is on its way.',
    fr: 'La demande de confirmation est en route.',
  },
  'said.contacts-wait': {
    en: 'Saved. The recipients stay the same until an officer of the institute accepts the change.',
    fr: 'Enregistré. Les destinataires restent les mêmes tant qu’un chargé d’affaires de l’institut n’a pas accepté le changement.',
  },
  'profile.contact.new': { en: 'New recipient', fr: 'Nouveau destinataire' },
  'profile.contact.name': { en: 'Name', fr: 'Nom' },
  'profile.contact.email': { en: 'Address', fr: 'Adresse' },
  'profile.contact.language': { en: 'Language', fr: 'Langue' },
  'profile.add-contact': { en: 'Add a recipient', fr: 'Ajouter un destinataire' },
  'profile.remove-contact': { en: 'Remove {name}', fr: 'Retirer {name}' },
  'profile.stale': {
    en: 'Someone has saved this profile in the meantime',
    fr: 'Quelqu’un a enregistré ce profil entre-temps',
  },
  'profile.stale.help': {
    en: 'Your text is kept below and is not saved yet. Here is how it differs from the saved version; save again to replace it with yours.',
    fr: 'Votre saisie est conservée ci-dessous et n’est pas encore enregistrée. Voici en quoi elle diffère de la version actuelle ; enregistrez de nouveau pour la remplacer par la vôtre.',
  },
  'profile.stale.unseen': {
    en: 'Nothing was changed: you were looking at an earlier version. Here is what has changed since. Check it, then try again.',
    fr: 'Votre action n’a rien modifié\u00A0: vous aviez une version antérieure sous les yeux. Voici ce qui a changé depuis. Vérifiez, puis recommencez.',
  },
  'profile.file': { en: 'The file on the server is different', fr: 'Le fichier du serveur est différent' },
  'profile.file.help': {
    en: 'The profile’s file was changed after the profile was edited here. You see the edited version; it stays until you switch to the file.',
    fr: 'Le fichier du profil a été modifié après une édition faite ici. Vous voyez la version éditée\u00a0; elle reste en place tant que vous ne reprenez pas celle du fichier.',
  },
  'profile.file.difference': {
    en: 'What is different in the file',
    fr: 'Ce qui est différent dans le fichier',
  },
  'profile.file.take': { en: 'Use the file’s version', fr: 'Reprendre la version du fichier' },
  'profile.wrong.twice': { en: 'The same address appears twice.', fr: 'La même adresse figure deux fois.' },
  'profile.wrong.sign-in-again': {
    en: 'To change contacts, first confirm that it is you. Nothing was saved; your entries are still here.',
    fr: 'Pour modifier les contacts, confirmez d’abord que c’est bien vous. Rien n’a été enregistré ; votre saisie est conservée.',
  },
  'profile.wrong.no-competences': {
    en: 'Between 1 and 50 competences are needed.',
    fr: 'Il faut entre 1 et 50 compétences.',
  },
  'profile.wrong.too-many-words': {
    en: 'At most {most, number} keywords and exclusions in all: remove those that others already cover.',
    fr: 'Mots-clés et exclusions\u00A0: {most, number} au plus, toutes compétences confondues\u00A0; retirez ceux que d’autres recouvrent déjà.',
  },
  'profile.wrong.range': {
    en: 'The minimum must not exceed the maximum.',
    fr: 'Le minimum ne doit pas dépasser le maximum.',
  },
  'profile.wrong.number': { en: 'This number is not allowed here.', fr: 'Ce nombre n’est pas possible ici.' },
  'profile.wrong.amount': {
    en: 'Enter whole euros, such as 500000 or 500,000.',
    fr: 'Indiquez un montant en euros entiers, comme 500000 ou 500 000.',
  },
  'profile.wrong.country': {
    en: 'Enter countries by name or by two letters, such as France or FR.',
    fr: 'Indiquez les pays par leur nom ou par deux lettres, comme France ou FR.',
  },
  'profile.wrong.too-many-countries': {
    en: 'Enter at most {most, number} countries; leave the field blank if any country will do.',
    fr: 'Indiquez {most, number} pays au plus\u00A0; laissez le champ vide si tous vous conviennent.',
  },
  'profile.wrong.days': {
    en: 'Enter a whole number of days, from 1 to 730.',
    fr: 'Indiquez un nombre entier de jours, de 1 à 730.',
  },
  'profile.wrong.email': {
    en: 'Enter an address such as name@example.org.',
    fr: 'Indiquez une adresse comme nom@exemple.fr.',
  },
  'profile.wrong.name': {
    en: 'Enter a name of 2 to 200 characters.',
    fr: 'Indiquez un intitulé de 2 à 200 caractères.',
  },
  'profile.wrong.keyword': {
    en: 'Each line needs 2 to 100 characters.',
    fr: 'Chaque ligne doit compter de 2 à 100 caractères.',
  },
  'said.confirmed': { en: 'The profile is confirmed.', fr: 'Le profil est confirmé.' },
  'said.saved-flood': {
    en: 'Saved. But judging by recent weeks, this profile would send more messages a week than people read: see the preview.',
    fr: 'Enregistré. Mais d’après les dernières semaines, ce profil enverrait plus de messages par semaine qu’on n’en lit\u00a0: voir l’aperçu.',
  },
  'said.restored': { en: 'The earlier version has been restored.', fr: 'L’ancienne version est rétablie.' },
});

const PREVIEW = messages({
  'profile.preview': { en: 'What this changes', fr: 'Ce que cela change' },
  'profile.preview.button': { en: 'Preview', fr: 'Aperçu' },
  'profile.preview.help': {
    en: 'Change something to see the calls gained and lost over the last 12 months. Nothing is saved.',
    fr: 'Modifiez quelque chose : les appels gagnés et perdus sur les 12 derniers mois s’affichent ici, sans rien enregistrer.',
  },
  'profile.preview.to-correct': {
    en: 'Correct the form before trying this profile.',
    fr: 'Corrigez le formulaire avant d’essayer ce profil.',
  },
  'profile.preview.sum': {
    en: '+{gained, number} gained, −{lost, number} lost.',
    fr: '+{gained, number} {gained, plural, one {gagné} other {gagnés}}, −{lost, number} {lost, plural, one {perdu} other {perdus}}.',
  },
  'profile.preview.totals': {
    en: '{after, plural, one {# match} other {# matches}} instead of {before, number}.',
    fr: '{after, plural, one {# appel retenu} other {# appels retenus}} au lieu de {before, number}.',
  },
  'profile.preview.same': {
    en: 'Nothing changes: {n, plural, one {# match} other {# matches}}, as saved.',
    fr: 'Rien ne change : {n, plural, one {# appel retenu} other {# appels retenus}}, comme enregistré.',
  },
  'profile.preview.gained': { en: 'Gained ({n, number})', fr: 'Gagnés ({n, number})' },
  'profile.preview.lost': { en: 'Lost ({n, number})', fr: 'Perdus ({n, number})' },
  'profile.preview.changed': { en: 'Score changed ({n, number})', fr: 'Score modifié ({n, number})' },
  'profile.preview.score': {
    en: '{before, number} → {after, number}',
    fr: '{before, number} → {after, number}',
  },
  'profile.preview.points': { en: 'points', fr: 'points' },
  'profile.preview.more': { en: 'and {n, number} more', fr: 'et {n, number} de plus' },
  'profile.preview.messages': {
    en: 'With this profile: about {aWeek, plural, one {# message} other {# messages}} a week ({digests, plural, one {# digest} other {# digests}}, {urgent, number} urgent), judging by the last {weeks, plural, one {week} other {# weeks}}; {before, number} with the saved profile.',
    fr: 'Avec ce profil\u00a0: environ {aWeek, plural, one {# message} other {# messages}} par semaine ({digests, plural, one {# récapitulatif} other {# récapitulatifs}}, {urgent, number} en urgence), d’après {weeks, plural, one {la dernière semaine} other {les # dernières semaines}}\u00a0; {before, number} avec le profil enregistré.',
  },
  'profile.preview.basis': {
    en: 'Out of {calls, plural, one {# call} other {# calls}} of the last 12 months, from a score of {minScore, number}. This profile would announce about {weekly, number} a week.',
    fr: 'Sur {calls, plural, one {# appel} other {# appels}} des 12 derniers mois, à partir d’un score de {minScore, number}. Ce profil en annoncerait environ {weekly, number} par semaine.',
  },
});

const CONFIRM = messages({
  'confirm.title': { en: 'To be confirmed by the institute', fr: 'À confirmer par l’institut' },
  'confirm.intro': {
    en: 'This profile was written without the institute, from public sources or general knowledge, or nobody there has confirmed it yet.',
    fr: 'Ce profil a été établi sans l’institut, à partir de sources publiques ou de connaissances générales, ou personne n’y a encore confirmé qu’il est juste.',
  },
  'confirm.points': { en: 'Please check:', fr: 'À vérifier\u00a0:' },
  'confirm.button': { en: 'The profile is right: confirm it', fr: 'Le profil est juste : le confirmer' },
  'confirm.few-competences': {
    en: '{n, plural, one {There is only one competence} other {There are only # competences}}: is that all the institute does?',
    fr: '{n, plural, one {Il n’y a qu’une compétence} other {Il n’y a que # compétences}}\u00A0: est-ce tout ce que fait l’institut ?',
  },
  'confirm.no-contact': {
    en: 'Nobody receives its e-mails yet.',
    fr: 'Personne ne reçoit encore ses e-mails.',
  },
  'confirm.no-people': {
    en: 'No researcher is linked to its competences.',
    fr: 'Aucun chercheur n’est associé aux compétences.',
  },
  'confirm.no-description': {
    en: '“{competence}” has no description.',
    fr: '« {competence} » n’a pas de description.',
  },
  'confirm.no-keywords': {
    en: '“{competence}” has no keywords: only its name is searched for.',
    fr: '« {competence} » n’a pas de mots-clés : seul son intitulé est recherché.',
  },
  'confirm.only-english': {
    en: '“{competence}” has keywords in English only: French calls are missed.',
    fr: '« {competence} » n’a de mots-clés qu’en anglais : les appels français lui échappent.',
  },
  'confirm.only-french': {
    en: '“{competence}” has keywords in French only: most European calls are in English.',
    fr: '« {competence} » n’a de mots-clés qu’en français : la plupart des appels européens sont en anglais.',
  },
  'confirm.repeated-keyword': {
    en: '“{keyword}” in “{competence}” also appears in “{also}”.',
    fr: '« {keyword} », de « {competence} », figure aussi dans « {also} ».',
  },
  'confirm.common-keyword': {
    en: '“{keyword}” in “{competence}” applies to almost everything.',
    fr: '«\u00a0{keyword}\u00a0», dans «\u00a0{competence}\u00a0», s’applique à presque tout.',
  },
});

/** Profile, its versions and files, and the first visit. */
export const profile = { ...EDITOR, ...PREVIEW, ...CONFIRM, ...versions, ...preferences, ...start };
