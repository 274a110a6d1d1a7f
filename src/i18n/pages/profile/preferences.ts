import { messages } from '../../message.js';

/** An institute's preferences in the profile editor. */
export const preferences = messages({
  'profile.preferences': { en: 'Preferences', fr: 'Préférences' },
  'profile.preferences.help': {
    en: 'No call is hidden because of them: it is shown with the preferences it does not meet.',
    fr: 'Aucun appel n’est masqué pour autant\u00a0: il est montré avec les préférences qu’il ne remplit pas.',
  },
  'profile.types-of-action': { en: 'Types of action', fr: 'Types d’action' },
  'profile.programmes': { en: 'Programmes', fr: 'Programmes' },
  'profile.other-programmes': { en: 'Other programmes', fr: 'Autres programmes' },
  'profile.other-programmes.help': {
    en: 'One per line, by the name that calls use.',
    fr: 'Un par ligne, sous le nom que les appels utilisent.',
  },
  'profile.roles': { en: 'Roles', fr: 'Rôles' },
  'profile.role.coordinator': { en: 'coordinator', fr: 'coordinateur' },
  'profile.role.partner': { en: 'partner', fr: 'partenaire' },
  'profile.role.alone': { en: 'alone', fr: 'seul' },
  'profile.countries': { en: 'Countries', fr: 'Pays' },
  'profile.countries.help': {
    en: 'Countries where you can or want to work, one per line: by name, or by two letters such as FR.',
    fr: 'Ceux où vous pouvez ou souhaitez travailler, un par ligne : par leur nom ou par deux lettres, comme FR.',
  },
  'profile.any': { en: 'any', fr: 'indifférent' },
  'profile.trl.from': { en: 'TRL from', fr: 'TRL de' },
  'profile.trl.to': { en: 'TRL to', fr: 'TRL à' },
  'profile.budget.from': { en: 'Budget per project from (€)', fr: 'Budget par projet à partir de (€)' },
  'profile.budget.to': { en: 'Budget per project up to (€)', fr: 'Budget par projet jusqu’à (€)' },
  'profile.lead-days': { en: 'Days needed before a deadline', fr: 'Jours nécessaires avant une échéance' },
  'profile.action.RIA': { en: 'RIA', fr: 'RIA' },
  'profile.action.IA': { en: 'IA', fr: 'IA' },
  'profile.action.CSA': { en: 'CSA', fr: 'CSA' },
  'profile.action.COFUND': { en: 'Cofund', fr: 'Cofund' },
  'profile.action.PCP-PPI': { en: 'PCP, PPI', fr: 'PCP, PPI' },
  'profile.action.MSCA': { en: 'MSCA', fr: 'MSCA' },
  'profile.action.ERC': { en: 'ERC', fr: 'ERC' },
  'profile.action.EIC': { en: 'EIC', fr: 'EIC' },
  'profile.action.EDF': { en: 'Defence (EDF)', fr: 'Défense (FED)' },
  'profile.action.LIFE': { en: 'LIFE', fr: 'LIFE' },
  'profile.action.GRANT': { en: 'other grants', fr: 'autres subventions' },
  'profile.action.PRIZE': { en: 'prizes', fr: 'prix' },
  'profile.answers-as': {
    en: 'Calls not aimed at research institutes lose points, unless you answer them as',
    fr: 'Les appels qui ne s’adressent pas aux instituts de recherche perdent des points, sauf si vous y répondez comme',
  },
  'profile.addressee.trade-organisations': {
    en: 'trade and producer organisations (AGRIP)',
    fr: 'organisations professionnelles et de producteurs (AGRIP)',
  },
  'profile.addressee.project-developers': {
    en: 'developers of plants (Innovation Fund, RENEWFM)',
    fr: 'constructeurs d’installations (Fonds pour l’innovation, RENEWFM)',
  },
  'profile.addressee.infrastructure-operators': {
    en: 'operators of networks (CEF)',
    fr: 'exploitants de réseaux (MIE)',
  },
  'profile.addressee.civil-society': {
    en: 'associations (CERV, operating grants)',
    fr: 'associations (CERV, subventions de fonctionnement)',
  },
  'profile.addressee.partner-countries': {
    en: 'organisations in partner countries (external action)',
    fr: 'organisations dans les pays partenaires (action extérieure)',
  },
  'profile.addressee.creative-sector': {
    en: 'culture and audiovisual (Creative Europe)',
    fr: 'culture et audiovisuel (Europe créative)',
  },
  'profile.addressee.sport-and-youth': {
    en: 'sport and youth (Erasmus+)',
    fr: 'sport et jeunesse (Erasmus+)',
  },
  'profile.addressee.education': {
    en: 'education and training (Erasmus+)',
    fr: 'enseignement et formation (Erasmus+)',
  },
  'profile.addressee.authorities': {
    en: 'public authorities (security, justice, LIFE strategic)',
    fr: 'autorités publiques (sécurité, justice, LIFE stratégique)',
  },
  'profile.addressee.energy-agencies': {
    en: 'energy agencies and advisers (LIFE clean energy)',
    fr: 'agences de l’énergie et conseils (LIFE énergie propre)',
  },
  'profile.addressee.public-buyers': { en: 'public buyers (PCP, PPI)', fr: 'acheteurs publics (PCP, PPI)' },
  'profile.addressee.funders': {
    en: 'funders of research (Cofund)',
    fr: 'financeurs de la recherche (Cofund)',
  },
  'profile.addressee.achievements': { en: 'candidates for prizes', fr: 'candidats à des prix' },
  'profile.addressee.companies': {
    en: 'companies seeking investors',
    fr: 'entreprises qui cherchent des investisseurs',
  },
  'profile.addressee.third-parties': {
    en: 'small companies and other third parties (cascade calls)',
    fr: 'petites entreprises et autres tiers (appels en cascade)',
  },
});
