import { IsNull, type EntityManager } from 'typeorm';
import { newToken } from '../../platform/secrets/new-token.js';
import type { SecretBox } from '../../platform/secrets/secret-box.js';
import { PersonEntity } from './person.entity.js';
import { RecipientEntity } from '../../notifications/store/recipient.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInLinkEntity } from './sign-in-link.entity.js';
import { sealedRecipient } from '../../notifications/store/recipient-secrets.js';

/** What ended with somebody: by name what others may have used, and how much of what was theirs alone. */
export interface EndedWith {
  serviceKeys: string[];
  ownKeys: string[];
  feeds: string[];
  calendars: string[];
  searches: number;
  follows: number;
}

export const NOTHING_ENDED: EndedWith = {
  serviceKeys: [],
  ownKeys: [],
  feeds: [],
  calendars: [],
  searches: 0,
  follows: 0,
};

/** Of somebody whom nobody removes. */
export const NOT_LEAVING = { leavesAt: null, leavesAskedBy: null, leavesMailId: null };

async function revoked(
  tx: EntityManager,
  table: 'api_key' | 'feed' | 'calendar',
  where: string,
  id: string,
  now: Date,
): Promise<string[]> {
  const [rows]: [{ name: string }[], number] = await tx.query(
    `UPDATE ${table} SET revoked_at = $2 WHERE ${where} AND revoked_at IS NULL RETURNING name`,
    [id, now],
  );
  return rows.map((r) => r.name).sort();
}

/** The keys of services that somebody made: they know them, and may make none any more. */
export const revokeMade = (tx: EntityManager, id: string, now: Date): Promise<string[]> =>
  revoked(tx, 'api_key', 'maker_id = $1 AND person_id IS NULL', id, now);

/** Whatever somebody could come in with, or is told by, ends at the same moment, for good: one who is invited again gets none of it back. */
export async function removePerson(
  tx: EntityManager,
  box: SecretBox,
  id: string,
  now: Date,
): Promise<EndedWith> {
  await tx.update(PersonEntity, { id }, { removedAt: now, ...NOT_LEAVING });
  await tx.update(SessionEntity, { personId: id, revokedAt: IsNull() }, { revokedAt: now });
  await tx.delete(SignInLinkEntity, { personId: id, usedAt: IsNull() });
  const ended = {
    serviceKeys: await revokeMade(tx, id, now),
    ownKeys: await revoked(tx, 'api_key', 'person_id = $1', id, now),
    feeds: await revoked(tx, 'feed', 'person_id = $1', id, now),
    calendars: await revoked(tx, 'calendar', 'person_id = $1', id, now),
  };
  const follows = await leaveMessages(tx, box, id, now);
  const [, searches]: [unknown[], number] = await tx.query('DELETE FROM saved_search WHERE person_id = $1', [
    id,
  ]);
  return { ...ended, follows, searches };
}

/**
 * What they chose to be told, and the links of their messages. As a contact, which the profile says of them, they stay; else nothing waits
 * for them. That they followed their institute is forgotten, so that one who comes back follows it anew.
 */
async function leaveMessages(
  tx: EntityManager,
  box: SecretBox,
  personId: string,
  now: Date,
): Promise<number> {
  const rows: { id: string }[] = await tx.query(
    `SELECT r.id FROM recipient r JOIN person p ON r.address = p.email WHERE p.id = $1 AND r.channel = 'email' AND r.owner = ''`,
    [personId],
  );
  const ids = rows.map((r) => r.id);
  await tx.query(
    `UPDATE follow f SET origin = 'contact' FROM recipient r JOIN contact c ON c.address = r.address AND c.confirmed_at IS NOT NULL
      WHERE r.id = f.recipient_id AND f.recipient_id = ANY($1) AND f.kind = 'profile' AND f.target = c.profile_id AND f.origin = 'institute'`,
    [ids],
  );
  const [, follows]: [unknown[], number] = await tx.query(
    `UPDATE follow SET left_at = $2 WHERE recipient_id = ANY($1) AND origin <> 'contact' AND left_at IS NULL`,
    [ids, now],
  );
  await tx.query(
    `DELETE FROM follow f USING person p WHERE f.recipient_id = ANY($1) AND f.origin <> 'contact' AND f.kind = 'profile' AND f.target = p.profile_id AND p.id = $2`,
    [ids, personId],
  );
  for (const id of ids)
    await tx.update(
      RecipientEntity,
      { id },
      sealedRecipient(box, { id, owner: '' }, { linkKey: newToken() }),
    );
  await tx.query(
    `UPDATE notification_item n SET state = 'dropped', why = 'who was to be told has left' WHERE n.recipient_id = ANY($1) AND n.state = 'waiting'
        AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = n.recipient_id AND f.left_at IS NULL)`,
    [ids],
  );
  await tx.query(
    `UPDATE notification n SET state = 'failed', error = 'who was to be told has left' WHERE n.recipient_id = ANY($1) AND n.state = 'pending'
        AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = n.recipient_id AND f.left_at IS NULL)`,
    [ids],
  );
  return follows;
}
