import { messages } from './message.js';

export const deadlines = messages({
});
