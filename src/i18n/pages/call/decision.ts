import { messages } from '../../message.js';

/** An institute's work on a call: decision, people asked, notes. */
export const callDecision = messages({
  'call.decision': { en: 'Decision', fr: 'Décision' },
  'call.undecided': { en: 'No decision yet.', fr: 'Pas encore de décision.' },
  'call.decided': { en: 'by {by}, {when}', fr: 'par {by}, le {when}' },
  'call.why-not': { en: 'Reason', fr: 'Motif' },
  'call.in-pipeline': { en: 'In the pipeline: {stage}', fr: 'Dans les projets\u00a0: {stage}' },
  'call.undo': { en: 'Undo the last decision', fr: 'Annuler la dernière décision' },

  'call.asked': { en: 'Proposed to', fr: 'Proposé à' },
  'call.nobody-asked': { en: 'Nobody yet.', fr: 'Personne pour l’instant.' },
  'call.notes': { en: 'Notes', fr: 'Notes' },
  'call.no-notes': {
    en: 'No notes yet. Only your institute can read them.',
    fr: 'Aucune note. Seul votre institut les lit.',
  },
  'call.note-by': { en: '{by}, {when}', fr: '{by}, le {when}' },
  'call.note-remove': { en: 'Remove', fr: 'Retirer' },
  'call.note-new': { en: 'New note', fr: 'Nouvelle note' },
  'call.note-wrong': {
    en: 'A note has 1 to {most, number} characters. It has not been added.',
    fr: 'Une note compte de 1 à {most, number} caractères. Elle n’a pas été ajoutée.',
  },
  'call.note-add': { en: 'Add the note', fr: 'Ajouter la note' },
  'call.interest': { en: 'In the network', fr: 'Dans le réseau' },
});
