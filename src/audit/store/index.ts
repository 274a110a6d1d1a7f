export { AuditRepository, type AuditRow } from './audit.repository.js';
