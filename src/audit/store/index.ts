export { AuditRepository, type AuditRow, type Chain } from './audit.repository.js';
