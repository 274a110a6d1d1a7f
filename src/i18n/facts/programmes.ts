import { messages } from '../message.js';

/**
 * European Union programmes by the names of their regulations; each key is the English name. Any other
 * programme is the same in every language, or has no name.
 */
export const programmes = messages({
  'programme.asylum-migration-and-integration-fund': {
    en: 'Asylum, Migration and Integration Fund',
    fr: 'Fonds Asile, migration et intégration',
  },
  'programme.border-management-and-visa-instrument': {
    en: 'Border Management and Visa Instrument',
    fr: 'Instrument relatif à la gestion des frontières et aux visas',
  },
  'programme.citizens-equality-rights-and-values': {
    en: 'Citizens, Equality, Rights and Values',
    fr: 'Citoyens, égalité, droits et valeurs',
  },
  'programme.connecting-europe-facility': {
    en: 'Connecting Europe Facility',
    fr: 'Mécanisme pour l’interconnexion en Europe',
  },
  'programme.creative-europe': { en: 'Creative Europe', fr: 'Europe créative' },
  'programme.digital-europe': { en: 'Digital Europe', fr: 'Europe numérique' },
  'programme.eu-bodies-and-agencies': { en: 'EU Bodies and Agencies', fr: 'Organes et agences de l’UE' },
  'programme.eu-external-action': { en: 'EU External Action', fr: 'Action extérieure de l’UE' },
  'programme.euratom-research-and-training': {
    en: 'Euratom Research and Training',
    fr: 'Recherche et formation Euratom',
  },
  'programme.european-defence-fund': { en: 'European Defence Fund', fr: 'Fonds européen de la défense' },
  'programme.european-maritime-fisheries-and-aquaculture-fund': {
    en: 'European Maritime, Fisheries and Aquaculture Fund',
    fr: 'Fonds européen pour les affaires maritimes, la pêche et l’aquaculture',
  },
  'programme.european-regional-development-fund-technical-assistance': {
    en: 'European Regional Development Fund, technical assistance',
    fr: 'Fonds européen de développement régional, assistance technique',
  },
  'programme.european-social-fund-plus': {
    en: 'European Social Fund Plus',
    fr: 'Fonds social européen plus',
  },
  'programme.european-solidarity-corps': {
    en: 'European Solidarity Corps',
    fr: 'Corps européen de solidarité',
  },
  'programme.innovation-fund': { en: 'Innovation Fund', fr: 'Fonds pour l’innovation' },
  'programme.internal-security-fund': {
    en: 'Internal Security Fund',
    fr: 'Fonds pour la sécurité intérieure',
  },
  'programme.interregional-innovation-investments': {
    en: 'Interregional Innovation Investments',
    fr: 'Investissements interrégionaux en matière d’innovation',
  },
  'programme.just-transition-mechanism': {
    en: 'Just Transition Mechanism',
    fr: 'Mécanisme pour une transition juste',
  },
  'programme.justice-programme': { en: 'Justice Programme', fr: 'Programme Justice' },
  'programme.pilot-projects-and-preparatory-actions': {
    en: 'Pilot Projects and Preparatory Actions',
    fr: 'Projets pilotes et actions préparatoires',
  },
  'programme.promotion-of-agricultural-products': {
    en: 'Promotion of Agricultural Products',
    fr: 'Promotion des produits agricoles',
  },
  'programme.renewable-energy-financing-mechanism': {
    en: 'Renewable Energy Financing Mechanism',
    fr: 'Mécanisme de financement des énergies renouvelables',
  },
  'programme.research-fund-for-coal-and-steel': {
    en: 'Research Fund for Coal and Steel',
    fr: 'Fonds de recherche du charbon et de l’acier',
  },
  'programme.single-market-programme': {
    en: 'Single Market Programme',
    fr: 'Programme en faveur du marché unique',
  },
  'programme.social-prerogative-and-specific-competencies-lines': {
    en: 'Social Prerogative and Specific Competencies Lines',
    fr: 'Prérogatives sociales et lignes de compétences spécifiques',
  },
  'programme.technical-support-instrument': {
    en: 'Technical Support Instrument',
    fr: 'Instrument d’appui technique',
  },
  'programme.union-anti-fraud-programme': {
    en: 'Union Anti-fraud Programme',
    fr: 'Programme de l’Union pour la lutte antifraude',
  },
  'programme.union-civil-protection-mechanism': {
    en: 'Union Civil Protection Mechanism',
    fr: 'Mécanisme de protection civile de l’Union',
  },
});
