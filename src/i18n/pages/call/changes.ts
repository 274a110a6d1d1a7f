import { messages } from '../../message.js';

/** What has changed in a call. */
export const callChanges = messages({
  'call.changes': { en: 'What has changed', fr: 'Ce qui a changé' },
  'call.since-seen': { en: 'since your last visit', fr: 'depuis votre dernière visite' },
  'call.diff-cut': {
    en: 'The change is longer; the current text is below.',
    fr: 'La modification est plus longue ; le texte ci-dessous est dans son état actuel.',
  },
  'call.seen-in': { en: 'Source: {source}.', fr: 'Source\u00a0: {source}.' },
  'call.document': { en: 'Original document', fr: 'Document d’origine' },
  'call.kind.*': { en: 'a change', fr: 'une modification' },
  'call.kind.new': { en: 'new', fr: 'nouveau' },
  'call.kind.opened': { en: 'opened', fr: 'ouverture' },
  'call.kind.extended': { en: 'deadline moved later', fr: 'date limite reportée' },
  'call.kind.forward': { en: 'deadline brought forward', fr: 'date limite avancée' },
  'call.kind.opening': { en: 'opening date', fr: 'date d’ouverture' },
  'call.kind.closed': { en: 'closed', fr: 'clôture' },
  'call.kind.withdrawn': { en: 'withdrawn', fr: 'retrait' },
  'call.kind.reappeared': { en: 'shown again', fr: 'réapparition' },
  'call.kind.budget': { en: 'budget', fr: 'budget' },
  'call.kind.text': { en: 'text', fr: 'texte' },
  'call.kind.conditions': { en: 'conditions', fr: 'conditions' },
  'call.kind.notice': { en: 'official note', fr: 'note officielle' },
  'call.kind.identity': { en: 'identifier', fr: 'identifiant' },
  'call.kind.details': { en: 'details', fr: 'détails' },
});
