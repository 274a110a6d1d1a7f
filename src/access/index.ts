export { Institutes } from './institutes.js';
export { Address, PersonName, Team } from './team.js';
