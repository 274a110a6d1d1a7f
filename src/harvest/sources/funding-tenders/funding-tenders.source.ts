import { defineSource } from '../../domain/source.js';
import { checks } from './checks/checks.js';
import { parseList } from './parse-list.js';
import { ordersIn, planDetails, planQuickCheck, planScan, totalsIn } from './plan-scan.js';
import { parsePage } from './parse-page.js';
import { parsePartners } from './partners/parse-partners.js';
import { planPartners } from './partners/plan-partners.js';

/** The EU Funding & Tenders Portal: every forthcoming and open grant, cascade call and external action. */
export const source = defineSource({
  id: 'funding-tenders',
  name: 'EU Funding & Tenders Portal',
  homepage:
    'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/calls-for-proposals',
  origin: 'https://api.tech.ec.europa.eu',
  everyHours: 6,
  requestsPerMinute: 120,
  coverage: 'full',
  expectsAtLeast: 300,
  quietAfterDays: 10,
  plan: planScan,
  quickCheck: planQuickCheck,
  partnerSearches: { everyHours: 24, mostRequests: 120, plan: planPartners, parse: parsePartners },
  describe: ordersIn,
  totals: totalsIn,
  parse: parsePage,
  list: {
    origin: 'https://ec.europa.eu',
    path: '/info/funding-tenders/opportunities/data/referenceData/grantsTenders.json',
    everyHours: 24,
    details: planDetails,
    parse: parseList,
  },
  checks,
});
