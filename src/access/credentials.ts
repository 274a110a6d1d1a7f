import { MINUTE_MS } from '../kernel/durations.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TOUCH_MS } from '../kernel/lifetimes.js';
import { type Actor, KeyScope, permissionsOf, PersonRole } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { ApiKeyRepository, type KeyCame } from './store/api-key.repository.js';
import { SessionRepository, type PersonBehind, type SessionCame } from './store/session.repository.js';
import { acrossInstitutes, inContext } from '../platform/database/request-context.js';
import { networkOf } from '../platform/access/rate-limit.js';
import { contextOfRequest } from '../audit/request-context.middleware.js';
import { Audit } from '../audit/audit.js';
import { sha256 } from '../kernel/hash.js';
import { cookieOf } from '../platform/api/security-headers.js';
import { CLOCK } from '../platform/tokens.js';
import type { Credentials } from './api/access.middleware.js';
import { AdminToken } from './admin-token.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { SessionCookie } from './session-cookie.js';

const REFUSED_MS = MINUTE_MS;
const MOST_NETWORKS = 1_000;

const OPERATOR: Actor = {
  kind: 'operator',
  role: 'operator',
  name: 'operator',
  email: null,
  personId: null,
  profileId: null,
  profileName: null,
  permissions: permissionsOf('service', 'write'),
  language: null,
  sessionId: null,
  signedInAt: null,
};

/** The bearer token of a request (RFC 6750); null if it is missing or malformed. */
const bearer = (request: Request): string | null =>
  /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

const personActor = (
  person: PersonBehind,
  profileName: string | null,
  came: { scope: KeyScope; session: SessionCame['session'] | null },
  factor: Pick<Actor, 'passkey' | 'awaits'> = {},
): Actor => ({
  kind: 'person',
  role: person.role,
  name: person.name,
  email: person.email,
  personId: person.id,
  profileId: person.profileId,
  profileName,
  insideFrom: person.insideFrom,
  permissions: permissionsOf(person.role, came.scope),
  language: person.language,
  sessionId: came.session?.id ?? null,
  signedInAt: came.session?.authenticatedAt ?? null,
  ...factor,
});

const serviceActor = (key: KeyCame['key'], profileName: string | null): Actor => ({
  kind: 'service',
  role: 'service',
  name: key.name,
  email: null,
  personId: null,
  profileId: key.profileId,
  profileName,
  permissions: permissionsOf('service', key.scope),
  language: null,
  sessionId: null,
  signedInAt: null,
});

/** A role or scope that only a newer version knows: nobody can tell here what it allows. */
const isUnderstood = (person: PersonBehind | null, key?: KeyCame['key']): boolean =>
  (person === null || PersonRole.safeParse(person.role).success) &&
  (key === undefined || KeyScope.safeParse(key.scope).success);

const actorOfKey = ({ key, person, profileName }: KeyCame): Actor => ({
  ...(person
    ? personActor(person, profileName, { scope: key.scope, session: null })
    : serviceActor(key, profileName)),
  keyId: key.id,
});

/**
 * Identifies the sender of a request by its bearer token, or else by the browser session. Nothing is cached,
 * so a revoked credential stops working at once.
 */
@Injectable()
export class RequestCredentials implements Credentials {
  private readonly refusedAt = new Map<string, number>();

  constructor(
    private readonly adminToken: AdminToken,
    private readonly keys: ApiKeyRepository,
    private readonly sessions: SessionRepository,
    private readonly cookie: SessionCookie,
    private readonly secondFactor: SecondFactor,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  actorOf(request: Request): Promise<Actor | null> {
    return acrossInstitutes('a credential says who comes', () => this.known(request));
  }

  private async known(request: Request): Promise<Actor | null> {
    // If the header is wrong, the cookie is not tried: a program that sends one means it.
    if (request.headers.authorization !== undefined) {
      const token = bearer(request);
      if (token === null) return null;
      const actor = (await this.adminToken.accepts(token)) ? OPERATOR : await this.ofKey(token);
      if (!actor) await this.refused(request);
      return actor;
    }
    const session = cookieOf(request, this.cookie.name);
    return session === undefined ? null : this.ofSession(session);
  }

  /** Audits an unknown token, but only once in a while per network, so that nobody can flood the log. */
  private async refused(request: Request): Promise<void> {
    const [network, now] = [networkOf(request), this.clock.now().getTime()];
    const before = this.refusedAt.get(network);
    if (before !== undefined && now - before < REFUSED_MS) return;
    if (this.refusedAt.size >= MOST_NETWORKS) this.refusedAt.clear();
    this.refusedAt.set(network, now);
    await inContext(contextOfRequest(request), () =>
      this.audit.note('sign-in.failed', null, null, { by: 'token' }),
    );
  }

  private async ofKey(token: string): Promise<Actor | null> {
    const now = this.clock.now();
    const came = await this.keys.byToken(sha256(token), now);
    if (came && isLongAgo(came.key.lastUsedAt, now)) await this.keys.touch(came.key, now);
    return came && isUnderstood(came.person, came.key) ? actorOfKey(came) : null;
  }

  private async ofSession(token: string): Promise<Actor | null> {
    const now = this.clock.now();
    const came = await this.sessions.byToken(sha256(token), now);
    if (!came || !isUnderstood(came.person)) return null;
    if (isLongAgo(came.session.lastSeenAt, now)) await this.sessions.touch(came.session, now);
    const { person, profileName, hasPasskey, session } = came;
    const awaits = this.secondFactor.awaitedOf(person, hasPasskey, session);
    return personActor(
      person,
      profileName,
      { scope: 'write', session },
      { passkey: hasPasskey && this.secondFactor.party !== null, ...(awaits && { awaits }) },
    );
  }
}

const isLongAgo = (at: Date | null, now: Date): boolean =>
  at === null || now.getTime() - at.getTime() >= TOUCH_MS;
