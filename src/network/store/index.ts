export { NetworkRepository } from './network.repository.js';
