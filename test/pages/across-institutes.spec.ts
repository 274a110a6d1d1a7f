import { DataSource } from 'typeorm';
import { type KeyScope, NetworkRole, PERMISSIONS, ROLES } from '../../src/kernel/actor.js';
import type { Route } from '../../src/platform/access/rule.js';
import { api, TOKEN } from '../support/app.js';
import { serviceKey, somebody } from '../support/access/people.js';
import { addressesIn, askRoute } from '../support/pages/route-asking.js';
import { nameOf, parametersOf, routesOf, saidIn } from '../support/pages/routes.js';
import { tableState } from '../support/database/table-state.js';
import { valuesOf } from '../support/pages/route-values.js';
import { OWN, SECRET, startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { FREE_ROUTES } from './free-routes.js';
import { everyNth, sampled, times } from '../support/release.js';

/**
 * A caller: from the other institute, the network, the institute itself but read-only, the institute itself
 * but not in person, or with an invalid credential.
 */
interface Stranger {
  name: string;
  headers: Record<string, string>;
  is: 'other' | 'network' | 'reads' | 'own' | 'nobody';
  by: 'browser' | 'old browser' | 'key' | 'service' | 'operator';
  role: keyof typeof ROLES;
  scope: KeyScope;
}

const isInvalid = ({ is, name }: Stranger): boolean => is === 'nobody' && name !== 'nobody';

/**
 * Whom the permission of a route and the set of the caller's role keep out. That the sets themselves are
 * right is seen by what is told: nothing of an institute to others, nothing inside it to the network.
 */
function mustBeRefused({ rule, method, presence }: Route, { is, by, role, scope }: Stranger): boolean {
  if (!rule || rule.kind === 'open') return false;
  if (is === 'nobody') return true;
  if (presence && (by === 'key' || by === 'service' || (by === 'old browser' && presence === 'recent')))
    return true;
  if (rule.kind === 'signed-in') return false;
  if (rule.kind === 'oneself')
    return by === 'service' || by === 'operator' || (by === 'key' && method !== 'GET');
  const whose = PERMISSIONS[rule.permission];
  if (whose === 'network' && is !== 'network') return true;
  if (whose === 'inside' && is === 'network') return true;
  if (rule.param !== undefined && is === 'other') return true;
  if (!ROLES[role].may.some((held) => held === rule.permission)) return true;
  // A reader, and a key that reads, change nothing, whatever a route asks for.
  return (
    (scope === 'read' || role === 'reader') &&
    (!rule.permission.endsWith('.read') || !['GET', 'POST'].includes(method))
  );
}

/** Whether a route is about the institute that its address names. */
const isAtOne = ({ rule }: Route): boolean => rule?.kind === 'permission' && rule.param !== undefined;

describe('across institutes', () => {
  let world: TwoInstitutes;
  let routes: Route[];
  let values: Record<string, string | string[]>;
  let strangers: Stranger[];
  /** Asked with each credential that is no longer valid, which is refused before the route is looked at. */
  let few: Set<Route>;

  beforeAll(async () => {
    world = await startTwoInstitutes();
    routes = routesOf(world.test.app);
    values = valuesOf(world);
    few = new Set(sampled('routes asked with each invalid credential', routes, everyNth(8)));
  });
  // New for each test, since some actions end the session.
  beforeEach(async () => {
    const kinds = new Set<string>();
    // One of each kind, and everybody whose credential is invalid.
    strangers = sampled('callers of every route', await newStrangers(), ({ is, by, role }) => {
      const kind = `${is} ${by} ${is === 'network' ? role : ''}`;
      const isNew = is === 'nobody' || !kinds.has(kind);
      kinds.add(kind);
      return isNew;
    });
  });
  afterAll(() => world?.stop());

  async function newStrangers(): Promise<Stranger[]> {
    const { test, dead, leti } = world;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const browser = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });
    const [officer, reader] = [
      await somebody(test, { role: 'officer', profile: '3bcar' }),
      await somebody(test, { role: 'reader', profile: '3bcar' }),
    ];
    const coordinator = await somebody(test, { role: 'coordinator' });
    const ofNetwork: Stranger[] = [];
    for (const role of NetworkRole.options)
      ofNetwork.push({
        name: `the ${role}`,
        headers: browser((await somebody(test, { role })).cookie),
        is: 'network',
        by: 'browser',
        role,
        scope: 'write',
      });
    return [
      {
        name: 'an officer of another institute',
        headers: browser(officer.cookie),
        is: 'other',
        by: 'browser',
        role: 'officer',
        scope: 'write',
      },
      {
        name: 'a reader of another institute',
        headers: browser(reader.cookie),
        is: 'other',
        by: 'browser',
        role: 'reader',
        scope: 'write',
      },
      {
        name: "another officer's own key",
        headers: bearer(await officer.key('write')),
        is: 'other',
        by: 'key',
        role: 'officer',
        scope: 'write',
      },
      {
        name: "another officer's own reading key",
        headers: bearer(await officer.key('read')),
        is: 'other',
        by: 'key',
        role: 'officer',
        scope: 'read',
      },
      {
        name: "another reader's own key",
        headers: bearer(await reader.key('write')),
        is: 'other',
        by: 'key',
        role: 'reader',
        scope: 'write',
      },
      {
        name: "another institute's key",
        headers: bearer(await serviceKey(test, 'write', '3bcar')),
        is: 'other',
        by: 'service',
        role: 'service',
        scope: 'write',
      },
      {
        name: "another institute's reading key",
        headers: bearer(await serviceKey(test, 'read', '3bcar')),
        is: 'other',
        by: 'service',
        role: 'service',
        scope: 'read',
      },
      ...ofNetwork,
      {
        name: "the coordinator's own key",
        headers: bearer(await coordinator.key('write')),
        is: 'network',
        by: 'key',
        role: 'coordinator',
        scope: 'write',
      },
      {
        name: "the coordinator's own reading key",
        headers: bearer(await coordinator.key('read')),
        is: 'network',
        by: 'key',
        role: 'coordinator',
        scope: 'read',
      },
      {
        name: "the network's reading key",
        headers: bearer(await serviceKey(test, 'read')),
        is: 'network',
        by: 'service',
        role: 'service',
        scope: 'read',
      },
      {
        name: "the network's key",
        headers: bearer(await serviceKey(test, 'write')),
        is: 'network',
        by: 'service',
        role: 'service',
        scope: 'write',
      },
      {
        name: 'the operator',
        headers: bearer(TOKEN),
        is: 'network',
        by: 'operator',
        role: 'service',
        scope: 'write',
      },
      {
        name: 'a reader of the institute',
        headers: browser(leti.reader.cookie),
        is: 'reads',
        by: 'browser',
        role: 'reader',
        scope: 'write',
      },
      {
        name: 'a key of a reader of the institute',
        headers: bearer(await leti.reader.key('write')),
        is: 'reads',
        by: 'key',
        role: 'reader',
        scope: 'write',
      },
      {
        name: 'a reading key of an officer of the institute',
        headers: bearer(await leti.officer.key('read')),
        is: 'reads',
        by: 'key',
        role: 'officer',
        scope: 'read',
      },
      {
        name: 'a key of an officer of the institute',
        headers: bearer(await leti.officer.key('write')),
        is: 'own',
        by: 'key',
        role: 'officer',
        scope: 'write',
      },
      {
        name: 'a key of the institute',
        headers: bearer(await serviceKey(test, 'write', 'leti')),
        is: 'own',
        by: 'service',
        role: 'service',
        scope: 'write',
      },
      {
        name: 'an officer of the institute who signed in an hour ago',
        headers: browser(await signedInAnHourAgo()),
        is: 'own',
        by: 'old browser',
        role: 'officer',
        scope: 'write',
      },
      {
        name: 'a reading key of the institute',
        headers: bearer(leti.readKey),
        is: 'reads',
        by: 'service',
        role: 'service',
        scope: 'read',
      },
      { name: 'nobody', headers: {}, is: 'nobody', by: 'browser', role: 'officer', scope: 'write' },
      {
        name: 'a decision link, sent as a key',
        headers: bearer(world.live.decide),
        is: 'nobody',
        by: 'service',
        role: 'officer',
        scope: 'write',
      },
      {
        name: 'a decision link, sent as a session',
        headers: browser(`session=${world.live.decide}`),
        is: 'nobody',
        by: 'browser',
        role: 'officer',
        scope: 'write',
      },
      ...dead.key.map((key, i) => ({
        name: `a ${i ? 'expired' : 'revoked'} key`,
        headers: bearer(key),
        is: 'nobody' as const,
        by: 'service' as const,
        role: 'service' as const,
        scope: 'write' as const,
      })),
      ...dead.session.map((cookie, i) => ({
        name: `a session ${i ? 'that was ended' : 'of somebody who was removed'}`,
        headers: browser(cookie),
        is: 'nobody' as const,
        by: 'browser' as const,
        role: 'officer' as const,
        scope: 'write' as const,
      })),
    ];
  }

  /** Signs in a new officer of leti as of an hour ago, so that no existing session is changed. */
  async function signedInAnHourAgo(): Promise<string> {
    const { test } = world;
    const officer = await somebody(test, { role: 'officer', profile: 'leti' });
    await test.app
      .get(DataSource)
      .query(
        `UPDATE session SET created_at = created_at - interval '1 hour', authenticated_at = authenticated_at - interval '1 hour' WHERE person_id = $1`,
        [officer.person.id],
      );
    return officer.cookie;
  }

  const letis = () =>
    tableState(world.test.app, {
      profileId: 'leti',
      personIds: [world.leti.officer.person.id, world.leti.reader.person.id],
    });

  /** Calls each route with each of its addresses and returns what was wrongly said to whom. */
  async function round(
    stranger: Stranger,
    chosen: Route[],
    wrong: (route: Route, status: number, said: string, location: string) => string | null,
  ): Promise<string[]> {
    const found: string[] = [];
    for (const route of chosen) {
      for (const path of addressesIn(world, route, values)) {
        const response = await askRoute(world, route, path, stranger.headers);
        const problem = wrong(
          route,
          response.status,
          await saidIn(response),
          response.headers.get('location') ?? '',
        );
        if (problem) found.push(`${stranger.name}: ${nameOf(route)} ${path}: ${problem}`);
      }
    }
    return found;
  }
  const leak = ({ is }: Stranger, said: string): string | null =>
    is === 'reads' || is === 'own'
      ? null
      : said.includes(SECRET.toLowerCase())
        ? 'tells a secret'
        : is !== 'network' && said.includes(OWN.toLowerCase())
          ? "tells what is the institute's own"
          : null;

  it('is tested for every route: of each the test knows a value for its parameters, and those that are free are known by name', async () => {
    const unknown = routes.flatMap((r) =>
      parametersOf(r)
        .filter((p) => values[p] === undefined)
        .map((p) => `${nameOf(r)}: ${p}`),
    );
    expect(unknown).toEqual([]);
    const free = routes
      .filter(
        (r) =>
          !isAtOne(r) && !(r.rule?.kind === 'permission' && PERMISSIONS[r.rule.permission] === 'network'),
      )
      .map(nameOf);
    expect(free.filter((name) => !FREE_ROUTES.includes(name))).toEqual([]);
    expect(FREE_ROUTES.filter((name) => !free.includes(name))).toEqual([]);
    const { paths } = (
      await api<{ paths: Record<string, Record<string, unknown>> }>(world.test.url, '/docs-json')
    ).body;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.filter((name) => !routes.some((r) => nameOf(r) === name))).toEqual([]);
  });

  it("has its values right: the institute's own officer reads every page and list, and finds its secrets there", async () => {
    const officer: Stranger = {
      name: "the institute's officer",
      headers: { cookie: world.leti.officer.cookie },
      is: 'reads',
      by: 'browser',
      role: 'officer',
      scope: 'write',
    };
    const revealing = new Set<string>();
    const inside = routes.filter((r) => r.method === 'GET' && isAtOne(r));
    const wrong = await round(officer, inside, (route, status, said) => {
      if (said.includes(SECRET.toLowerCase())) revealing.add(nameOf(route));
      return status === 200 ? null : `says ${status}`;
    });
    expect(wrong).toEqual([]);
    expect(revealing.size).toBeGreaterThan(12);
  });

  /** Returns who wrongly received data or was let in, and the tables changed in the process. */
  async function broken(
    ofThem: Stranger[],
    state: () => Promise<Record<string, string>>,
    chosen: (r: Route, s: Stranger) => boolean,
    wrong: (s: Stranger, status: number, said: string, location: string) => string | null,
  ): Promise<string[]> {
    const found: string[] = [];
    for (const stranger of ofThem) {
      const before = await state();
      found.push(
        ...(await round(
          stranger,
          routes.filter((r) => chosen(r, stranger) && (!isInvalid(stranger) || few.has(r))),
          (_, status, said, location) => wrong(stranger, status, said, location),
        )),
      );
      const after = await state();
      found.push(
        ...Object.keys(after)
          .filter((table) => after[table] !== before[table])
          .map((table) => `${stranger.name}: ${table} was changed`),
      );
    }
    return found;
  }

  it('refuses each stranger what is not theirs, without a word of it and without a change', async () => {
    const refused = (is: Stranger['is'], status: number, location: string): boolean =>
      [401, 403, 404].includes(status) ||
      (status === 303 && location.startsWith('/sign-in') && is === 'nobody');
    expect(
      await broken(
        strangers,
        () => tableState(world.test.app),
        mustBeRefused,
        (s, status, said, location) => (refused(s.is, status, location) ? leak(s, said) : `says ${status}`),
      ),
    ).toEqual([]);
  });

  it('tells and changes nothing of the institute where everybody may ask', async () => {
    const strange = strangers.filter((s) => s.is !== 'reads' && s.is !== 'own');
    // The network may change an institute's profile and people.
    // Every route is asked, by each second of those who may.
    const share = times('callers of a route that everybody may ask, of two', 1, 2);
    const open = (r: Route, s: Stranger): boolean =>
      !mustBeRefused(r, s) &&
      (s.is !== 'network' || r.method === 'GET') &&
      (routes.indexOf(r) + strange.indexOf(s)) % 2 < share;
    expect(
      await broken(strange, letis, open, (s, status, said) =>
        status >= 500 ? `says ${status}` : leak(s, said),
      ),
    ).toEqual([]);
  });

  it('gives whoever has a decision link its page alone, without a word of what is inside or of who has decided', async () => {
    const { decide } = world.live;
    const nobody = strangers.find((s) => s.name === 'nobody')!;
    const ownPage = (r: Route): boolean => /^\/decide\/:token/.test(r.path);
    const at = (r: Route, by: string): Record<string, string | string[]> =>
      Object.fromEntries(parametersOf(r).map((p) => [p, /:(token|secret)\b/.test(p) ? by : values[p]!]));
    const byLink = routes.filter((r) => parametersOf(r).some((p) => /:(token|secret)\b/.test(p)));
    const before = await tableState(world.test.app);
    const found: string[] = [];
    for (const route of byLink.filter((r) => r.method === 'GET' || !ownPage(r)))
      for (const path of addressesIn(world, route, at(route, decide))) {
        const response = await askRoute(world, route, path, nobody.headers);
        const said = await saidIn(response);
        const opens = response.status < 400 && route.path !== '/notification-preferences/:token/renew';
        if (opens !== ownPage(route) || response.status >= 500)
          found.push(`${nameOf(route)}: ${response.status}`);
        if (leak(nobody, said)) found.push(`${nameOf(route)}: ${leak(nobody, said)}`);
      }
    expect(found).toEqual([]);
    expect(byLink.filter(ownPage).length).toBe(3);
    expect(await tableState(world.test.app)).toEqual(before);
    // Pressing its button changes the decision, in its owner's name, and nothing else.
    const [press] = byLink.filter((r) => nameOf(r) === 'POST /decide/:token');
    const pressed = await fetch(new URL(press!.path.replace(':token', decide), world.test.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ shown: 'relevant', reason: 'trl', version: '1' }),
    });
    expect(pressed.status).toBe(303);
    const after = await tableState(world.test.app);
    expect(
      Object.keys(after)
        .filter((table) => after[table] !== before[table])
        .sort(),
    ).toEqual(['review']);
  });

  it('gives nothing for a link of a mail, a feed or a calendar that is wrong, used, expired or revoked', async () => {
    const nobody = strangers.find((s) => s.name === 'nobody')!;
    const byLink = routes.filter((r) => parametersOf(r).some((p) => /:(token|secret)\b/.test(p)));
    expect(
      byLink
        .map((r) => r.path.split('/')[1])
        .filter((name, i, all) => all.indexOf(name) === i)
        .sort(),
    ).toEqual([
      'answer',
      'calendars',
      'contact',
      'decide',
      'feeds',
      'newsletter',
      'notification-preferences',
      'sign-in',
      'unsubscribe',
    ]);
    const before = await tableState(world.test.app);
    // A request for a new link gets the same response for any link; that page's own story checks what is
    // mailed.
    const alike = (route: (typeof routes)[number]): boolean =>
      route.path === '/notification-preferences/:token/renew';
    const wrong = await round(nobody, byLink, (route, status, said) =>
      (status < 400 && !alike(route)) || status >= 500
        ? `says ${status}`
        : /set-cookie: \S*session/.test(said)
          ? 'signs in'
          : leak(nobody, said),
    );
    expect(wrong).toEqual([]);
    expect(await tableState(world.test.app)).toEqual(before);
  });
});
