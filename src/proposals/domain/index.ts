export { ANSWERS, Answer } from './answer.js';
