import { messages } from './message.js';

export const people = messages({
});
