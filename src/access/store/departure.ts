import { IsNull, type EntityManager } from 'typeorm';
import type { MessagesOfPerson } from './messages-of-person.js';
import { PasskeyEntity, SessionEntity, SignInLinkEntity } from './sign-in.entity.js';
import { PersonEntity } from './person.entity.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

/** What ended with a person: names of what others may have used, counts of what was only theirs. */
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

/** The values for a person who is not being removed. */
export const NOT_LEAVING = {
  leavesRemindedAt: null,
  leavesAt: null,
  leavesAskedBy: null,
  leavesAskedById: null,
  leavesMailId: null,
};

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

/** Ends the service keys that a person created: they know them, and may create none any more. */
export const revokeMade = (tx: EntityManager, id: string, now: Date): Promise<string[]> =>
  revoked(tx, 'api_key', 'maker_id = $1 AND person_id IS NULL', id, now);

/**
 * An institute goes on hearing who else is interested in its calls: what was told to somebody who left is
 * told to the officer who was there last, or to the next one if nobody was.
 */
const HAND_OVER_INTEREST = `UPDATE interest SET person_id = next.id, by = next.name
   FROM (SELECT o.id, o.name FROM person o WHERE o.profile_id = $1 AND o.removed_at IS NULL AND o.role = 'officer' AND o.inside_from IS NULL
          ORDER BY o.last_seen_at DESC NULLS LAST, o.id LIMIT 1) next
  WHERE interest.profile_id = $1 AND interest.tell
    AND EXISTS (SELECT FROM person p WHERE p.id = interest.person_id AND (p.removed_at IS NOT NULL OR p.profile_id IS DISTINCT FROM $1))`;

/** Hands over what nobody at the institute hears any more. */
export const handOverInterest = (tx: EntityManager, profileId: string | null): Promise<unknown> =>
  tx.query(HAND_OVER_INTEREST, [profileId]);

/**
 * Ends all of a person's credentials and notifications at once and for good: a new invitation restores none.
 */
export const removePerson = (...given: Parameters<typeof endAll>): Promise<EndedWith> =>
  acrossInstitutes('whoever leaves is told and let in nowhere any more', () => endAll(...given));

async function endAll(
  tx: EntityManager,
  messages: MessagesOfPerson,
  { id, profileId }: Pick<PersonEntity, 'id' | 'profileId'>,
  now: Date,
): Promise<EndedWith> {
  await tx.update(PersonEntity, { id }, { removedAt: now, ...NOT_LEAVING });
  await tx.update(SessionEntity, { personId: id, revokedAt: IsNull() }, { revokedAt: now });
  await tx.delete(SignInLinkEntity, { personId: id, usedAt: IsNull() });
  await tx.delete(PasskeyEntity, { personId: id });
  const ended = {
    serviceKeys: await revokeMade(tx, id, now),
    ownKeys: await revoked(tx, 'api_key', 'person_id = $1', id, now),
    feeds: await revoked(tx, 'feed', 'person_id = $1', id, now),
    calendars: await revoked(tx, 'calendar', `person_id = $1 AND kind <> 'own'`, id, now),
  };
  // Nobody else's dates were in it.
  await revoked(tx, 'calendar', `person_id = $1 AND kind = 'own'`, id, now);
  const follows = await messages.leave(tx, id, now);
  const [, searches]: [unknown[], number] = await tx.query('DELETE FROM saved_search WHERE person_id = $1', [
    id,
  ]);
  await tx.query('DELETE FROM waiting_sheet WHERE person_id = $1', [id]);
  await handOverInterest(tx, profileId);
  return { ...ended, follows, searches };
}
