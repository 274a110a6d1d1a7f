import { messages } from './message.js';

export const sources = messages({
});
