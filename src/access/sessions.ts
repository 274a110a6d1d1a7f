import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotFound, Unauthorized } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { landingOf, STEP_PATHS } from './domain/landing.js';
import type { Clock } from '../kernel/ports.js';
import type { PersonEntity } from './store/person.entity.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { PasskeyRepository } from './store/passkey.repository.js';
import { SessionRepository } from './store/session.repository.js';
import { newSecret } from '../platform/access/secret.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { sessionView, type SessionView } from './api/credential-views.js';
import { CONTACTS } from '../profiles/jobs.js';

/** The browser that signs in, and its previous session. */
export interface Device {
  userAgent: string | null;
  before: Actor | null;
}
/** A completed sign-in: the secret for the cookie and the next page. */
export interface Arrival {
  secret: string;
  to: string;
}

/**
 * How identity was proved: at which provider (null: by a link), how many seconds ago (null if unknown), and
 * whether with two factors.
 */
interface Shown {
  provider: string | null;
  secondsAgo: number | null;
  twice: boolean;
}
const JUST_NOW: Shown = { provider: null, secondsAgo: 0, twice: false };

const suggestionOf = (next: string): string =>
  `${STEP_PATHS['new-passkey']}?next=${encodeURIComponent(next)}`;

const LONGEST_USER_AGENT = 300;

@Injectable()
export class Sessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly secondFactor: SecondFactor,
    private readonly profiles: ProfileRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Starts a session with a secret of our own, whatever the browser sent, and ends the browser's previous
   * one. Coordinators without a second factor are led to the page for creating one, except when they only
   * confirm their identity. Throws Unauthorized if the person was removed in the meantime.
   */
  async begin(
    person: PersonEntity,
    { userAgent, before }: Device,
    next: string | null,
    { provider, secondsAgo, twice }: Shown = JUST_NOW,
  ): Promise<Arrival> {
    const now = this.clock.now();
    const { secret, hash } = newSecret();
    const institute = person.profileId === null ? null : await this.profiles.findById(person.profileId);
    if (before) await this.end(before);
    const begun = await this.sessions.begin(
      {
        id: randomUUID(),
        tokenHash: hash,
        personId: person.id,
        userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
        provider,
        secondFactorAt: twice ? now : null,
        authenticatedAt: secondsAgo === null ? null : new Date(now.getTime() - secondsAgo * 1_000),
      },
      now,
    );
    if (!begun) throw new Unauthorized('no-credential');
    // On the first sign-in people start to follow their institute, and their page shows this at once.
    if (person.lastSeenAt === null && person.profileId !== null)
      await this.queues.hurry([job(CONTACTS, { profileId: person.profileId })]);
    const to = next ?? landingOf(person, institute?.content ?? null);
    const suggests = !twice && before?.personId !== person.id && this.secondFactor.suggestsTo(person);
    return { secret, to: suggests && !(await this.hasPasskey(person)) ? suggestionOf(to) : to };
  }

  private async hasPasskey({ id }: PersonEntity): Promise<boolean> {
    return (await this.passkeys.ofPerson(id)).length > 0;
  }

  /** Signs out: ends the session of this browser. */
  async end({ personId, sessionId }: Actor): Promise<void> {
    if (personId !== null && sessionId !== null)
      await this.sessions.revoke(personId, sessionId, this.clock.now());
  }

  async list({ personId, sessionId }: Actor): Promise<SessionView[]> {
    return personId === null
      ? []
      : (await this.sessions.ofPerson(personId, this.clock.now())).map((s) => sessionView(s, sessionId));
  }

  /** Ends one of a person's sessions. Throws NotFound if they have none with this id. */
  async revoke({ personId }: Actor, id: string): Promise<void> {
    if (personId === null || !(await this.sessions.revoke(personId, id, this.clock.now())))
      throw new NotFound('no-session-of-yours');
  }

  /** Returns the sessions of an institute's people, or of the network's if null. */
  async ofTeam({ sessionId }: Actor, profileId: string | null): Promise<Map<string, SessionView[]>> {
    const all = await this.sessions.ofTeam(profileId, this.clock.now());
    const byPerson = new Map<string, SessionView[]>();
    for (const session of all)
      byPerson.set(session.personId, [
        ...(byPerson.get(session.personId) ?? []),
        sessionView(session, sessionId),
      ]);
    return byPerson;
  }

  /**
   * Ends a session of a person of that institute, or of the network if null. Throws NotFound if
   * there is none.
   */
  async revokeOf(profileId: string | null, personId: string, id: string): Promise<void> {
    const all = await this.sessions.ofTeam(profileId, this.clock.now());
    const theirs = all.some((session) => session.id === id && session.personId === personId);
    if (!theirs || !(await this.sessions.revoke(personId, id, this.clock.now())))
      throw new NotFound('no-session-of-theirs');
  }

  /** Ends all of a person's sessions except the current one; returns how many. */
  async revokeOthers({ personId, sessionId }: Actor): Promise<number> {
    return personId !== null && sessionId !== null
      ? this.sessions.revokeOthers(personId, sessionId, this.clock.now())
      : 0;
  }
}
