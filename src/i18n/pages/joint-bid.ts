import { messages } from '../message.js';

export const jointBid = messages({
  'call.network': { en: 'Who could bid together', fr: 'Qui pourrait répondre ensemble' },
  'bid.group': { en: 'Institutes', fr: 'Instituts' },
  'bid.all': { en: 'all', fr: 'tous' },
  'bid.size': { en: 'At most', fr: 'Au plus' },
  'bid.institutes': {
    en: '{n, plural, one {# institute} other {# institutes}}',
    fr: '{n, plural, one {# institut} other {# instituts}}',
  },
  'bid.show': { en: 'Show', fr: 'Afficher' },
  'bid.behind': {
    en: 'The call has just changed and is being matched again. Words that moved are not counted yet.',
    fr: 'L’appel vient de changer et ses correspondances sont en cours de calcul. Les mots déplacés ne sont pas encore comptés.',
  },
  'bid.team': { en: 'Team', fr: 'Équipe' },
  'bid.table': {
    en: 'What each institute of the team can answer',
    fr: 'Ce à quoi répond chaque institut de l’équipe',
  },
  'bid.outcome': { en: 'Expected outcome', fr: 'Résultat attendu' },
  'bid.task': { en: 'What the call asks for', fr: 'Ce que demande l’appel' },
  'bid.level.well': { en: 'well', fr: 'bien' },
  'bid.level.partly': { en: 'in part', fr: 'en partie' },
  'bid.level.no': { en: 'no', fr: 'non' },
  'bid.help': {
    en: 'An institute answers a point well when distinctive words of its profile appear in it; in part when there are few of them, or when they appear elsewhere in the call. The same idea in other words is not recognised.',
    fr: 'Un institut répond bien à un point quand des mots caractéristiques de son profil y figurent\u00a0; en partie quand il y en a peu, ou qu’ils figurent ailleurs dans l’appel. La même idée dite avec d’autres mots n’est pas reconnue.',
  },
  'bid.partners': { en: 'Partners to find', fr: 'Partenaires à trouver' },
  'bid.no-partners': {
    en: 'None: the team answers every point well.',
    fr: 'Aucun\u00a0: l’équipe répond bien à chaque point.',
  },
  'bid.ranking': {
    en: 'Institutes by how well the call fits',
    fr: 'Instituts, du plus concerné au moins concerné',
  },
  'bid.no-ranking': {
    en: 'No word of their profiles appears in this call.',
    fr: 'Aucun mot de leurs profils ne figure dans cet appel.',
  },
  'bid.more': {
    en: '{n, plural, one {# more institute} other {# more institutes}}',
    fr: '{n, plural, one {# autre institut} other {# autres instituts}}',
  },
  'bid.in-team': { en: 'in the team', fr: 'dans l’équipe' },
  'bid.answers': { en: 'Points answered well: {list}.', fr: 'Points bien couverts\u00a0: {list}.' },
});
