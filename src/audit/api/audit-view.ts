import { z } from 'zod';
import type { AuditRow } from '../store/audit.repository.js';

export const AuditView = z
  .object({
    position: z.number().int(),
    at: z.iso.datetime(),
    action: z.string(),
    actor: z.object({
      kind: z
        .string()
        .describe('person, service, operator, system (a job) or nobody (a link without a sign-in)'),
      pseudonym: z.uuid().nullable(),
      name: z.string().nullable().describe('at that time; null if there was none or it was erased'),
      institute: z.string().nullable(),
    }),
    via: z.string().nullable().describe('the session, key, job or command'),
    from: z.string().nullable().describe('the network address'),
    institute: z.string().nullable().describe('the institute concerned'),
    subject: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditView = z.infer<typeof AuditView>;

export const auditView = (row: AuditRow): AuditView => ({
  position: Number(row.position),
  at: row.at.toISOString(),
  action: row.action,
  actor: { kind: row.actorKind, pseudonym: row.actor, name: row.actorName, institute: row.actorProfile },
  via: row.via,
  from: row.fromAddress,
  institute: row.profileId,
  subject: row.subject === null ? null : { id: row.subject, name: row.subjectName },
  detail: row.detail,
  hash: row.hash,
});
