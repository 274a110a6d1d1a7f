import { messages } from '../../message.js';

/** A call's page: its kind, dates, text, partner searches and related calls. */
export const call = messages({
  'call.back-inbox': { en: '← To decide', fr: '← À trier' },
  'call.back-calls': { en: '← All calls', fr: '← Tous les appels' },
  'call.new': { en: 'New', fr: 'Nouveau' },
  'call.changed': { en: 'Changed', fr: 'Modifié' },
  'call.score': { en: 'Score', fr: 'Score' },
  'call.propose': { en: 'Propose to…', fr: 'Proposer à…' },
  'call.brief': { en: 'In brief (one page)', fr: 'En bref (une page)' },
  'call.portal': { en: 'Open the official page', fr: 'Ouvrir la page officielle' },
  'call.side': { en: 'Why it fits, and what was decided', fr: 'Pourquoi cet appel, et ce qui a été décidé' },
  'call.contents': { en: 'On this page', fr: 'Sur cette page' },
  'call.all-marks': {
    en: 'Mark every passage, not only the five strongest',
    fr: 'Surligner tous les passages, et non les cinq plus forts seulement',
  },
  'call.keys': {
    en: 'Keys: s relevant, n not for us, u undo, p propose, j and k next and previous call, m next passage, b back.',
    fr: 'Touches : s pertinent, n non retenu, u annuler, p proposer, j et k appel suivant et précédent, m passage suivant, b retour.',
  },

  'call.dates': { en: 'Dates', fr: 'Calendrier' },
  'call.today': { en: 'today', fr: 'aujourd’hui' },
  'call.point.opens': { en: 'Opens', fr: 'Ouverture' },
  'call.point.single': { en: 'Deadline', fr: 'Date limite' },
  'call.point.stage-1': { en: 'Stage 1', fr: '1re étape' },
  'call.point.stage-2': { en: 'Stage 2', fr: '2e étape' },
  'call.point.cut-off': {
    en: '{n, plural, =0 {Cut-off} other {Cut-off #}}',
    fr: '{n, plural, =0 {Date intermédiaire (cut-off)} other {Date intermédiaire (cut-off) #}}',
  },
  'call.time-by-rule': { en: 'default time', fr: 'heure par défaut' },
  'call.before': { en: 'before:', fr: 'auparavant :' },
  'call.moved-on': { en: 'moved on {when}', fr: 'déplacée le {when}' },

  'call.text': { en: 'The call', fr: 'L’appel' },
  'call.no-text': { en: 'The source gives no text.', fr: 'La source n’en donne pas le texte.' },
  'call.section': { en: 'Text', fr: 'Texte' },
  'call.conditions-full': { en: 'Conditions in full', fr: 'Conditions intégrales' },

  'call.official-notes': { en: 'Official notes', fr: 'Notes officielles' },
  'call.partners': { en: 'Partner searches', fr: 'Recherches de partenaires' },
  'call.partners-offers': {
    en: '{n, plural, one {# offer} other {# offers}}',
    fr: '{n, plural, one {# offre} other {# offres}}',
  },
  'call.partners-requests': {
    en: '{n, plural, one {# request} other {# requests}}',
    fr: '{n, plural, one {# demande} other {# demandes}}',
  },
  'call.partners-offer': { en: 'Offer', fr: 'Offre' },
  'call.partners-request': { en: 'Request', fr: 'Demande' },
  'call.partners-older': {
    en: '{n, plural, one {# older one is not shown.} other {# older ones are not shown.}}',
    fr: '{n, plural, one {# plus ancienne n’est pas affichée.} other {# plus anciennes ne sont pas affichées.}}',
  },
  'call.partners-where': {
    en: 'See who published them on the official page',
    fr: 'Voir les auteurs sur la page officielle',
  },
  'call.neighbours': { en: 'Other editions and similar calls', fr: 'Autres éditions et appels voisins' },
  'call.editions': { en: 'Other editions', fr: 'Autres éditions' },
  'call.similar': { en: 'Similar calls that are not closed', fr: 'Appels voisins, non clos' },
  'call.until': { en: 'deadline {when}', fr: 'échéance le {when}' },

  'call.seen-at': { en: 'Where it is published', fr: 'Où il est publié' },
  'call.last-seen': { en: 'last seen {when}', fr: 'vu le {when}' },
  'call.leads': { en: 'reference for this page', fr: 'fait foi pour cette page' },
  'call.missing': { en: 'not shown since {when}', fr: 'plus affiché depuis le {when}' },
  'call.gone': { en: 'considered gone since {when}', fr: 'considéré comme disparu depuis le {when}' },
  'call.first-seen': {
    en: 'First seen {when}; version {version}',
    fr: 'Vu pour la première fois le {when}\u00a0; version {version}',
  },
});
