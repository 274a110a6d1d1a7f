import { messages } from '../message.js';

/** The addressees of calls, to follow "aimed at" and « s’adresse »; and types of action, in the plural. */
export const names = messages({
  'addressee.trade-organisations': {
    en: 'trade and producer organisations of the agri-food sector',
    fr: 'aux organisations professionnelles et de producteurs du secteur agroalimentaire',
  },
  'addressee.project-developers': {
    en: 'companies that build and operate plants',
    fr: 'aux entreprises qui construisent et exploitent des installations',
  },
  'addressee.infrastructure-operators': {
    en: 'operators and builders of transport, energy and digital networks',
    fr: 'aux exploitants et constructeurs de réseaux de transport, d’énergie et numériques',
  },
  'addressee.civil-society': {
    en: 'associations and other organisations of civil society',
    fr: 'aux associations et autres organisations de la société civile',
  },
  'addressee.partner-countries': {
    en: 'organisations and administrations that work in the partner country',
    fr: 'aux organisations et administrations qui travaillent dans le pays partenaire',
  },
  'addressee.creative-sector': {
    en: 'the cultural and audiovisual sector',
    fr: 'au secteur culturel et audiovisuel',
  },
  'addressee.sport-and-youth': {
    en: 'sport and youth organisations',
    fr: 'aux organisations sportives et de jeunesse',
  },
  'addressee.education': {
    en: 'institutions of education and training',
    fr: 'aux établissements d’enseignement et de formation',
  },
  'addressee.authorities': {
    en: 'public authorities and social partners',
    fr: 'aux autorités publiques et aux partenaires sociaux',
  },
  'addressee.energy-agencies': {
    en: 'energy agencies, authorities, associations and advisers',
    fr: 'aux agences de l’énergie, collectivités, associations et conseils',
  },
  'addressee.public-buyers': { en: 'public buyers', fr: 'aux acheteurs publics' },
  'addressee.funders': {
    en: 'owners and funders of research programmes',
    fr: 'aux propriétaires et financeurs de programmes de recherche',
  },
  'addressee.achievements': {
    en: 'people and organisations whose work may be rewarded',
    fr: 'aux personnes et organisations dont les travaux sont à récompenser',
  },
  'addressee.companies': {
    en: 'companies seeking investors',
    fr: 'aux entreprises qui cherchent des investisseurs',
  },
  'addressee.third-parties': {
    en: 'small companies and other third parties that a project supports',
    fr: 'aux petites entreprises et autres tiers soutenus par un projet',
  },
  'action.RIA': {
    en: 'research and innovation actions (RIA)',
    fr: 'actions de recherche et d’innovation (RIA)',
  },
  'action.IA': { en: 'innovation actions (IA)', fr: 'actions d’innovation (IA)' },
  'action.CSA': {
    en: 'coordination and support actions (CSA)',
    fr: 'actions de coordination et de soutien (CSA)',
  },
  'action.COFUND': { en: 'co-funded actions (Cofund)', fr: 'actions cofinancées (Cofund)' },
  'action.PCP-PPI': {
    en: 'procurements of innovation (PCP, PPI)',
    fr: 'achats publics d’innovation (PCP, PPI)',
  },
  'action.MSCA': { en: 'Marie Skłodowska-Curie actions (MSCA)', fr: 'actions Marie Skłodowska-Curie (MSCA)' },
  'action.ERC': {
    en: 'projects of the European Research Council (ERC)',
    fr: 'projets du Conseil européen de la recherche (ERC)',
  },
  'action.EIC': {
    en: 'projects of the European Innovation Council (EIC)',
    fr: 'projets du Conseil européen de l’innovation (EIC)',
  },
});
