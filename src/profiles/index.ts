export { Profiles } from './profiles.js';
