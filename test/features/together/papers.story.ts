import { DataSource } from 'typeorm';
import { dateForPeople, monthAt } from '../../../src/calls/domain/index.js';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.entity.js';
import { aCall, deadline } from '../../support/calls.js';
import { startInbox, type InboxTest } from '../../support/inbox.js';
import { pageFor } from '../../support/pages.js';
import { somebody, type Somebody } from '../../support/people.js';
import { aProfile } from '../../support/profiles.js';
import { WIND } from '../../support/sheets.js';

const GROUPS = [
  {
    ...{ id: 'wind', name: { fr: 'Éolien', en: 'Wind' }, members: ['wind', 'sea'] },
    ...{ confirmed: true, source: '' },
  },
];
const month = monthAt(new Date());
/** Its first stage is over, its second to come. */
const FAR = aCall('FAR', { title: 'Far', sections: WIND, deadlines: [deadline(-10), deadline(200)] });

describe('papers of the network', () => {
  let world: InboxTest;
  let coordinator: Somebody;
  let third: Somebody;
  const near = (days: number) =>
    aCall('NEAR', { title: 'Near <b>', sections: WIND, deadlines: [deadline(days)] });
  beforeAll(async () => {
    world = await startInbox(
      [aProfile('wind', { language: 'en' }), aProfile('sea', { name: 'Carnot Sea' }), aProfile('third')],
      [near(20), FAR],
      GROUPS,
    );
    coordinator = await somebody(world.test, { role: 'coordinator', name: 'Cleo Coordinator' });
    const sea = await somebody(world.test, { role: 'officer', profile: 'sea', language: 'fr' });
    third = await somebody(world.test, { role: 'officer', profile: 'third' });
    const call = await world.id('Far');
    await world.officer.post(`/institutes/wind/calls/${call}/interest`, {
      brings: 'A wind tunnel',
      leads: 'true',
    });
    await sea.post(`/institutes/sea/calls/${call}/interest`, {});
    await world.store([near(27), FAR]);
  });
  afterAll(() => world?.stop());

  const make = async (form: Record<string, string>, kind: 'pack' | 'offer'): Promise<string> => {
    const { status, location } = await coordinator.post(`/network/papers/${kind}`, form);
    expect(status).toBe(303);
    return location!.split('/').at(-1)!;
  };
  const textOf = async (id: string, who = coordinator): Promise<Record<string, string>> => {
    const $ = await pageFor(who, `/papers/${id}`);
    return Object.fromEntries(
      $('.paper section')
        .toArray()
        .map((s) => [$(s).find('h2').text(), $(s).find('p, li').text().replaceAll('\u00a0', ' ')]),
    );
  };

  it('are drafted for a month and a group out of what is known', async () => {
    const text = await textOf(await make({ month, group: 'wind', language: 'en' }, 'pack'));
    expect(text['New calls that fit two institutes or more']).toContain('Near <b>');
    expect(text['New calls that fit two institutes or more']).toMatch(/Fits Carnot \w+ and Carnot \w+/);
    expect(text['Deadlines that moved']).toMatch(/^Near <b>: .*deadline/i);
    expect(text['Due within 90 days']).toContain('Near <b>');
    expect(text['Due within 90 days']).not.toContain('Far');
    expect(text['Decisions wanted']).toBe(
      'Begin a joint opportunity for “Far”? Interested: Carnot wind and Carnot Sea.',
    );
    expect(text['Joint opportunities']).toBe('None.');
    const before = await textOf(await make({ month: '2020-01', language: 'fr' }, 'pack'));
    expect(before['Nouveaux appels correspondant à deux instituts ou plus']).toBe('Aucun élément.');
    expect(before['Dates limites déplacées']).toBe('Aucun élément.');
  });

  it('tell what is done together, what is to be decided, and what came of it', async () => {
    const { location } = await coordinator.post('/network/joint', { call: await world.id('Far') });
    const state = {
      lead: 'wind',
      stage: 'preparing',
      wanted: 'Who pays the consultant?',
      wantedBy: '2026-12-15',
    };
    await coordinator.post(location!, state);
    const text = await textOf(await make({ month, language: 'en' }, 'pack'));
    expect(text['Joint opportunities']).toContain('Led by Carnot wind. Members: Carnot wind and Carnot Sea.');
    expect(text['Decisions wanted']).toBe('Far: Who pays the consultant? (by 15 December 2026).');
    await coordinator.post(location!, { ...state, stage: 'funded' });
    const after = await textOf(await make({ month, language: 'fr' }, 'pack'));
    expect(after['Résultats']).toContain('Far (financé');
    expect(after['Projets communs']).toBe('Aucun élément.');
  });

  it('refuse a month that is none at its field', async () => {
    const wrong = await coordinator.post('/network/papers/pack', { month: '2026-13', language: 'en' });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('Enter a month such as 2026-06.');
  });

  it('are offers in the words of the profiles and of what was opened', async () => {
    const call = await world.id('Far');
    const text = await textOf(await make({ call, language: 'en' }, 'offer'));
    expect(text['The call']).toBe(
      `Far. HORIZON-FAR. Closes on ${dateForPeople(FAR.deadlines[1]!.at, 'en')}.`,
    );
    expect(text['What the institutes bring']).toContain('Carnot wind: A wind tunnel; ');
    const sector = await textOf(await make({ group: 'wind', language: 'fr' }, 'offer'));
    expect(sector['Ce que les instituts apportent']).toContain('2 instituts Carnot réunissent');
    expect(sector['Ce que les instituts apportent']).toContain('Carnot Sea : ');
  });

  it('are edited, by one after the other, and handed on in both formats', async () => {
    const id = await make({ month, group: 'wind', language: 'en' }, 'pack');
    const edit = (version: string, text: string) =>
      coordinator.post(`/network/papers/${id}`, {
        ...{ version, title: 'The pack', heading: ['Agenda', ''], text: [text, 'dropped'] },
      });
    expect((await edit('1', '- One\r\n- Two, see https://example.org/x.\r\n\r\nThe <end>')).status).toBe(303);
    const late = await edit('1', 'Mine is lost');
    expect(late.status).toBe(409);
    expect(late.body).toContain('Mine is lost');
    const $ = await pageFor(coordinator, `/papers/${id}`);
    expect(
      $('.paper li')
        .toArray()
        .map((li) => $(li).text()),
    ).toEqual(['One', 'Two, see https://example.org/x.']);
    expect($('.paper li a').attr('href')).toBe('https://example.org/x');
    expect($('.paper section').length).toBe(1);
    for (const [format, begins] of [
      ['docx', 'PK'],
      ['pdf', '%PDF'],
    ]) {
      const file = await coordinator.get(`/papers/${id}/document.${format}`);
      expect([file.status, file.body.slice(0, begins!.length)]).toEqual([200, begins]);
      expect(file.headers.get('content-disposition')).toContain(`The-pack.${format}`);
    }
    expect((await coordinator.get(`/papers/${id}/document.odt`)).status).toBe(400);
  });

  it('are sent to the officers of the group, once for each edit, and read by them alone', async () => {
    const id = await make({ month, group: 'wind', language: 'en' }, 'pack');
    const mails = async () =>
      (
        await world.test.app.get(DataSource).getRepository(TransactionalMailEntity).findBy({ kind: 'paper' })
      ).map((m) => m.profileId);
    expect((await world.officer.get(`/papers/${id}`)).status).toBe(404);
    await coordinator.post(`/network/papers/${id}/send`);
    expect((await mails()).sort()).toEqual(['sea', 'wind']);
    await coordinator.post(`/network/papers/${id}/send`);
    expect((await mails()).length).toBe(2);
    expect((await world.officer.get(`/papers/${id}`)).status).toBe(200);
    expect((await world.officer.get(`/papers/${id}/document.docx`)).status).toBe(200);
    expect((await third.get(`/papers/${id}`)).status).toBe(404);
    expect((await third.get(`/papers/${id}/document.pdf`)).status).toBe(404);
    expect((await world.officer.get(`/network/papers/${id}`)).status).toBe(403);
    const offer = await make({ group: 'wind', language: 'en' }, 'offer');
    await coordinator.post(`/network/papers/${offer}/send`);
    expect((await mails()).length).toBe(2);
    expect((await world.officer.get(`/papers/${offer}`)).status).toBe(404);
    expect((await coordinator.post(`/network/papers/${offer}/remove`)).location).toBe('/network/papers');
    expect((await coordinator.get(`/papers/${offer}`)).status).toBe(404);
  });
});
