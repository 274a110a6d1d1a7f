import { defineSource } from '../../domain/source.js';
import { checks } from './checks.js';
import { parseDocument } from './parse-document.js';
import { plan } from './plan.js';
import { ORIGIN } from './site.js';

/**
 * The State's portal of French funders of research: ANR, ADEME, INCa, Inserm, Anses, regions, foundations …,
 * and with them the national part of European partnerships. Its list is one file; the total of its search
 * says how many rows that must have, since a file that lacks some looks whole.
 */
export const source = defineSource({
  id: 'appels-projets-recherche',
  name: 'appelsprojetsrecherche.fr',
  homepage: ORIGIN,
  origin: ORIGIN,
  enabled: false,
  everyHours: 12,
  requestsPerMinute: 30,
  coverage: 'full',
  // On 14 September 2026 it had 28 open calls, and the list has closed ones too.
  expectsAtLeast: 10,
  // In August and around New Year nothing is published for weeks.
  quietAfterDays: 45,
  plan,
  parse: parseDocument,
  checks,
});
