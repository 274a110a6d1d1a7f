import { messages } from './message.js';

export const signIn = messages({
});
