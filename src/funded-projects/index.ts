export { Contributions } from './contributions.js';
