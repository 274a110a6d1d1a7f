import { messages } from '../message.js';

/** The page about the language model that reads calls. */
export const reader = messages({
  'reader.title': { en: 'Language model', fr: 'Modèle de langue' },
  'reader.link': { en: 'Language model that reads calls', fr: 'Modèle de langue qui lit les appels' },
  'reader.none': { en: 'No language model reads calls', fr: 'Aucun modèle de langue ne lit les appels' },
  'reader.none-says': {
    en: 'Calls are ranked by words, meaning and past projects. The operator can name a model in the configuration (READER_URL).',
    fr: 'Les appels sont classés d’après les mots, le sens et les projets passés. L’exploitant peut indiquer un modèle dans la configuration (READER_URL).',
  },
  'reader.intro': {
    en: '{model} at {server} reads each new or changed call for the institutes it may concern. Its grade is one part of the score, shown with its reason and a quote.',
    fr: '{model}, sur {server}, lit chaque appel nouveau ou modifié pour les instituts qu’il peut concerner. Son avis est l’un des éléments du score\u00a0; il est affiché avec sa raison et une citation.',
  },
  'reader.state': { en: 'State', fr: 'État' },
  'reader.state.done': { en: 'Everything has been read', fr: 'Tout est lu' },
  'reader.state.reading': { en: 'Reading', fr: 'Lecture en cours' },
  'reader.state.failing': {
    en: 'Not answering, being tried again',
    fr: 'Pas de réponse, nouvel essai en cours',
  },
  'reader.state.paused': { en: 'Cannot be reached', fr: 'Injoignable' },
  'reader.state.limit': { en: 'Daily limit reached', fr: 'Limite du jour atteinte' },
  'reader.until': {
    en: 'Next attempt on {when}. Until then matching and e-mails use the built-in ranking.',
    fr: 'Prochain essai le {when}. D’ici là, les correspondances et les e-mails suivent le classement intégré.',
  },
  'reader.error': { en: 'Last error', fr: 'Dernière erreur' },
  'reader.waiting': { en: 'Still to read', fr: 'Reste à lire' },
  'reader.waiting-says': {
    en: '{calls, plural, one {# call} other {# calls}} for {pairs, plural, one {# pair of call and institute} other {# pairs of call and institute}}: about {spent}',
    fr: '{calls, plural, one {# appel} other {# appels}}, soit {pairs, plural, one {# couple appel-institut} other {# couples appel-institut}}\u00a0: environ {spent}',
  },
  'reader.nothing': { en: 'nothing', fr: 'rien' },
  'reader.today': { en: 'Today', fr: 'Aujourd’hui' },
  'reader.month': { en: 'This month', fr: 'Ce mois-ci' },
  'reader.limit': { en: 'Daily limit', fr: 'Limite par jour' },
  'reader.tokens': { en: '{n, number} tokens', fr: '{n, number} jetons' },
  'reader.tokens-money': { en: '{n, number} tokens ({money})', fr: '{n, number} jetons ({money})' },
  'reader.no-limit': { en: 'none', fr: 'aucune' },
  'reader.no-prices': {
    en: 'No prices are configured (readerPrices in config/matching.yaml): only tokens are counted.',
    fr: 'Aucun prix n’est configuré (readerPrices dans config/matching.yaml)\u00a0: seuls les jetons sont comptés.',
  },
  'reader.last': { en: 'Last readings', fr: 'Dernières lectures' },
  'reader.last-none': { en: 'Nothing has been read yet.', fr: 'Rien n’a encore été lu.' },
  'reader.when': { en: 'When', fr: 'Quand' },
  'reader.call': { en: 'Call', fr: 'Appel' },
  'reader.institutes': { en: 'Institutes', fr: 'Instituts' },
  'reader.spent': { en: 'Tokens', fr: 'Jetons' },
  'reader.outcome': { en: 'Outcome', fr: 'Résultat' },
  'reader.outcome.read': { en: 'read', fr: 'lu' },
  'reader.outcome.asked': { en: 'answer awaited', fr: 'réponse attendue' },
  'reader.outcome.refused': {
    en: '{n, plural, one {# answer rejected} other {# answers rejected}}',
    fr: '{n, plural, one {# réponse rejetée} other {# réponses rejetées}}',
  },
  'reader.left': { en: 'Left to the built-in ranking', fr: 'Laissés au classement intégré' },
  'reader.left-says': {
    en: '{n, plural, =0 {No answer was rejected twice.} one {For one pair of call and institute the answer was rejected twice.} other {For # pairs of call and institute the answers were rejected twice.}}',
    fr: '{n, plural, =0 {Aucune réponse n’a été rejetée deux fois.} one {Pour un couple appel-institut, la réponse a été rejetée deux fois.} other {Pour # couples appel-institut, les réponses ont été rejetées deux fois.}}',
  },
  'reader.leaves': { en: 'What is sent to the model', fr: 'Ce qui est transmis' },
  'reader.leaves-says': {
    en: 'Of a call: title, types of action and text. Of an institute: name, language and competences. Never people, contacts, notes, decisions or preferences.',
    fr: 'D’un appel\u00a0: titre, types d’action et texte. D’un institut\u00a0: nom, langue et compétences. Jamais de personnes, de contacts, de notes, de décisions ni de préférences.',
  },
  'reader.prompt': {
    en: 'Instructions to the model, version {n}',
    fr: 'Consigne donnée au modèle, version {n}',
  },
});
