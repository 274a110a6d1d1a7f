import { messages } from '../../message.js';

/** A call's key facts, and its budget compared with its neighbours. */
export const callFacts = messages({
  'call.facts': { en: 'In short', fr: 'En bref' },
  'call.type-of-action': { en: 'Type of action', fr: 'Type d’action' },
  'call.funding-rate': { en: 'Funding rate', fr: 'Taux de financement' },
  'call.rate': {
    en: '{from}%, under the programme’s general rules',
    fr: '{from}\u00a0%, selon les règles générales du programme',
  },
  'call.rate-range': {
    en: '{from} to {to}%, under the programme’s general rules',
    fr: '{from} à {to}\u00a0%, selon les règles générales du programme',
  },
  'call.rate-non-profit': {
    en: '{text}; {percent}% for non-profit bodies',
    fr: '{text} ; {percent} % pour les organismes sans but lucratif',
  },
  'call.rate-unknown': {
    en: 'set by the call: see its documents',
    fr: 'fixé par l’appel : voir ses documents',
  },
  'call.lump-sum': { en: 'Lump sum', fr: 'Somme forfaitaire' },
  'call.lump-sum-yes': { en: 'yes', fr: 'oui' },
  'call.lump-sum-no': {
    en: 'no, according to the model grant agreement',
    fr: 'non, d’après la convention type',
  },
  'call.trl': { en: 'TRL', fr: 'TRL' },
  'call.trl-from': { en: 'from {from}', fr: 'à partir de {from}' },
  'call.trl-to': { en: 'up to {to}', fr: 'jusqu’à {to}' },
  'call.trl-both': { en: '{from} to {to}', fr: '{from} à {to}' },
  'call.place': { en: 'Place', fr: 'Lieu' },
  'call.place.established': {
    en: 'applicants established in {countries}',
    fr: 'candidats établis dans ces pays : {countries}',
  },
  'call.place.action': { en: 'the action takes place in {countries}', fr: 'lieu de l’action : {countries}' },
  'call.roles': { en: 'Who applies', fr: 'Qui répond' },
  'call.rule.single-applicant': { en: 'a single applicant', fr: 'un seul candidat' },
  'call.rule.consortium': { en: 'a consortium', fr: 'un consortium' },
  'call.rule.coordinator-elsewhere': {
    en: 'a coordinator from a country other than France',
    fr: 'un coordinateur d’un autre pays que la France',
  },
  'call.rule.running-coordinator': {
    en: 'the coordinator of a running project',
    fr: 'le coordinateur d’un projet en cours',
  },
  'call.rule.smes-only': { en: 'only SMEs', fr: 'uniquement des PME' },
  'call.stages': { en: 'Procedure', fr: 'Procédure' },
  'call.stages.single-stage': { en: 'one stage', fr: 'en une étape' },
  'call.stages.two-stage': { en: 'two stages', fr: 'en deux étapes' },
  'call.stages.multiple-cut-off': {
    en: '{n, plural, one {several cut-offs} other {# cut-offs}}',
    fr: '{n, plural, one {plusieurs dates intermédiaires (cut-off)} other {# dates intermédiaires (cut-off)}}',
  },
  'call.budget': { en: 'Budget', fr: 'Budget' },
  'call.destination': { en: 'Destination', fr: 'Destination' },
  'call.part-of': { en: 'Part of', fr: 'Fait partie de' },
  'call.keywords': { en: 'Keywords', fr: 'Mots-clés' },
  'call.conditions-short': { en: 'Conditions of its own', fr: 'Conditions particulières' },
  'call.part.admissibility': { en: 'Proposal', fr: 'Proposition' },
  'call.part.countries': { en: 'Countries', fr: 'Pays' },
  'call.part.eligibility': { en: 'Eligibility', fr: 'Éligibilité' },
  'call.part.capacity': { en: 'Capacity', fr: 'Capacité' },
  'call.part.evaluation': { en: 'Evaluation', fr: 'Évaluation' },
  'call.part.grant': { en: 'Grant', fr: 'Subvention' },
  'call.part.specific': { en: 'Specific', fr: 'Spécificités' },

  'call.budgets': {
    en: 'Budget compared with the other topics of the call',
    fr: 'Budget comparé aux autres sujets de l’appel',
  },
  'call.topic': { en: 'Topic', fr: 'Sujet' },
  'call.this-topic': { en: 'this one', fr: 'celui-ci' },
  'call.total': { en: 'Total', fr: 'Total' },
  'call.grants': { en: 'Projects', fr: 'Projets' },
  'call.per-project': { en: 'Per project', fr: 'Par projet' },
  'call.share': {
    en: '{percent}% of the {sum} that the {n} topics of this call state together.',
    fr: '{percent} % des {sum} affichés au total par les {n} sujets de cet appel.',
  },
  'call.pooled': {
    en: '{n} topics state this same total, far more than their projects take: most probably it is one budget for all of them.',
    fr: '{n} sujets affichent ce même total, bien supérieur à ce que prennent leurs projets\u00a0: il s’agit très probablement d’un budget commun.',
  },
  'call.not-summed': {
    en: 'Topics of this call state the same total and may share one budget, so the totals are not added up.',
    fr: 'Des sujets de cet appel affichent le même total et partagent peut-être un seul budget\u00a0: les totaux ne sont donc pas additionnés.',
  },
  'call.pooled-short': { en: 'see the topics', fr: 'voir les sujets' },
});
