import { defineSource } from '../../domain/source.js';
import { checks } from './checks.js';
import { parseQuestions } from './parse-questions.js';
import { plan } from './plan.js';

/**
 * Questions and answers that the portal publishes on topics: those of topics that some institute studies. A
 * list may cut an answer off or lack it, so new and changed ones are read from their own documents.
 */
export const source = defineSource({
  id: 'portal-questions',
  name: 'Questions and answers of the EU Funding & Tenders Portal',
  frenchName: 'Questions et réponses du portail EU Funding & Tenders',
  homepage: 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/support/faq',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 12,
  requestsPerMinute: 60,
  coverage: 'window',
  topics: [],
  questions: true,
  // Topics may have no question, and nobody may study any.
  expectsAtLeast: 0,
  quietAfterDays: 365,
  plan,
  parse: parseQuestions,
  checks,
});
