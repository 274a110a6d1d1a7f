export { Proposals } from './proposals.js';
export { Researchers } from './researchers.js';
