import {
  type CanActivate,
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { type DiscoveryService, type MetadataScanner, Reflector } from '@nestjs/core';
import { Conflict, Forbidden, type ProblemCode } from '../../kernel/errors.js';
import {
  absence,
  type Actor,
  changesAnything,
  may,
  ofNetwork,
  type Permission,
  PERMISSIONS,
  type Presence,
  readsOf,
} from '../../kernel/actor.js';
import { isHiddenRow } from '../database/values.js';
import { RECENT_SIGN_IN_MINUTES } from '../../kernel/lifetimes.js';
import type { Clock } from '../../kernel/ports.js';
import { CLOCK } from '../tokens.js';

/** Paths that answer without a credential; all others do not even reveal whether they exist. */
const OPEN = [
  '/health',
  '/sign-in',
  '/unsubscribe',
  '/newsletter',
  '/notification-preferences',
  '/answer',
  '/contact',
  '/decide',
  '/feeds',
  '/calendars',
  '/privacy',
  '/assets',
];

/** The path that RFC 9116 defines. */
const SECURITY_TXT = '/.well-known/security.txt';

/** A dot segment, plain or encoded: a proxy in front of us might read the path differently. */
const DOTS = /(^|[/\\])\.\.?([/\\]|$)/;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Whether a path lies below one of the public prefixes. */
export function isOpenPath(path: string): boolean {
  const plain = decoded(path);
  if (plain === null || DOTS.test(plain)) return false;
  return OPEN.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) || path === SECURITY_TXT;
}

export const ACROSS = 'carnot-europe:across-institutes';

/**
 * A route that sees the rows of all institutes, because only the secret of a link tells which one it is for.
 * `why` is listed in .github/SECURITY.md, like every place that sees across institutes.
 */
export const AcrossInstitutes = (why: string): CustomDecorator => SetMetadata(ACROSS, why);

const PRESENCE = 'carnot-europe:presence';

/** Goes with a rule: ending someone's access needs a signed-in person. A lost key must not lock them out. */
export const InPerson = () => SetMetadata(PRESENCE, 'signed-in' satisfies Presence);
/**
 * Goes with a rule: whatever opens a way in, or redirects messages, needs a person who signed in recently.
 * Its effect outlives a key.
 */
export const JustSignedIn = () => SetMetadata(PRESENCE, 'recent' satisfies Presence);

/** Distinguishes this refusal from others for programs and for our own page (RFC 9457, 3.1.1). */
export const SIGN_IN_AGAIN = 'urn:carnot-europe:problem:sign-in-again';

/** Refuses what is allowed after signing in again. */
export class SignInAgain extends Forbidden<'sign-in-again'> {
  override readonly type = SIGN_IN_AGAIN;

  constructor() {
    super('sign-in-again', { minutes: RECENT_SIGN_IN_MINUTES });
  }
}

/** Throws Forbidden for people whom the network let in after others (`Actor.insideFrom`). */
export function mustSeeAllInside({ insideFrom }: Actor): void {
  if (insideFrom) throw new Forbidden('let-in-later');
}

/** The refusal if a row that is closed to those who ask stands where theirs would; null otherwise. */
export const closedBefore = (asked: object, error: unknown): Conflict | null =>
  (asked as { actor?: Actor }).actor?.insideFrom && isHiddenRow(error) ? new Conflict('closed-before') : null;

/** Throws Forbidden if no person is signed in, and SignInAgain if they signed in too long ago. */
export function mustBePresent(needed: Presence, actor: Actor, now: Date): void {
  const missing = absence(needed, actor, now);
  if (missing === 'person') throw new Forbidden('in-person-only');
  if (missing === 'sign-in') throw new SignInAgain();
}

/** Who may call a route. Declared on each route; without a rule the application does not start. */
export type Rule =
  | { kind: 'open'; why: string }
  | { kind: 'signed-in' }
  | { kind: 'oneself' }
  /** `param` names the institute in the path. */
  | { kind: 'permission'; permission: Permission; param?: string };

export const RULE = 'carnot-europe:rule';
const rule = (value: Rule): CustomDecorator => SetMetadata(RULE, value);

/** Anyone, without a credential. Only below the few prefixes in `isOpenPath`. */
export const Open = (why: string) => rule({ kind: 'open', why });
/** Anyone with a credential, for their own access. */
export const SignedIn = () => rule({ kind: 'signed-in' });
/** A person, for their own data: sessions, keys, searches. Changes need the browser: no key makes keys. */
export const Oneself = () => rule({ kind: 'oneself' });
/**
 * Whoever holds the permission (`src/kernel/actor.ts`), for the institute that `param` names in the path.
 * Without it the handler filters the rows (`readsOf`, `isOf`), unless all may see them or they are the
 * network's.
 */
export const Needs = (permission: Permission, param?: string) =>
  rule({ kind: 'permission', permission, ...(param !== undefined && { param }) });

const ALL_INSIDE = 'carnot-europe:all-inside';
/**
 * Goes with `Needs`: not for people whom the network let in after others (`Actor.insideFrom`),
 * where the database cannot tell what is new from what was there before.
 */
export const AllInside = () => SetMetadata(ALL_INSIDE, true);

export interface AuthenticatedRequest extends Request {
  actor?: Actor;
}

