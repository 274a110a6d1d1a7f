import { defineSource } from '../../domain/source.js';
import { checks } from './checks.js';
import { parseDocument } from './parse-document.js';
import { plan } from './plan.js';
import { COMMITTEES, ORIGIN } from './register-site.js';

/**
 * The register of committees: what the Commission puts before the programme committee of Horizon Europe.
 * Drafts of work programmes are Word files, from which topics are read; the annexes of draft decisions list
 * the proposals to be funded. Documents are listed by reference and version, and updated days or weeks later.
 */
export const source = defineSource({
  id: 'comitology-register',
  name: 'Comitology Register',
  homepage: 'https://ec.europa.eu/transparency/comitology-register/',
  origin: ORIGIN,
  everyHours: 6,
  requestsPerMinute: 30,
  coverage: 'window',
  expectsAtLeast: 1,
  // August and the weeks around Christmas have no meetings.
  quietAfterDays: 60,
  committees: COMMITTEES,
  plan,
  parse: parseDocument,
  checks,
});
