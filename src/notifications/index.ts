export { MyPreferences } from './preferences/my-preferences.js';
