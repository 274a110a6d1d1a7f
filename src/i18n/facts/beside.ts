import { messages } from '../message.js';

/**
 * Fields that only some kinds of calls have: as facts, as changes, as sheet columns and on the call's page.
 */
export const besideFields = messages({
  'fact.under-topic': { en: 'Under topic', fr: 'Au titre du sujet' },
  'fact.project': { en: 'Organised by project', fr: 'Projet organisateur' },
  'fact.duration': { en: 'Duration', fr: 'Durée' },
  'fact.zones': { en: 'Zones', fr: 'Zones géographiques' },
  'fact.contract-type': { en: 'Type of contract', fr: 'Type de contrat' },
  'change.field.parentTopic': {
    en: 'the topic that funded its project',
    fr: 'sujet au titre duquel son projet est financé',
  },
  'change.field.project': { en: 'the project that organises it', fr: 'projet organisateur' },
  'change.field.duration': { en: 'duration of a project', fr: 'durée d’un projet' },
  'change.field.zones': { en: 'zones', fr: 'zones géographiques' },
  'change.field.contractType': { en: 'type of contract', fr: 'type de contrat' },
  'change.field.lumpSum': { en: 'lump sum or not', fr: 'somme forfaitaire ou non' },
  'change.field.mission': { en: 'mission', fr: 'mission' },
  'change.field.crossCutting': { en: 'cross-cutting priorities', fr: 'priorités transversales' },
  'change.field.documents': { en: 'links and documents', fr: 'liens et documents' },
  'change.field.partnerSearch': { en: 'partner search', fr: 'recherche de partenaires' },
  'sheet-column.under-topic': { en: 'Under topic', fr: 'Au titre du sujet' },
  'sheet-column.project': { en: 'Run by project', fr: 'Projet organisateur' },
  'sheet-column.duration': { en: 'Duration of a project', fr: 'Durée d’un projet' },
  'sheet-column.zones': { en: 'Zones', fr: 'Zones géographiques' },
  'sheet-column.contract-type': { en: 'Type of contract', fr: 'Type de contrat' },
  'sheet-column.lump-sum': { en: 'Lump sum', fr: 'Somme forfaitaire' },
  'sheet-column.mission': { en: 'Mission', fr: 'Mission' },
  'sheet-column.cross-cutting': { en: 'Cross-cutting priorities', fr: 'Priorités transversales' },
  'sheet-column.partner-search': { en: 'Partner search open', fr: 'Recherche de partenaires ouverte' },
  'call.mission': { en: 'Mission', fr: 'Mission' },
  'call.cross-cutting': { en: 'Cross-cutting priorities', fr: 'Priorités transversales' },
  'call.partner-search': { en: 'Partner search', fr: 'Recherche de partenaires' },
  'call.partner-search-open': { en: 'open on the official page', fr: 'ouverte sur la page officielle' },
  'call.partner-search-closed': { en: 'not open', fr: 'non ouverte' },
  'call.documents': { en: 'Links and documents', fr: 'Liens et documents' },
});
