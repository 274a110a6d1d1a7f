import { messages } from '../message.js';

/** What a column of an officer's sheet is read as. */
export const sheetFields = messages({
  'sheets.field.none': { en: 'not read', fr: 'non lue' },
  'sheets.field.key': { en: 'key of carnot-europe', fr: 'clé de carnot-europe' },
  'sheets.field.identifier': { en: 'topic identifier', fr: 'identifiant du sujet' },
  'sheets.field.title': { en: 'title', fr: 'titre' },
  'sheets.field.link': { en: 'link', fr: 'lien' },
  'sheets.field.deadline': { en: 'deadline', fr: 'échéance' },
  'sheets.field.verdict': { en: 'decision', fr: 'décision' },
  'sheets.field.reason': { en: 'reason', fr: 'motif' },
  'sheets.field.stage': { en: 'stage of the bid', fr: 'étape du projet' },
  'sheets.field.lead': { en: 'lead, inside or outside', fr: 'porteur, interne ou externe' },
  'sheets.field.lead-name': { en: 'who leads', fr: 'nom du porteur' },
  'sheets.field.role': { en: 'our role', fr: 'notre rôle' },
  'sheets.field.partners': { en: 'partners', fr: 'partenaires' },
  'sheets.field.requested': { en: 'requested contribution', fr: 'contribution demandée' },
  'sheets.field.share': { en: 'our share', fr: 'notre part' },
  'sheets.field.bid-currency': { en: 'currency of the bid', fr: 'monnaie du projet' },
  'sheets.field.probability': { en: 'probability', fr: 'probabilité' },
  'sheets.field.proposal-number': { en: 'proposal number', fr: 'numéro de proposition' },
  'sheets.field.decide-by': { en: 'day of the go / no-go', fr: 'date du go / no-go' },
  'sheets.field.signed-on': { en: 'day of signature', fr: 'date de signature' },
  'sheets.field.tasks': { en: 'tasks', fr: 'tâches' },
  'sheets.field.note': { en: 'note', fr: 'note' },
});
