import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, Not } from 'typeorm';
import { storedLanguage } from '../../kernel/language.js';
import { ACCOUNT_SESSION, sessionEnd, type SessionLife } from '../../kernel/lifetimes.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { PersonEntity } from './person.entity.js';
import { SessionEntity } from './sign-in.entity.js';

/** The owner of a credential as every request needs them, with the name of their institute. */
export type PersonBehind = Pick<
  PersonEntity,
  'id' | 'email' | 'name' | 'language' | 'role' | 'profileId' | 'insideFrom'
>;
export interface SessionCame {
  session: Pick<
    SessionEntity,
    'id' | 'personId' | 'provider' | 'createdAt' | 'lastSeenAt' | 'authenticatedAt' | 'secondFactorAt'
  >;
  person: PersonBehind;
  profileName: string | null;
  hasPasskey: boolean;
}
export type NewSession = Pick<
  SessionEntity,
  'id' | 'tokenHash' | 'personId' | 'userAgent' | 'provider' | 'authenticatedAt' | 'secondFactorAt'
>;

/** Columns of person `p` and their institute `i`; null if there is none. */
export const BEHIND_SQL =
  'p.email, p.name, p.language, p.role, p.profile_id AS "profileId", p.inside_from AS "insideFrom", i.content->>\'name\' AS "profileName"';

@Injectable()
export class SessionRepository {
  constructor(
    private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  private lifeOf({ provider }: Pick<SessionEntity, 'provider'>): SessionLife {
    const { idleHours, longestDays } = this.settings.signIn;
    return provider === null
      ? { idleHours, longestDays }
      : {
          idleHours: Math.min(idleHours, ACCOUNT_SESSION.idleHours),
          longestDays: Math.min(longestDays, ACCOUNT_SESSION.longestDays),
        };
  }

  private get table() {
    return this.database.getRepository(SessionEntity);
  }

  /** Stores a session unless the person was removed; returns whether it did. Their row is locked. */
  async begin(session: NewSession, now: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const present = { id: session.personId, removedAt: IsNull() };
      const { affected } = await tx.update(PersonEntity, present, { lastSeenAt: now });
      if (!affected) return false;
      await tx.insert(SessionEntity, {
        ...session,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: sessionEnd(now, now, this.lifeOf(session)),
        revokedAt: null,
        challenge: null,
        challengeUntil: null,
      });
      return true;
    });
  }

  /**
   * Returns the owner of a session; null if it has ended or the person was removed. One statement, because
   * every request runs it.
   */
  async byToken(tokenHash: string, now: Date): Promise<SessionCame | null> {
    const [row]: (SessionCame['session'] &
      Omit<PersonBehind, 'id'> & { profileName: string | null; hasPasskey: boolean })[] =
      await this.database.query(
        `SELECT s.id, s.person_id AS "personId", s.provider, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
            s.authenticated_at AS "authenticatedAt", s.second_factor_at AS "secondFactorAt", ${BEHIND_SQL},
            EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id) AS "hasPasskey"
       FROM session s JOIN person p ON p.id = s.person_id AND p.removed_at IS NULL LEFT JOIN profile i ON i.id = p.profile_id
      WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2`,
        [tokenHash, now],
      );
    if (!row) return null;
    const { profileName, hasPasskey, email, name, language, role, profileId, insideFrom, ...session } = row;
    const who = { id: session.personId, email, name, role, profileId, insideFrom };
    const person = { ...who, language: storedLanguage(language) };
    return { session, person, profileName, hasPasskey };
  }

  /** Records that a session is in use, which extends it. */
  async touch(session: SessionCame['session'], now: Date): Promise<void> {
    const { id, createdAt, personId, lastSeenAt } = session;
    const { affected } = await this.table.update(
      { id, lastSeenAt },
      { lastSeenAt: now, expiresAt: sessionEnd(createdAt, now, this.lifeOf(session)) },
    );
    if (affected)
      await this.database.getRepository(PersonEntity).update({ id: personId }, { lastSeenAt: now });
  }

  /** Returns a person's active sessions, most recently used first. */
  ofPerson(personId: string, now: Date): Promise<SessionEntity[]> {
    return this.table.find({
      where: { personId, revokedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { lastSeenAt: 'DESC', id: 'ASC' },
    });
  }

  /** Ends a session of that person; false if there is none. */
  async revoke(personId: string, id: string, now: Date): Promise<boolean> {
    const { affected } = await this.table.update({ id, personId, revokedAt: IsNull() }, { revokedAt: now });
    return Boolean(affected);
  }

  /** Returns active sessions of an institute's people (the network's if null), most recently used first. */
  ofTeam(profileId: string | null, now: Date): Promise<SessionEntity[]> {
    return this.table
      .createQueryBuilder('s')
      .innerJoin(PersonEntity, 'p', 'p.id = s.person_id AND p.removed_at IS NULL')
      .where('p.profile_id IS NOT DISTINCT FROM :profileId', { profileId })
      .andWhere('s.revoked_at IS NULL AND s.expires_at > :now', { now })
      .orderBy('s.last_seen_at', 'DESC')
      .addOrderBy('s.id')
      .getMany();
  }

  /** Stores a challenge for a passkey, replacing any earlier one. */
  async challenge(id: string, challenge: string, until: Date): Promise<void> {
    await this.table.update({ id }, { challenge, challengeUntil: until });
  }

  /** Takes the challenge, once only; null if there is none or it has expired. */
  async takeChallenge(id: string, now: Date): Promise<string | null> {
    const [rows]: [{ challenge: string }[], number] = await this.database.query(
      `UPDATE session s SET challenge = NULL, challenge_until = NULL
         FROM (SELECT id, challenge FROM session WHERE id = $1 AND challenge IS NOT NULL AND challenge_until > $2 FOR UPDATE) asked
        WHERE s.id = asked.id RETURNING asked.challenge`,
      [id, now],
    );
    return rows[0]?.challenge ?? null;
  }

  /** Records a second factor and changes the session's secret, so that the old one is worthless. */
  async prove(
    id: string,
    tokenHash: string,
    proven: Partial<Pick<SessionEntity, 'secondFactorAt' | 'authenticatedAt'>>,
  ): Promise<void> {
    await this.table.update({ id }, { tokenHash, ...proven });
  }

  async revokeOthers(personId: string, kept: string, now: Date): Promise<number> {
    const { affected } = await this.table.update(
      { personId, id: Not(kept), revokedAt: IsNull() },
      { revokedAt: now },
    );
    return affected ?? 0;
  }
}
