export { manyMessages } from './many-messages.js';
export { Suggestion, withSuggestion } from './suggestions/suggestions.js';
