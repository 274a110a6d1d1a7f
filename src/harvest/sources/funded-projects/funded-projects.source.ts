import { defineSource } from '../../domain/source.js';
import { checks } from './checks.js';
import { parse } from './parse.js';
import { plan } from './plan.js';

/**
 * The portal's index of funded projects: who won under the topics that an open call continues or is close
 * to. It is asked for those topics alone, since of all its rows only the first 10,000 can be reached.
 */
export const source = defineSource({
  id: 'funded-projects',
  name: 'Funded projects of the EU Funding & Tenders Portal',
  frenchName: 'Projets financés du portail EU Funding & Tenders',
  homepage:
    'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/projects-results',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 72,
  requestsPerMinute: 60,
  coverage: 'window',
  expectsAtLeast: 0,
  // What is asked for follows what institutes do: in quiet weeks nothing is new.
  quietAfterDays: 365,
  topics: [],
  lineage: true,
  plan,
  parse,
  checks,
});
