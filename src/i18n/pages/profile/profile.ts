import { messages } from '../../message.js';

/** The profile editor, and the profile file on the server. */
export const profile = messages({
  'profile.title': { en: 'Profile of {name}', fr: 'Profil {name}' },
  'profile.saved': {
    en: 'Version {n, number}, saved on {when}',
    fr: 'Version {n, number}, enregistrée le {when}',
  },
  'profile.institute': { en: 'The institute', fr: 'L’institut' },
  'profile.name': { en: 'Name of the institute', fr: 'Nom de l’institut' },
  'profile.language': { en: 'Language of its e-mails', fr: 'Langue des e-mails' },
  'profile.language.institute': { en: 'as the institute', fr: 'comme l’institut' },
  'profile.competences': { en: 'Competences', fr: 'Compétences' },
  'profile.competence.new': { en: 'New competence', fr: 'Nouvelle compétence' },
  'profile.label': { en: 'Name', fr: 'Intitulé' },
  'profile.label.fr': { en: 'Name in French (optional)', fr: 'Intitulé en français (facultatif)' },
  'profile.label.en': { en: 'Name in English (optional)', fr: 'Intitulé en anglais (facultatif)' },
  'profile.label.help': {
    en: 'What readers of this language see. Left blank, they see the name above.',
    fr: 'Ce que voient les lecteurs de cette langue. Laissé vide, ils voient l’intitulé ci-dessus.',
  },
  'profile.description': { en: 'Description', fr: 'Description' },
  'profile.keywords': { en: 'Keywords', fr: 'Mots-clés' },
  'profile.keywords.none': { en: 'No keywords yet', fr: 'Aucun mot-clé pour l’instant' },
  'profile.keywords.more': { en: '+{n}', fr: '+{n}' },
  'profile.keywords.calls': {
    en: 'Next to each keyword: how many stored calls contain it. An outlined keyword is in none.',
    fr: 'À côté de chaque mot-clé\u00a0: le nombre d’appels enregistrés qui le contiennent. Encadré, il ne figure dans aucun.',
  },
  'profile.keywords.help': {
    en: 'One per line, in English and in French. Phrases of two or three words work best.',
    fr: 'Un par ligne, en anglais et en français. Les expressions de deux ou trois mots donnent les meilleurs résultats.',
  },
  'profile.exclusions': { en: 'Exclusions', fr: 'Exclusions' },
  'profile.exclusions.help': {
    en: 'One per line. A call that contains one of these is not matched through this competence.',
    fr: 'Une par ligne. Un appel qui en contient une n’est pas retenu au titre de cette compétence.',
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
  'flash.confirmed': { en: 'The profile is confirmed.', fr: 'Le profil est confirmé.' },
  'flash.saved-flood': {
    en: 'Saved. But judging by recent weeks, this profile would send more messages a week than people read: see the preview.',
    fr: 'Enregistré. Mais d’après les dernières semaines, ce profil enverrait plus de messages par semaine qu’on n’en lit\u00a0: voir l’aperçu.',
  },
  'flash.restored': { en: 'The earlier version has been restored.', fr: 'L’ancienne version est rétablie.' },
});
