export { type Action, SEEN_BY_NETWORK } from './actions.js';
