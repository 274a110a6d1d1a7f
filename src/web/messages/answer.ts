import { messages } from './message.js';

export const answer = messages({
});
