import { messages } from '../../message.js';

const VERSIONS = messages({
  'versions.title': { en: 'Versions', fr: 'Versions' },
  'versions.of': { en: 'Versions of the profile of {name}', fr: 'Versions du profil {name}' },
  'versions.one': {
    en: 'Version {n, number} of the profile of {name}',
    fr: 'Version {n, number} du profil {name}',
  },
  'versions.back': { en: 'Back to the profile', fr: 'Retour au profil' },
  'versions.all': { en: 'All versions', fr: 'Toutes les versions' },
  'versions.number': { en: 'No.', fr: 'N°' },
  'versions.when': { en: 'Saved', fr: 'Enregistrée' },
  'versions.who': { en: 'By', fr: 'Par' },
  'versions.competences': { en: 'Competences', fr: 'Compétences' },
  'versions.actions': { en: 'Actions', fr: 'Actions' },
  'versions.current': { en: 'current version', fr: 'version actuelle' },
  'versions.compare': { en: 'Compare {n, number} with now', fr: 'Comparer {n, number} à l’actuelle' },
  'versions.restore': { en: 'Restore version {n, number}', fr: 'Rétablir la version {n, number}' },
  'versions.stale': {
    en: 'Someone saved the profile in the meantime, and nothing was restored. Below is what restoring would undo, their change included. Restore again if that is what you want.',
    fr: 'Quelqu’un a enregistré le profil entre-temps, et rien n’a été rétabli. Ce qui serait annulé, sa modification comprise, figure ci-dessous. Rétablissez de nouveau si c’est bien ce que vous voulez.',
  },
  'versions.since': { en: 'What changed since', fr: 'Ce qui a changé depuis' },
  'versions.whole': { en: 'The whole version', fr: 'La version entière' },
  'versions.no-difference': { en: 'Nothing is different.', fr: 'Aucune différence.' },
  'versions.nobody': { en: 'not recorded', fr: 'non indiqué' },
  'versions.origin.file': { en: 'the profile’s file', fr: 'le fichier du profil' },
  'versions.origin.edit': { en: '{by}', fr: '{by}' },
  'versions.origin.restore': {
    en: '{by}, restoring an earlier version',
    fr: '{by}, en rétablissant une ancienne version',
  },
  'versions.in-competence': { en: '{competence}: {field}', fr: '{competence} : {field}' },
  'versions.yes': { en: 'yes', fr: 'oui' },
  'versions.no': { en: 'no', fr: 'non' },
  'versions.field.name': { en: 'Name', fr: 'Nom' },
  'versions.field.language': { en: 'Language', fr: 'Langue' },
  'versions.field.confirmed': { en: 'Confirmed', fr: 'Confirmé' },
  'versions.field.contacts': { en: 'Recipients', fr: 'Destinataires' },
  'versions.field.preferences': { en: 'Preferences', fr: 'Préférences' },
  'versions.field.trackRecord': { en: 'Own projects', fr: 'Projets propres' },
  'versions.field.vocabulary': { en: 'Own terms', fr: 'Termes propres' },
  'versions.field.label': { en: 'name', fr: 'intitulé' },
  'versions.field.labels': { en: 'name by language', fr: 'intitulé par langue' },
  'versions.field.description': { en: 'description', fr: 'description' },
  'versions.field.keywords': { en: 'keywords', fr: 'mots-clés' },
  'versions.field.exclusions': { en: 'exclusions', fr: 'exclusions' },
  'versions.field.weight': { en: 'weight', fr: 'poids' },
  'versions.field.added': { en: 'competence added', fr: 'compétence ajoutée' },
  'versions.field.removed': { en: 'competence removed', fr: 'compétence retirée' },
  'versions.field.order': { en: 'Order of the competences', fr: 'Ordre des compétences' },
});

const YAML = messages({
  'yaml.title': { en: 'As a file (YAML)', fr: 'En fichier (YAML)' },
  'yaml.of': { en: 'The profile of {name} as a file', fr: 'Le profil {name} en fichier' },
  'yaml.help': {
    en: 'The same profile as text: download it, edit it, upload it. Errors are shown by line, and nothing is saved until everything is correct.',
    fr: 'Le même profil sous forme de texte\u00a0: téléchargez-le, modifiez-le, renvoyez-le. Chaque erreur est indiquée par sa ligne, et rien n’est enregistré tant que tout n’est pas juste.',
  },
  'yaml.download': { en: 'Download the file', fr: 'Télécharger le fichier' },
  'yaml.file': { en: 'A file', fr: 'Un fichier' },
  'yaml.file.help': {
    en: 'If you choose a file, it replaces the text below.',
    fr: 'Si vous en choisissez un, il remplace le texte ci-dessous.',
  },
  'yaml.text': { en: 'Or the text', fr: 'Ou le texte' },
  'yaml.line': { en: 'Line {n, number}:', fr: 'Ligne {n, number}\u00A0:' },
  'yaml.stale': {
    en: 'Someone saved the profile in the meantime; your text is kept below and is not saved yet. Save again to replace their version.',
    fr: 'Quelqu’un a enregistré le profil entre-temps\u00a0; votre texte est conservé ci-dessous et n’est pas encore enregistré. Enregistrez de nouveau pour remplacer sa version.',
  },
});

/** The versions of a profile, and the profile as a file. */
export const versions = { ...VERSIONS, ...YAML };
