import { messages } from './message.js';

export const calls = messages({
});
