export { Inbox } from './inbox.js';
export { LONGEST_NOTE, NoteView, Notes } from './notes.js';
export { SavedSearches } from './saved-searches.js';
export { RecallSamples } from './recall-samples.js';
export { Verdicts } from './verdicts.js';
