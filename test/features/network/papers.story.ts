import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { dateForPeople } from '../../../src/calls/domain/facts/deadline.js';
import { monthAt } from '../../../src/kernel/brussels.js';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import { aCall, deadline } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { SETTINGS } from '../../../src/platform/tokens.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { WIND } from '../../support/institutes/sheets.js';

const GROUPS = [
  {
    ...{ id: 'wind', name: { fr: 'Éolien', en: 'Wind' }, members: ['wind', 'sea'] },
    ...{ confirmed: true, source: '' },
  },
];
const month = monthAt(new Date());
/** Its first stage is over, its second one still to come. */
const FAR = aCall('FAR', { title: 'Far', sections: WIND, deadlines: [deadline(-10), deadline(200)] });

describe('papers of the network', () => {
  let world: InboxTest;
  let coordinator: Somebody;
  let sea: Somebody;
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
    sea = await somebody(world.test, { role: 'officer', profile: 'sea', language: 'fr' });
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
        .map((s) => [
          $(s).find('h2').text(),
          $(s)
            .find('p, li, th, td')
            .map((_, e) => $(e).text())
            .get()
            .join(' | ')
            .replaceAll('\u00a0', ' '),
        ]),
    );
  };

  it('are drafted for a month and a group out of what is known', async () => {
    const text = await textOf(await make({ month, group: 'wind', language: 'en' }, 'pack'));
    expect(text['New calls that fit two institutes or more']).toContain('Near <b>');
    expect(text['New calls that fit two institutes or more']).toMatch(
      /^Call \| Deadline \| Fits \| Interested \| .*Near <b>.* \| Carnot \w+ and Carnot \w+ \|/,
    );
    expect(text['New calls that fit two institutes or more']).toMatch(/From the text: “.+”/);
    expect(text['Deadlines that moved']).toMatch(/^Call \| Change \| Near <b> \| .*deadline/i);
    expect(text['Due within 90 days']).toContain('Near <b>');
    expect(text['Due within 90 days']).not.toContain('Far');
    expect(text['Decisions wanted']).toBe(
      'Start a joint opportunity for “Far”? Interested: Carnot wind and Carnot Sea.',
    );
    expect(text['Joint opportunities']).toBe('None.');
    const before = await textOf(await make({ month: '2020-01', language: 'fr' }, 'pack'));
    expect(before['Nouveaux appels correspondant à deux instituts ou plus']).toBe('Aucun élément.');
    expect(before['Dates limites déplacées']).toBe('Aucun élément.');
  });

  it('name a topic under two identifiers once, with both', async () => {
    const twins = ['TWIN', 'LS-TWIN'].map((reference, i) =>
      aCall(reference, {
        title: 'Wind in two programmes',
        sections: WIND,
        deadlines: [deadline(30 + 10 * i)],
      }),
    );
    await world.store([near(27), FAR, ...twins]);
    const text = await textOf(await make({ month, group: 'wind', language: 'en' }, 'pack'));
    const due = text['Due within 90 days']!;
    expect(due.match(/Wind in two programmes/g)).toHaveLength(1);
    expect(due).toContain('Wind in two programmes (HORIZON-TWIN, HORIZON-LS-TWIN)');
    for (const { deadlines } of twins)
      expect(due).toContain(dateForPeople(deadlines[0]!.at, 'en').replaceAll('\u00a0', ' '));
  });

  it('tell what is done together, what is to be decided, and what came of it', async () => {
    const { location } = await coordinator.post('/network/joint', { call: await world.id('Far') });
    const state = {
      lead: 'wind',
      stage: 'preparing',
      wanted: 'Who pays the consultant?',
      wantedBy: '2026-12-15',
    };
    const ofMember = location!.replace('/network/', '/institutes/wind/');
    await world.officer.post(ofMember, state);
    const text = await textOf(await make({ month, language: 'en' }, 'pack'));
    expect(text['Joint opportunities']).toContain('preparing | Carnot wind | Carnot wind and Carnot Sea');
    expect(text['Decisions wanted']).toBe('Far: Who pays the consultant? (by 15 December 2026).');
    await world.officer.post(ofMember, { ...state, stage: 'funded' });
    const after = await textOf(await make({ month, language: 'fr' }, 'pack'));
    expect(after['Résultats']).toMatch(/Far \| .*financé \|/);
    expect(after['Projets communs']).toBe('Aucun élément.');
  });

  it('ask nothing about a joint opportunity that all its members have left', async () => {
    const call = await world.id('Near <b>');
    const both = [
      [world.officer, 'wind'],
      [sea, 'sea'],
    ] as const;
    for (const [who, of] of both) await who.post(`/institutes/${of}/calls/${call}/interest`, {});
    await coordinator.post('/network/joint', { call });
    const decisions = async () =>
      (await textOf(await make({ month, language: 'en' }, 'pack')))['Decisions wanted'];
    expect(await decisions()).toContain('Near <b>');
    for (const [who, of] of both) await who.post(`/institutes/${of}/calls/${call}/interest/withdraw`, {});
    expect(await decisions()).not.toContain('Near <b>');
  });

  it('ask nobody to lead a bid on a call that is over', async () => {
    await world.store([near(27), FAR, aCall('OVER', { title: 'Over', deadlines: [deadline(-3)] })]);
    const call = await world.id('Over');
    await world.officer.post(`/institutes/wind/calls/${call}/interest`, {});
    await sea.post(`/institutes/sea/calls/${call}/interest`, {});
    await coordinator.post('/network/joint', { call });
    const text = await textOf(await make({ month, language: 'en' }, 'pack'));
    expect(text['Joint opportunities']).toContain('Over | ');
    expect(text['Decisions wanted']).not.toContain('Over');
  });

  it('name no deadline of a call that was withdrawn, nor does the list of joint opportunities', async () => {
    await world.store([near(27), FAR, aCall('GONE', { title: 'Gone', deadlines: [deadline(40)] })]);
    const call = await world.id('Gone');
    await world.officer.post(`/institutes/wind/calls/${call}/interest`, {});
    await sea.post(`/institutes/sea/calls/${call}/interest`, {});
    await coordinator.post('/network/joint', { call });
    const withdrawn = (at: string) =>
      world.test.app
        .get(DataSource)
        .query(`UPDATE call SET withdrawn_at = ${at} WHERE content->>'title' IN ('Gone', 'Near <b>')`);
    await withdrawn('now()');
    const text = await textOf(await make({ month, language: 'en' }, 'pack'));
    expect(text['Joint opportunities']).toMatch(/Gone \|  \| building the team/);
    expect(text['Deadlines that moved']).toBe('None.');
    const list = await pageFor(coordinator, '/network/joint');
    const row = list('.joint-table tbody tr').filter((_, tr) => list(tr).text().startsWith('Gone'));
    expect(row.find('td').first().text()).toBe('no upcoming deadline');
    expect((await textOf(await make({ call, language: 'en' }, 'offer')))['The call']).toBe(
      'Gone. HORIZON-GONE.',
    );
    await withdrawn('NULL');
  });

  it('refuse a month that is none at its field', async () => {
    const wrong = await coordinator.post('/network/papers/pack', { month: '2026-13', language: 'fr' });
    expect(wrong.status).toBe(422);
    expect(load(wrong.body)('#pack-language option[selected]').attr('value')).toBe('fr');
    expect(wrong.body).toContain('Enter a month such as 2026-06.');
    for (const form of [{ call: '' }, { call: 'none' }, { group: 'nobody' }] as Record<string, string>[])
      expect((await coordinator.post('/network/papers/offer', form)).status).toBe(400);
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
        ...{ version, title: 'Réunion de juin', heading: ['Agenda', ''], text: [text, ''] },
      });
    expect((await edit('1', '- One\r\n- Two, see https://example.org/x.\r\n\r\nThe <end>')).status).toBe(303);
    const late = await edit('1', 'Mine is lost');
    expect(late.status).toBe(409);
    expect(late.body).toContain('Mine is lost');
    // The page that says so is based on the same version: sent again, it overwrites nothing either.
    expect((await edit(load(late.body)('[name=version]').attr('value')!, 'Mine is lost')).status).toBe(409);
    expect([(await edit('9999999999', 'x')).status, (await edit('2147483647', 'x')).status]).toEqual([
      422, 409,
    ]);
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
      expect(file.headers.get('content-disposition')).toContain(
        `filename*=UTF-8''R%C3%A9union%20de%20juin.${format}`,
      );
    }
    expect((await coordinator.get(`/papers/${id}/document.odt`)).status).toBe(400);
  });

  it('lose no text that has no heading yet, and a section once its heading is cleared', async () => {
    const id = await make({ month, group: 'wind', language: 'en' }, 'pack');
    const edit = (version: string, heading: string[], text: string[]) =>
      coordinator.post(`/network/papers/${id}`, { version, title: 'Agenda', heading, text });
    expect((await edit('1', ['One', 'Two', ''], ['First', 'Second\r\nline', ''])).status).toBe(303);
    const refused = await edit('2', ['One', 'Two', ''], ['First', 'Second\r\nline', 'An hour’s work']);
    expect(refused.status).toBe(422);
    const page = load(refused.body);
    expect(page('.error').text()).toBe('Heading 3 must not be empty. Nothing was saved.');
    expect(page('#text-2').text()).toBe('An hour’s work');
    const many = Array.from({ length: 21 }, (_, i) => `S${i}`);
    expect(load((await edit('2', many, many)).body)('.error').text()).toBe(
      'The list of sections must have at most 20 entries. Nothing was saved.',
    );
    expect((await edit('2', ['One', '', ''], ['First', 'Second\r\nline', ''])).status).toBe(303);
    expect(await textOf(id)).toEqual({ One: 'First' });
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
    const again = await coordinator.post(`/network/papers/${id}/send`);
    expect([again.status, (await mails()).length]).toEqual([409, 2]);
    expect(again.body).toContain('Nothing has been edited since it was sent');
    expect((await world.officer.get(`/papers/${id}`)).status).toBe(200);
    expect((await world.officer.get(`/papers/${id}/document.docx`)).status).toBe(200);
    expect((await third.get(`/papers/${id}`)).status).toBe(404);
    expect((await third.get(`/papers/${id}/document.pdf`)).status).toBe(404);
    expect((await world.officer.get(`/network/papers/${id}`)).status).toBe(403);
    // Sent again after an institute has left the group: the link in its first mail still works.
    await coordinator.post(`/network/papers/${id}`, { version: '1', title: 'New', heading: 'A', text: 'B' });
    const group = world.test.app.get<Settings>(SETTINGS).groups[0]!;
    const { members } = group;
    group.members = ['sea'];
    await coordinator.post(`/network/papers/${id}/send`);
    group.members = members;
    expect((await mails()).sort()).toEqual(['sea', 'sea', 'wind']);
    expect((await world.officer.get(`/papers/${id}`)).status).toBe(200);
    const offer = await make({ group: 'wind', language: 'en' }, 'offer');
    await coordinator.post(`/network/papers/${offer}/send`);
    expect((await mails()).length).toBe(3);
    expect((await world.officer.get(`/papers/${offer}`)).status).toBe(404);
    expect((await coordinator.post(`/network/papers/${offer}/remove`)).location).toBe('/network/papers');
    expect((await coordinator.get(`/papers/${offer}`)).status).toBe(404);
  });

  it('are all found on pages, however many there are', async () => {
    const first = await make({ month: '2020-01', language: 'en' }, 'pack');
    await world.test.app.get(DataSource).query(
      `INSERT INTO paper (id, kind, language, title, sections, version, created_at, updated_at)
       SELECT gen_random_uuid(), 'offer', 'en', 'Offer', '[]', 1, now(), now() + interval '1 day' FROM generate_series(1, 100)`,
    );
    const $ = await pageFor(coordinator, '/network/papers');
    expect($(`a[href="/network/papers/${first}"]`).length).toBe(0);
    const next = await pageFor(coordinator, $('a[rel=next]').attr('href')!);
    expect(next(`a[href="/network/papers/${first}"]`).length).toBe(1);
    await world.test.app.get(DataSource).query(`DELETE FROM paper WHERE title = 'Offer'`);
  });
});
