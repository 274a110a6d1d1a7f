import { messages } from './message.js';

export const team = messages({
});
