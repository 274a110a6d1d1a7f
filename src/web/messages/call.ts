import { messages } from './message.js';

export const call = messages({
});
