export { PartnerSearchesOfCalls } from './partners/partner-searches.js';
export { Sources } from './sources.js';
