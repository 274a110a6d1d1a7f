export { PartnerSearchRepository, type ShownPartnerSearch } from './partners/partner-search.repository.js';
export { RunRepository } from './run.repository.js';
export { SourceCheckRepository } from './source-check.repository.js';
export { SourceRepository } from './source.repository.js';
