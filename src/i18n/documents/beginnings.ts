import { messages } from '../message.js';

/** Initial content of an institute, in its own language, until it writes its own. */
export const beginnings = messages({
  'usual-milestone.idea': { en: 'Idea agreed', fr: 'Idée arrêtée' },
  'usual-milestone.partners': { en: 'Partners on board', fr: 'Partenaires réunis' },
  'usual-milestone.draft': { en: 'First draft', fr: 'Première version' },
  'usual-milestone.budget': { en: 'Budget', fr: 'Budget' },
  'usual-milestone.signatures': { en: 'Signatures', fr: 'Signatures' },
  'usual-milestone.submission': { en: 'Submission', fr: 'Dépôt' },
  'new-institute.to-describe': { en: 'To be described', fr: 'À décrire' },
});
