export { Proposals } from './proposals.js';
