import { messages } from '../message.js';

/** What does not meet a profile's preferences, to follow "fits, but". */
export const unmet = messages({
  'unmet.remark': { en: 'fits, but {unmet}', fr: 'convient, mais {unmet}' },
  'unmet.type-of-action': {
    en: 'type of action {types}; you prefer {wanted}',
    fr: 'type d’action {types}\u00a0; vous préférez {wanted}',
  },
  'unmet.trl': {
    en: 'TRL {stated} {side, select, above {is above} other {is below}} your range ({min} to {max})',
    fr: 'le TRL {stated} {side, select, above {est au-dessus de} other {est en dessous de}} votre plage ({min} à {max})',
  },
  'unmet.programme': { en: '{stated}; you prefer {wanted}', fr: '{stated}\u00a0; vous préférez {wanted}' },
  'unmet.lead-time': {
    en: '{days, plural, one {{days} day} other {{days} days}} left; you want {wanted} or more',
    fr: '{days, plural, one {{days} jour restant} other {{days} jours restants}}\u00a0; il vous en faut au moins {wanted}',
  },
  'unmet.budget': {
    en: '{stated} per project {side, select, above {is above} other {is below}} your {wanted}',
    fr: '{stated} par projet {side, select, above {est au-dessus de} other {est en dessous de}} vos {wanted}',
  },
  'unmet.country.established': {
    en: 'its applicants must be established elsewhere ({stated}); your countries are {wanted}',
    fr: 'les candidats doivent être établis ailleurs ({stated})\u00a0; vos pays\u00a0: {wanted}',
  },
  'unmet.country.action': {
    en: 'it takes place elsewhere ({stated}); your countries are {wanted}',
    fr: 'l’action se déroule ailleurs ({stated})\u00a0; vos pays\u00a0: {wanted}',
  },
  'unmet.role': { en: '{rule}; you prefer {wanted}', fr: '{rule}\u00a0; vous préférez {wanted}' },
  'unmet.role.coordinator': { en: 'to coordinate', fr: 'coordonner' },
  'unmet.role.partner': { en: 'to be a partner', fr: 'être partenaire' },
  'unmet.role.alone': { en: 'to apply alone', fr: 'candidater seul' },
  'unmet.rule.single-applicant': {
    en: 'only a single applicant can apply',
    fr: 'un seul candidat peut répondre',
  },
  'unmet.rule.consortium': { en: 'a consortium must apply', fr: 'la réponse doit venir d’un consortium' },
  'unmet.rule.coordinator-elsewhere': {
    en: 'its coordinator must be from a country other than France',
    fr: 'le coordinateur doit venir d’un autre pays que la France',
  },
  'unmet.rule.running-coordinator': {
    en: 'only the coordinator of a running project can apply',
    fr: 'seul le coordinateur d’un projet en cours peut répondre',
  },
  'unmet.rule.smes-only': { en: 'only SMEs can apply', fr: 'seules les PME peuvent répondre' },
});
