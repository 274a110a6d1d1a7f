import { messages } from './message.js';

export const inbox = messages({
});
