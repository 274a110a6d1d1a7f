import { DataSource } from 'typeorm';
import { RuleGuard, type Route } from '../../src/platform/access/rule.js';
import { TOKEN } from '../support/app.js';
import { serviceKey, somebody } from '../support/access/people.js';
import { addressesIn, askRoute } from '../support/pages/route-asking.js';
import { nameOf, routesOf, saidIn } from '../support/pages/routes.js';
import { valuesOf } from '../support/pages/route-values.js';
import { tableState } from '../support/database/table-state.js';
import { OWN, SECRET, startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { everyNth, sampled } from '../support/release.js';

// The application checks ownership in `kernel/actor`; with this mock everything belongs to everybody.
jest.mock('../../src/kernel/actor', () => ({
  ...jest.requireActual<object>('../../src/kernel/actor'),
  isOf: () => true,
  readsOf: () => true,
  writesOf: () => true,
}));

/**
 * Routes where the database shows the network what its own tasks need, and only the application hides part of
 * it.
 */
const FOR_NETWORK = [
  // Recipients and sent messages, so that nobody is overlooked: texts and addresses are hidden.
  '/notifications',
  '/messages',
  '/channels',
  '/notification-defaults',
  // Who leads an institute; and its opened interests, but not who opened them.
  '/team',
  '/interest',
];

/** A caller from the other institute or the network. */
interface Stranger {
  name: string;
  headers: Record<string, string>;
  isNetwork: boolean;
}

describe("with the application's own checks switched off, the database", () => {
  let world: TwoInstitutes;
  let strangers: Stranger[];
  beforeAll(async () => {
    world = await startTwoInstitutes();
  });
  // New for each test, since some actions end the session.
  beforeEach(async () => {
    const { test } = world;
    const browser = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const officer = await somebody(test, { role: 'officer', profile: '3bcar' });
    const coordinator = await somebody(test, { role: 'coordinator' });
    const all = [
      { name: 'another officer', headers: browser(officer.cookie), isNetwork: false },
      { name: "another officer's key", headers: bearer(await officer.key('write')), isNetwork: false },
      {
        name: "another institute's key",
        headers: bearer(await serviceKey(test, 'write', '3bcar')),
        isNetwork: false,
      },
      { name: 'the coordinator', headers: browser(coordinator.cookie), isNetwork: true },
      { name: "the network's key", headers: bearer(await serviceKey(test, 'write')), isNetwork: true },
      { name: 'the operator', headers: bearer(TOKEN), isNetwork: true },
    ];
    strangers = sampled('callers before row-level security', all, everyNth(2));
    jest.spyOn(RuleGuard.prototype, 'canActivate').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => world?.stop());

  const letis = () =>
    tableState(world.test.app, {
      profileId: 'leti',
      personIds: [world.leti.officer.person.id, world.leti.reader.person.id],
    });
  const told = (said: string, { isNetwork }: Stranger): boolean =>
    said.includes(SECRET.toLowerCase()) || (!isNetwork && said.includes(OWN.toLowerCase()));
  /** Whether the link itself is the credential, as in mails, feeds and calendars. */
  const byCredential = ({ rule }: Route): boolean => rule?.kind === 'open';

  /** Returns the routes that showed a stranger data of leti, each with its address. */
  async function leaks(stranger: Stranger, chosen: (route: Route) => boolean): Promise<string[]> {
    const found: string[] = [];
    const values = valuesOf(world);
    for (const route of routesOf(world.test.app).filter((r) => !byCredential(r) && chosen(r)))
      for (const path of addressesIn(world, route, values)) {
        const response = await askRoute(world, route, path, stranger.headers);
        if (told(await saidIn(response), stranger))
          found.push(`${stranger.name}: ${nameOf(route)} ${path} (${response.status})`);
      }
    return found;
  }
  const reading = ({ method }: Route): boolean => method === 'GET';
  const shownTo =
    ({ isNetwork }: Stranger) =>
    (route: Route): boolean =>
      reading(route) && !(isNetwork && FOR_NETWORK.some((part) => route.path.includes(part)));

  it('tells nobody of another institute, and the network nothing of what stays inside', async () => {
    const found: string[] = [];
    for (const stranger of strangers) found.push(...(await leaks(stranger, shownTo(stranger))));
    expect(found).toEqual([]);
  });

  it('lets nobody of another institute change anything', async () => {
    const found: string[] = [];
    for (const stranger of strangers.filter((s) => !s.isNetwork)) {
      const before = await letis();
      found.push(...(await leaks(stranger, (route) => !reading(route))));
      const after = await letis();
      found.push(
        ...Object.keys(after)
          .filter((table) => after[table] !== before[table])
          .map((table) => `${stranger.name}: ${table} was changed`),
      );
    }
    expect(found).toEqual([]);
  });

  it('is what keeps them apart: without its policies much is told', async () => {
    const database = world.test.app.get(DataSource);
    const tables: { name: string }[] = await database.query(
      'SELECT DISTINCT polrelid::regclass::text AS name FROM pg_policy',
    );
    for (const { name } of tables)
      await database.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    const inside = await leaks(
      strangers[0]!,
      (r) => reading(r) && r.rule?.kind === 'permission' && r.rule.param !== undefined,
    );
    expect(inside.length).toBeGreaterThan(50);
  });
});
