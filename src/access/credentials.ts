import type { NextFunction, Request, Response } from 'express';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, KeyScope, permissionsOf, PersonRole } from '../kernel/actor.js';
import { Forbidden, Unauthorized } from '../kernel/errors.js';
import { type AuthenticatedRequest, isOpenPath } from '../platform/access/rule.js';
import { pageForAnyone } from '../ui/page-for-anyone.js';
import { wantsPage } from '../platform/api/input.pipe.js';
import { logRefusal } from '../platform/telemetry/requests.js';
import { type Awaited, awaitedOf, STEP_PATHS } from './domain/landing.js';
import { MINUTE_MS } from '../kernel/durations.js';
import { TOUCH_MS } from '../kernel/lifetimes.js';
import type { Clock } from '../kernel/ports.js';
import { ApiKeyRepository, type KeyCame } from './store/api-key.repository.js';
import { type PersonBehind, type SessionCame, SessionRepository } from './store/session.repository.js';
import { acrossInstitutes, inContext } from '../platform/database/request-context.js';
import { networkOf } from '../platform/access/rate-limit.js';
import { contextOfRequest } from '../audit/request-context.js';
import { Audit } from '../audit/audit.js';
import { sha256 } from '../kernel/hash.js';
import { cookieOf } from '../platform/api/security-headers.js';
import { CLOCK } from '../platform/tokens.js';
import { AdminToken } from './admin-token.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { SessionCookie } from './session-cookie.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a browser sends this state-changing request on behalf of another site: by Fetch Metadata, or else
 * by Origin, like CrossOriginProtection in Go's net/http. Browsers never add a bearer token by themselves,
 * and one-click unsubscribe requests (RFC 8058) come from mail providers, not browsers.
 */
function fromOtherSite(request: Request): boolean {
  if (
    SAFE.includes(request.method) ||
    request.headers.authorization ||
    /^\/(?:unsubscribe|newsletter)\//.test(request.path)
  )
    return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  // Neither header: not a recent browser, so there is no cookie for another site to abuse.
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** Returns who sent a request; null if its credential is not one of ours. */
interface Credentials {
  actorOf(request: Request): Promise<Actor | null>;
}

/** The same for everyone, so nobody is looked up in the database: a probe may send its key. */
const FOR_ANYONE = /^\/(?:assets|health)(?:\/|$)/;

/**
 * Runs before everything else, including the body parser: without a credential, nobody learns about routes or
 * input. A middleware rather than a guard, because guards run only for matched routes.
 */
export function accessMiddleware(credentials: Credentials) {
  return (request: AuthenticatedRequest, response: Response, next: NextFunction): void => {
    if (fromOtherSite(request)) return refuseOtherSite(request, response, next);
    if (FOR_ANYONE.test(request.path) && isOpenPath(request.path)) return next();
    credentials
      .actorOf(request)
      .then((actor) => {
        // A client already told that the request failed must not have it carried out.
        if (response.headersSent) return;
        if (actor?.awaits && !leadsInOrOut(request.path)) {
          // Open paths stay open to them too, anonymously.
          if (!isOpenPath(request.path)) return askSecondFactor(request, response, next, actor.awaits);
        } else if (actor) request.actor = actor;
        else if (!isOpenPath(request.path)) return refuse(request, response, next);
        next();
      })
      .catch(next);
  };
}

/**
 * Paths on which a session that still lacks its second factor is recognised: the sign-in pages and sign-out.
 */
const leadsInOrOut = (path: string): boolean =>
  path === '/sign-out' || ((path === '/sign-in' || path.startsWith('/sign-in/')) && isOpenPath(path));

/** The session lacks its second factor, which programs are told apart (RFC 9457, 3.1.1). */
class SecondFactorNeeded extends Forbidden<'passkey-awaited' | 'passkey-needed'> {
  override readonly type = 'urn:carnot-europe:problem:second-factor';
}
const ASKS = { passkey: 'passkey-awaited', 'new-passkey': 'passkey-needed' } as const satisfies Record<
  Awaited,
  string
>;

/** Redirects a person to the missing step, which leads back; scripts and programs get an error. */
function askSecondFactor(
  request: AuthenticatedRequest,
  response: Response,
  next: NextFunction,
  awaits: Awaited,
): void {
  const step = STEP_PATHS[awaits];
  if (!wantsPage(request)) return next(new SecondFactorNeeded(ASKS[awaits]));
  if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', step).end();
  else
    response.redirect(
      303,
      request.method === 'GET' && request.path !== '/'
        ? `${step}?next=${encodeURIComponent(request.originalUrl)}`
        : step,
    );
}

/** The sender is not looked up, so the page is shown in every language. */
function refuseOtherSite(request: AuthenticatedRequest, response: Response, next: NextFunction): void {
  if (!wantsPage(request)) return next(new Forbidden('other-site'));
  logRefusal(request, 'it comes from another site');
  response.status(403).type('html').send(OTHER_SITE);
}

const OTHER_SITE = pageForAnyone({ heading: 'anyone.other-site', text: 'anyone.other-site.text' });

/** Redirects a browser to the sign-in page; tells a program what is missing. */
function refuse(request: Request, response: Response, next: NextFunction): void {
  if (wantsPage(request)) {
    const to =
      request.method === 'GET' && request.path !== '/'
        ? `/sign-in?next=${encodeURIComponent(request.originalUrl)}`
        : '/sign-in';
    // A script loads only part of a page: the page itself has to be redirected.
    if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', '/sign-in').end();
    else response.redirect(303, to);
    return;
  }
  response.setHeader('WWW-Authenticate', 'Bearer realm="carnot-europe"');
  next(new Unauthorized('no-credential'));
}

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
    const { policy, party } = this.secondFactor;
    const { secondFactorAt } = session;
    const awaits = awaitedOf(policy, { role: person.role, hasPasskey, secondFactorAt });
    return personActor(
      person,
      profileName,
      { scope: 'write', session },
      { passkey: hasPasskey && party !== null, ...(awaits && { awaits }) },
    );
  }
}

const isLongAgo = (at: Date | null, now: Date): boolean =>
  at === null || now.getTime() - at.getTime() >= TOUCH_MS;
