export { manyMessages } from './many-messages.js';
export { Mend, withMend } from './suggestions/suggestions.js';