/** The actor of the request. Never on an open route, where there may be none. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Error('a route that asks for the actor must not be open');
  return actor;
});

/** A route of a controller with its rule: `GET /v1/calls/:id`. */
export interface Route {
  method: string;
  path: string;
  handler: string;
  rule: Rule | undefined;
  presence?: Presence | undefined;
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((p) => p.split('/'))
    .filter(Boolean)
    .join('/')}`;

function routesOf(controller: object, scanner: MetadataScanner): Route[] {
  const type = controller.constructor;
  const bases = [Reflect.getMetadata(PATH_METADATA, type) as string | string[]].flat();
  return scanner.getAllMethodNames(Object.getPrototypeOf(controller) as object).flatMap((name) => {
    const handler = (controller as Record<string, object>)[name]!;
    const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
    if (paths === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
    const rule = (Reflect.getMetadata(RULE, handler) ?? Reflect.getMetadata(RULE, type)) as Rule | undefined;
    const presence = (Reflect.getMetadata(PRESENCE, handler) ?? Reflect.getMetadata(PRESENCE, type)) as
      Presence | undefined;
    return bases.flatMap((base) =>
      [paths].flat().map((path) => ({
        method,
        path: joined(base, path),
        handler: `${type.name}.${name}`,
        rule,
        presence,
      })),
    );
  });
}

/** Returns every route of the application. */
export const allRoutes = (discovery: DiscoveryService, scanner: MetadataScanner): Route[] =>
  discovery
    .getControllers()
    .flatMap(({ instance }) => (instance ? routesOf(instance as object, scanner) : []));

/** Whether the parts of a route's path match those of another path. */
const matches = (route: string[], parts: string[]): boolean =>
  route.length === parts.length && route.every((part, n) => part.startsWith(':') || part === parts[n]);

/** Returns the routes that never answer: one that was registered before answers all requests for them. */
export function hiddenRoutes(routes: Route[]): string[] {
  const split = routes.map((route) => ({ ...route, parts: route.path.split('/') }));
  return split.flatMap(({ handler, method, path, parts }, i) => {
    const first = split.find(
      (before, at) => at < i && before.method === method && matches(before.parts, parts),
    );
    return first
      ? [`${handler} (${method} ${path}) never answers: ${first.handler} (${first.path}) comes before it`]
      : [];
  });
}

/** Returns the methods that a path takes; none where no route has it. */
export function methodsAt(routes: Route[], path: string): string[] {
  const parts = path.split('/');
  const there = routes.filter((route) => matches(route.path.split('/'), parts));
  return [...new Set(there.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method)))];
}

function problemOf({ method, path, handler, rule }: Route): string | null {
  if (!rule) return `${handler} (${method} ${path}) has no rule: say beside it who may call it`;
  if ((rule.kind === 'open') !== isOpenPath(path))
    return `${handler} (${method} ${path}): a route is open exactly below a public prefix`;
  if (rule.kind !== 'permission') return null;
  const { permission, param } = rule;
  if (param === undefined)
    return PERMISSIONS[permission] === 'inside'
      ? `${handler} (${method} ${path}): ${permission} is about one institute: say which parameter names it`
      : null;
  return path.split('/').includes(`:${param}`)
    ? null
    : `${handler} (${method} ${path}): its rule names :${param}, its path does not`;
}

/** Returns what is wrong with the rules of these routes; any problem keeps the application from starting. */
export const ruleProblems = (routes: Route[]): string[] => routes.flatMap((route) => problemOf(route) ?? []);

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

type Refused = Extract<
  ProblemCode,
  | 'sign-in-first'
  | 'of-a-person'
  | 'signed-in-only'
  | 'network-only'
  | 'inside-only'
  | 'of-another-institute'
  | 'read-only'
  | 'role-without-this'
>;

/** Returns why this actor is refused; null if they are allowed. */
export function refusal(
  rule: Rule,
  actor: Actor | undefined,
  request: { method: string; params: Record<string, string | undefined> },
): Refused | null {
  if (rule.kind === 'open') return null;
  if (!actor) return 'sign-in-first';
  if (rule.kind === 'signed-in') return null;
  if (rule.kind === 'oneself') {
    if (actor.personId === null) return 'of-a-person';
    return SAFE.includes(request.method) || actor.sessionId !== null ? null : 'signed-in-only';
  }
  const { permission, param } = rule;
  const profileId = param === undefined ? undefined : (request.params[param] ?? '');
  return may(actor, permission, profileId) ? null : lacking(actor, permission, profileId);
}

function lacking(actor: Actor, permission: Permission, profileId: string | undefined): Refused {
  const whose = PERMISSIONS[permission];
  if (whose === 'network' && !ofNetwork(actor)) return 'network-only';
  if (whose === 'inside' && ofNetwork(actor)) return 'inside-only';
  if (profileId !== undefined && !readsOf(actor, profileId)) return 'of-another-institute';
  return permission.endsWith('.write') && !changesAnything(actor) ? 'read-only' : 'role-without-this';
}

/** Checks every request against the rule of its route. */
@Injectable()
export class RuleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<Rule | undefined>(RULE, places);
    const presence = this.reflector.getAllAndOverride<Presence | undefined>(PRESENCE, places);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!rule) throw new Error(`${request.method} ${request.path} has no rule`);
    const why = refusal(rule, request.actor, request as never);
    if (why) throw new Forbidden(why);
    // What opens a way in, or redirects messages, would hand on more than they see themselves.
    const inside = rule.kind === 'permission' && PERMISSIONS[rule.permission] === 'inside';
    const all = this.reflector.getAllAndOverride<boolean | undefined>(ALL_INSIDE, places);
    if (((inside && presence === 'recent') || all) && request.actor) mustSeeAllInside(request.actor);
    if (presence && request.actor) mustBePresent(presence, request.actor, this.clock.now());
    return true;
  }
}
