import { messages } from './message.js';

export const profile = messages({
});
