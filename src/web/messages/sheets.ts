import { messages } from './message.js';

export const sheets = messages({
});
