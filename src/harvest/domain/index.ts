export { ParsedPartnerSearch, WANTS } from './partner-search.js';
