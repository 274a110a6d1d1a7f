export { actingOf } from './acting.js';
export { Audit } from './audit.js';
export { Exported } from './exported.js';
