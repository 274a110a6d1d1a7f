export { Institutes } from './institutes.js';
