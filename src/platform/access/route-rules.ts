import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Presence } from '../../kernel/actor.js';
import { PERMISSIONS } from '../../kernel/roles.js';
import { isOpenPath } from './open-paths.js';
import { PRESENCE, type Rule, RULE } from './rule.js';

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

/** Returns the routes that never answer: one that was registered before answers all requests for them. */
export function hiddenRoutes(routes: Route[]): string[] {
  const split = routes.map((route) => ({ ...route, parts: route.path.split('/') }));
  return split.flatMap(({ handler, method, path, parts }, i) => {
    const first = split.find(
      (before, at) =>
        at < i &&
        before.method === method &&
        before.parts.length === parts.length &&
        before.parts.every((part, n) => part.startsWith(':') || part === parts[n]),
    );
    return first
      ? [`${handler} (${method} ${path}) never answers: ${first.handler} (${first.path}) comes before it`]
      : [];
  });
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
