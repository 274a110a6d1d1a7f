import type { Route } from '../../../src/platform/access/rule.js';
import { addressesOf } from './routes.js';
import type { TwoInstitutes } from '../access/two-institutes.js';

/** The item to explain is in the query. */
const asked = (path: string, { call }: TwoInstitutes['ids']): string =>
  /\/(explain|why)$/.test(path) ? `${path}?call=${call}` : path;

const namesNoInstitute = ({ rule }: Route): boolean =>
  rule?.kind === 'signed-in' || (rule?.kind === 'permission' && rule.param === undefined);

/** Returns the addresses of a route with leti's rows; the institute may be named in the query too. */
export const addressesIn = (
  { ids }: TwoInstitutes,
  route: Route,
  values: Record<string, string | string[]>,
): string[] =>
  addressesOf(route, values)
    .map((path) => asked(path, ids))
    .flatMap((path) =>
      route.method === 'GET' && namesNoInstitute(route)
        ? [path, `${path}?profile=leti`, `${path}?institute=leti`]
        : [path],
    );

/** Requests an address of a route, with a body that names leti's rows if it takes one. */
export function askRoute(
  { test, ids }: TwoInstitutes,
  route: Route,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  const program = route.path.startsWith('/v1/');
  const body = {
    text: 'wind turbine',
    name: 'x',
    profile: 'leti',
    profileId: 'leti',
    researcherId: ids.researcher,
    callId: ids.call,
    verdict: 'not',
    reason: 'topic',
  };
  const sent = ['GET', 'HEAD'].includes(route.method)
    ? {}
    : program
      ? { body: JSON.stringify(body) }
      : { body: new URLSearchParams(body) };
  return fetch(new URL(path, test.url), {
    method: route.method,
    redirect: 'manual',
    ...sent,
    headers: {
      // Compressing and decompressing thousands of answers would add nothing.
      'accept-encoding': 'identity',
      accept: program ? 'application/json' : 'text/html',
      ...(program && 'body' in sent && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
}
