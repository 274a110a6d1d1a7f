import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../kernel/actor.js';
import { STEP_PATHS } from './domain/second-factor.js';
import { landingOf } from './domain/landing.js';
import { job } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { PersonEntity } from './store/person.entity.js';
import { ProfileRepository } from '../profiles/store/index.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { PasskeyRepository } from './store/passkey.repository.js';
import { SessionRepository } from './store/session.repository.js';
import { newSecret } from '../platform/access/secret.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK } from '../platform/tokens.js';
import { sessionView, type SessionView } from './api/session-view.js';

/** The browser in which somebody signs in, and the session that it had before. */
export interface Device {
  userAgent: string | null;
  before: Actor | null;
}
/** Somebody has signed in: the secret for the cookie, and the page that comes next. */
export interface Arrival {
  secret: string;
  to: string;
}

/**
 * How somebody showed who they are: so many seconds ago (null where nobody knows), and whether by two
 * factors.
 */
interface Shown {
  secondsAgo: number | null;
  twice: boolean;
}
const JUST_NOW: Shown = { secondsAgo: 0, twice: false };

const suggestionOf = (next: string): string =>
  `${STEP_PATHS['new-passkey']}?next=${encodeURIComponent(next)}`;

const LONGEST_USER_AGENT = 300;

/** The browsers in which a person is signed in. */
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
   * Begins a session under a secret of our own making, whatever the browser came with; the one that it had
   * ends. A coordinator without a second factor is led past the page on which they make one, but for whoever
   * confirms only that it is still them.
   */
  async begin(
    person: PersonEntity,
    { userAgent, before }: Device,
    next: string | null,
    { secondsAgo, twice }: Shown = JUST_NOW,
  ): Promise<Arrival> {
    const now = this.clock.now();
    const { secret, hash } = newSecret();
    const institute = person.profileId === null ? null : await this.profiles.find(person.profileId);
    if (before) await this.end(before);
    await this.sessions.begin(
      {
        id: randomUUID(),
        tokenHash: hash,
        personId: person.id,
        userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
        secondFactorAt: twice ? now : null,
        authenticatedAt: secondsAgo === null ? null : new Date(now.getTime() - secondsAgo * 1_000),
      },
      now,
    );
    // Who comes for the first time follows their institute from now on, and finds that said on their page at
    // once.
    if (person.lastSeenAt === null && person.profileId !== null)
      await this.queues.hurry([job('contacts', { profileId: person.profileId })]);
    const to = next ?? landingOf(person, institute?.content ?? null);
    const suggests = !twice && before?.personId !== person.id && this.secondFactor.suggestsTo(person);
    return { secret, to: suggests && !(await this.hasPasskey(person)) ? suggestionOf(to) : to };
  }

  private async hasPasskey({ id }: PersonEntity): Promise<boolean> {
    return (await this.passkeys.ofPerson(id)).length > 0;
  }

  /** Signs out: the session of this browser ends. */
  async end({ personId, sessionId }: Actor): Promise<void> {
    if (personId !== null && sessionId !== null)
      await this.sessions.revoke(personId, sessionId, this.clock.now());
  }

  async list({ personId, sessionId }: Actor): Promise<SessionView[]> {
    return personId === null
      ? []
      : (await this.sessions.ofPerson(personId, this.clock.now())).map((s) => sessionView(s, sessionId));
  }

  /** Ends one of a person's sessions. Throws NotFoundException where they have none of that id. */
  async revoke({ personId }: Actor, id: string): Promise<void> {
    if (personId === null || !(await this.sessions.revoke(personId, id, this.clock.now())))
      throw new NotFoundException('You have no such session.');
  }

  /** Where the people of an institute, or of the network with null, are signed in. */
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
   * Ends a session of somebody of that institute, or of the network with null. Throws NotFoundException where
   * there is none.
   */
  async revokeOf(profileId: string | null, personId: string, id: string): Promise<void> {
    const all = await this.sessions.ofTeam(profileId, this.clock.now());
    const theirs = all.some((session) => session.id === id && session.personId === personId);
    if (!theirs || !(await this.sessions.revoke(personId, id, this.clock.now())))
      throw new NotFoundException('This person has no such session.');
  }

  /** Ends all of a person's sessions but the one in which they ask; says how many. */
  async revokeOthers({ personId, sessionId }: Actor): Promise<number> {
    return personId !== null && sessionId !== null
      ? this.sessions.revokeOthers(personId, sessionId, this.clock.now())
      : 0;
  }
}
