import { messages } from '../message.js';

/** Types of action as the Commission names them. Calls already have the English names. */
export const actionTypes = messages({
  'action-type.of-programme': { en: '{programme} {type}', fr: '{type} {programme}' },
  'action-type.research-and-innovation': {
    en: 'Research and Innovation Actions',
    fr: 'actions de recherche et d’innovation',
  },
  'action-type.coordination-and-support': {
    en: 'Coordination and Support Actions',
    fr: 'actions de coordination et de soutien',
  },
  'action-type.training-and-mobility': {
    en: 'Training and Mobility Actions',
    fr: 'actions de formation et de mobilité',
  },
  'action-type.programme-cofund': {
    en: 'Programme Cofund Actions',
    fr: 'actions de cofinancement de programmes',
  },
  'action-type.cofund': { en: 'Cofund Actions', fr: 'actions de cofinancement' },
  'action-type.sme-support': { en: 'SME Support Actions', fr: 'actions de soutien aux PME' },
  'action-type.innovation': { en: 'Innovation Actions', fr: 'actions d’innovation' },
  'action-type.development': { en: 'Development Actions', fr: 'actions de développement' },
  'action-type.research': { en: 'Research Actions', fr: 'actions de recherche' },
  'action-type.pre-commercial': {
    en: 'Pre-commercial Procurement',
    fr: 'achats publics avant commercialisation',
  },
  'action-type.public-procurement': {
    en: 'Public Procurement of Innovative Solutions',
    fr: 'achats publics de solutions innovantes',
  },
  'action-type.erc-proof-of-concept': {
    en: 'ERC Proof of Concept Grants',
    fr: 'subventions ERC «\u00a0preuve de concept\u00a0»',
  },
  'action-type.cofund-doctoral': {
    en: 'MSCA Cofund Doctoral programmes',
    fr: 'programmes doctoraux MSCA Cofund',
  },
  'action-type.cofund-postdoctoral': {
    en: 'MSCA Cofund Postdoctoral programmes',
    fr: 'programmes postdoctoraux MSCA Cofund',
  },
  'action-type.msca-doctoral': { en: 'MSCA Doctoral Networks', fr: 'réseaux doctoraux MSCA' },
  'action-type.msca-postdoctoral': { en: 'MSCA Postdoctoral Fellowships', fr: 'bourses postdoctorales MSCA' },
  'action-type.msca-staff': { en: 'MSCA Staff Exchanges', fr: 'échanges de personnel MSCA' },
  'action-type.council': { en: '{council} Grants', fr: 'subventions {council}' },
  'action-type.lump-sum': { en: 'Lump Sum Grants', fr: 'subventions forfaitaires' },
  'action-type.unit': { en: 'Unit Grants', fr: 'subventions à coûts unitaires' },
  'action-type.project': { en: 'Project Grants', fr: 'subventions de projet' },
  'action-type.simple': { en: 'Simple Grants', fr: 'subventions simples' },
  'action-type.new': { en: 'New Grants', fr: 'nouvelles subventions' },
  'action-type.financial-support': {
    en: 'Grants for Financial Support',
    fr: 'subventions de soutien financier à des tiers',
  },
  'action-type.operating': { en: 'Operating Grants', fr: 'subventions de fonctionnement' },
  'action-type.recognition-prize': { en: 'Recognition Prizes', fr: 'prix de reconnaissance' },
  'action-type.inducement-prize': { en: 'Inducement Prizes', fr: 'prix d’incitation' },
  'action-type.framework-agreement': {
    en: 'Framework Partnership Agreements',
    fr: 'conventions-cadres de partenariat',
  },
  'action-type.framework': { en: 'Framework Partnerships', fr: 'partenariats-cadres' },
});
