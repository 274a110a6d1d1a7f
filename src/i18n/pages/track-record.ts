import { messages } from '../message.js';

/** The funded projects of an institute. */
export const trackRecord = messages({
  'record.title': { en: 'Funded projects', fr: 'Projets financés' },
  'record.of': { en: 'Funded projects of {name}', fr: 'Projets financés\u00a0: {name}' },
  'record.none': {
    en: 'No project is attributed to the institute',
    fr: 'Aucun projet n’est attribué à l’institut',
  },
  'record.none.help': {
    en: 'List the institute’s projects under “trackRecord” in the profile’s YAML file. They must have been imported from CORDIS.',
    fr: 'Indiquez les projets de l’institut sous «\u00a0trackRecord\u00a0» dans le fichier YAML du profil. Ils doivent avoir été importés de CORDIS.',
  },
  'record.projects': { en: 'Projects', fr: 'Projets' },
  'record.eu': { en: 'EU contribution, all partners', fr: 'Contribution de l’UE, tous partenaires' },
  'record.own': { en: 'Institute’s net EU contribution', fr: 'Contribution nette de l’UE à l’institut' },
  'record.unknown': {
    en: '{n, plural, one {# amount not stated} other {# amounts not stated}}',
    fr: '{n, plural, one {# montant non indiqué} other {# montants non indiqués}}',
  },
  'record.missing': {
    en: 'Not found among the imported projects: {names}',
    fr: 'Introuvables parmi les projets importés\u00a0: {names}',
  },
  'record.unclaimed': {
    en: '{n, plural, one {One more project has} other {{n, number} more projects have}} the same participant number and {n, plural, one {is} other {are}} not attributed to the institute.',
    fr: '{n, plural, one {Un autre projet porte} other {{n, number} autres projets portent}} le même numéro de participant sans être {n, plural, one {attribué} other {attribués}} à l’institut.',
  },
  'record.project': { en: 'Project', fr: 'Projet' },
  'record.period': { en: 'Period', fr: 'Période' },
  'record.role': { en: 'Role', fr: 'Rôle' },
  'record.grant': { en: 'EU contribution', fr: 'Contribution de l’UE' },
  'record.net': { en: 'Institute’s share, net', fr: 'Part nette de l’institut' },
  'record.left': { en: 'left early', fr: 'sorti en cours de projet' },
  'record.left.help': {
    en: 'Projects that the institute left are shown, but not counted.',
    fr: 'Les projets dont l’institut est sorti sont affichés, mais pas comptés.',
  },
  'record.terminated': { en: 'terminated early', fr: 'résilié' },
  'record.closed': { en: 'closed', fr: 'clos' },
  'record.signed': { en: 'signed', fr: 'signé' },
  'record.role.coordinator': { en: 'coordinator', fr: 'coordinateur' },
  'record.role.participant': { en: 'participant', fr: 'participant' },
  'record.role.thirdParty': { en: 'third party', fr: 'tiers lié' },
  'record.role.associatedPartner': { en: 'associated partner', fr: 'partenaire associé' },
  'record.role.partner': { en: 'partner', fr: 'partenaire' },
  'record.source': {
    en: 'Source: CORDIS, European Commission, as last imported.',
    fr: 'Source\u00a0: CORDIS, Commission européenne, d’après le dernier import.',
  },
});
