import { z } from 'zod';
import type { SessionEntity } from '../store/session.entity.js';

/** A browser session, without its secret. */
export const SessionView = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable().describe('browser and system, as the browser states them'),
    current: z.boolean().describe('whether it is the current session'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe('when it expires if it is not used'),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const sessionView = (
  { id, userAgent, createdAt, lastSeenAt, expiresAt }: SessionEntity,
  current: string | null,
): SessionView => ({
  id,
  userAgent,
  current: id === current,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
