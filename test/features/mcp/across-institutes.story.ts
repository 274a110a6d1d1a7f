import { serviceKey, somebody } from '../../support/access/people.js';
import { OWN, SECRET, startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';
import { Assistant } from '../../support/mcp.js';

describe('an assistant of another institute', () => {
  let world: TwoInstitutes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
  });
  afterAll(() => world?.stop());

  /** What each tool is asked about leti, or about a call on which leti has decided and written. */
  const questions = (): Record<string, object> => {
    const call = world.ids.call;
    return {
      search_calls: { query: 'wind' },
      get_call: { call, text: true },
      my_matches: { institute: 'leti' },
      why_not: { call, institute: 'leti' },
      changes_since: { since: '2020-01-01', institute: 'leti' },
      deadlines: { days: 365, institute: 'leti' },
      similar_calls: { call },
      who_won: { call },
      decide: { call, verdict: 'not', reason: 'topic', institute: 'leti' },
      add_note: { call, text: 'x', institute: 'leti' },
    };
  };
  const ABOUT_AN_INSTITUTE = ['my_matches', 'why_not', 'changes_since', 'deadlines'];

  async function callers(): Promise<[string, string, 'other' | 'network'][]> {
    const { test } = world;
    const officer = await somebody(test, { role: 'officer', profile: '3bcar' });
    const coordinator = await somebody(test, { role: 'coordinator' });
    return [
      ['an officer', await officer.key('write'), 'other'],
      ['an officer who reads', await officer.key('read'), 'other'],
      ['a service', await serviceKey(test, 'write', '3bcar'), 'other'],
      ['a coordinator', await coordinator.key('write'), 'network'],
      ['a service of the network', await serviceKey(test, 'read'), 'network'],
    ];
  }

  it('is shown nothing of this one by any tool, and changes nothing here', async () => {
    for (const [name, key, is] of await callers()) {
      const assistant = await Assistant.connect(world.test.url, key);
      const offered = (await assistant.tools()).map((tool) => tool.name);
      for (const [tool, question] of Object.entries(questions())) {
        if (!offered.includes(tool)) continue;
        const answer = await assistant.call(tool, question);
        const said = JSON.stringify(answer);
        expect([name, tool, said.includes(SECRET)]).toEqual([name, tool, false]);
        if (is === 'other') expect([name, tool, said.includes(OWN)]).toEqual([name, tool, false]);
        if (is === 'other' && ABOUT_AN_INSTITUTE.includes(tool))
          expect([name, tool, answer.isError]).toEqual([name, tool, true]);
      }
      await assistant.close();
    }
    const own = await Assistant.connect(world.test.url, world.leti.readKey);
    const [matches] = [(await own.call('my_matches', { state: 'relevant' }))['matches']];
    expect(matches).toMatchObject([{ id: world.ids.call, decision: 'relevant' }]);
    await own.close();
  });

  it('knows every tool that there is', async () => {
    const officer = await somebody(world.test, { role: 'officer', profile: 'leti' });
    const assistant = await Assistant.connect(world.test.url, await officer.key('write'));
    expect((await assistant.tools()).map(({ name }) => name).sort()).toEqual(Object.keys(questions()).sort());
    await assistant.close();
  });
});
