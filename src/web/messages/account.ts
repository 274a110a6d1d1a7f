import { messages } from './message.js';

export const account = messages({
});
