import { messages } from './message.js';

export const network = messages({
});
