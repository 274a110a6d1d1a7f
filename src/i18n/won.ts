import { messages } from './message.js';

/** Who won before under the topics that a call continues, and whom to call. */
export const wonTexts = messages({
  'won.title': { en: 'Who won before', fr: 'Lauréats précédents' },
  'won.whom': { en: 'Whom to call', fr: 'Qui appeler' },
  'won.whom-says': {
    en: 'Organisations that coordinated these projects most often and most recently.',
    fr: 'Organisations qui ont coordonné ces projets le plus souvent et le plus récemment.',
  },
  'won.organisation': {
    en: '{country, select, none {{name}} other {{name} ({country})}}',
    fr: '{country, select, none {{name}} other {{name} ({country})}}',
  },
  'won.coordinated': {
    en: '{of, plural, one {coordinated the only project ({names})} other {coordinated {n} of {of} ({names})}}',
    fr: '{of, plural, one {a coordonné le seul projet ({names})} other {a coordonné {n} projets sur {of} ({names})}}',
  },
  'won.partner': {
    en: 'partner of {institute} in {project}{years, select, none {} other { {years}}}',
    fr: 'partenaire de {institute} dans {project}{years, select, none {} other { {years}}}',
  },
  'won.since': { en: 'since {year}', fr: 'depuis {year}' },
  'won.lineage.own': { en: 'This topic', fr: 'Ce sujet' },
  'won.lineage.identifier': {
    en: 'Other edition (same identifier but for the year)',
    fr: 'Autre édition (même identifiant, à l’année près)',
  },
  'won.lineage.title': { en: 'Other edition (same title)', fr: 'Autre édition (même titre)' },
  'won.lineage.text': {
    en: 'Topic close to the text of this call',
    fr: 'Sujet proche du texte de cet appel',
  },
  'won.projects': {
    en: '{n, plural, one {# project} other {# projects}}',
    fr: '{n, plural, one {# projet} other {# projets}}',
  },
  'won.contribution': { en: 'EU contribution {amount}', fr: 'contribution de l’UE\u00a0: {amount}' },
  'won.no-contribution': {
    en: 'EU contribution not stated',
    fr: 'contribution de l’UE non indiquée',
  },
  'won.coordinator': { en: 'Coordinator: {list}', fr: 'Coordinateur\u00a0: {list}' },
  'won.no-coordinator': { en: 'Coordinator not stated', fr: 'Coordinateur non indiqué' },
  'won.partners': {
    en: '{n, plural, one {# partner} other {# partners}}: {list}',
    fr: '{n, plural, one {# partenaire} other {# partenaires}}\u00a0: {list}',
  },
  'won.more': {
    en: '{n, plural, one {# older project is not shown.} other {# older projects are not shown.}}',
    fr: '{n, plural, one {# projet plus ancien n’est pas affiché.} other {# projets plus anciens ne sont pas affichés.}}',
  },
  'won.from-portal': {
    en: 'Portal’s index of funded projects, read on {when}',
    fr: 'Index des projets financés du portail, lu le {when}',
  },
  'won.from-cordis': { en: 'CORDIS (CC BY 4.0)', fr: 'CORDIS (CC BY 4.0)' },
  'won.results': {
    en: '{identifier}: {submitted, plural, one {# proposal} other {# proposals}} submitted, {funded} retained for funding',
    fr: '{identifier}\u00a0: {submitted, plural, one {# proposition déposée} other {# propositions déposées}}, {funded, plural, one {# retenue} other {# retenues}} pour financement',
  },
  'won.results-note': { en: 'Official note of {day}', fr: 'Note officielle du {day}' },
  'won.results-fact': { en: 'Last edition', fr: 'Dernière édition' },
  'won.funded': { en: 'Funded projects', fr: 'Projets financés' },
  'sources.projects': {
    en: '{projects, plural, one {# project} other {# projects}} of {topics, plural, one {# topic} other {# topics}}',
    fr: '{projects, plural, one {# projet} other {# projets}} de {topics, plural, one {# sujet} other {# sujets}}',
  },
  'pack.column.whom': { en: 'Organisations', fr: 'Organisations' },
});
