import { randomUUID } from 'node:crypto';
import { PersonRepository } from '../../src/access/store/person.repository.js';
import { Somebody } from '../support/access/people.js';
import { SECRET, startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { addressesIn, askRoute } from '../support/pages/route-asking.js';
import { nameOf, routesOf, saidIn } from '../support/pages/routes.js';
import { valuesOf } from '../support/pages/route-values.js';

describe('whom the network lets in to an institute after others', () => {
  let world: TwoInstitutes;
  let successor: Somebody;
  beforeAll(async () => {
    world = await startTwoInstitutes();
    const person = await world.test.app.get(PersonRepository).add(
      {
        id: randomUUID(),
        email: 'successor@example.org',
        name: 'Successor',
        language: 'en',
        role: 'officer',
        profileId: 'leti',
        createdAt: new Date(),
        invitedBy: 'Coordinator',
        invitedById: null,
      },
      'network',
    );
    successor = new Somebody(world.test, person!, '');
    await successor.signInAgain();
  });
  afterAll(() => world?.stop());

  /** Returns which routes tell a caller something of what lay inside before, and how many were asked. */
  async function telling(headers: Record<string, string>): Promise<{ found: string[]; asked: number }> {
    const [found, values] = [new Set<string>(), valuesOf(world)];
    const routes = routesOf(world.test.app).filter((r) => r.method === 'GET' && r.rule?.kind !== 'open');
    for (const route of routes)
      for (const path of addressesIn(world, route, values)) {
        const response = await askRoute(world, route, path, headers);
        const said = await saidIn(response);
        if (response.status >= 500 || said.includes(SECRET.toLowerCase())) found.add(nameOf(route));
      }
    return { found: [...found], asked: routes.length };
  }

  it('reads nothing of what lay inside before, at any address, in a browser and by a key', async () => {
    const own = await telling({ cookie: world.leti.officer.cookie });
    expect(own.found.length).toBeGreaterThan(30);
    const asked: Record<string, string>[] = [
      { cookie: successor.cookie },
      { authorization: `Bearer ${await successor.key('write')}` },
    ];
    for (const headers of asked) expect((await telling(headers)).found).toEqual([]);
  });
});
