import { load, type CheerioAPI } from 'cheerio';
import { DateTime } from 'luxon';
import { DataSource } from 'typeorm';
import { aCall, deadline } from '../../support/matching/calls.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const about = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const wind = {
  keywords: ['wind turbine', 'offshore wind'],
  sections: about('Offshore wind: a wind turbine for offshore wind farms.'),
};
const first = aCall('FIRST', {
  title: 'Wind turbine blades',
  ...wind,
  deadlines: [deadline(20), deadline(200)],
  url: 'https://portal.example/FIRST',
  typesOfAction: ['HORIZON Innovation Actions'],
  budget: {
    currency: 'EUR',
    total: 2e7,
    expectedGrants: null,
    minContribution: null,
    maxContribution: 4e6,
    years: [],
  },
});
const second = aCall('SECOND', { title: 'Offshore wind <b>farms</b>', ...wind });
const erc = aCall('ERC', {
  title: 'ERC grants',
  identifier: 'ERC-2030-STG',
  deadlines: [deadline(40), deadline(400)],
});
const all = [
  first,
  second,
  erc,
  ...Array.from({ length: 40 }, (_, i) =>
    aCall(`other-${i}`, { title: `Monuments ${i}`, sections: about('Frescoes and old manuscripts.') }),
  ),
];

describe('the inbox as a page', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox(
      [
        aProfile('wind'),
        aProfile('sister', {
          competences: [
            {
              label: 'Nanotubes',
              description: '',
              keywords: ['carbon nanotubes'],
              exclusions: [],
              weight: 1,
            },
          ],
        }),
      ],
      all,
    );
  });
  afterAll(() => inbox?.stop());

  const path = '/institutes/wind/inbox';
  const see = (at = path, who: Somebody = inbox.officer): Promise<CheerioAPI> => pageFor(who, at);
  const titles = ($: CheerioAPI) =>
    $('.inbox-row h3')
      .map((_, e) => $(e).text())
      .get();
  const row = ($: CheerioAPI, title: string) =>
    $('.inbox-row').filter((_, e) => $(e).find('h3').text() === title);
  const hidden = ($: CheerioAPI, form: ReturnType<CheerioAPI>) =>
    Object.fromEntries(
      form
        .find('input')
        .map((_, e) => [[$(e).attr('name')!, $(e).attr('value')!]])
        .get() as unknown as [string, string][],
    );
  const verdictPath = async (title: string) => `/institutes/wind/calls/${await inbox.id(title)}/verdict`;

  it('shows each call with why, until when, for how much, and buttons to decide, without a script', async () => {
    const $ = await see();
    expect(titles($).sort()).toEqual([second.title, first.title].sort());
    const it = row($, first.title);
    expect(it.text()).toMatch(/HORIZON-FIRST.*Horizon Europe.*IA/);
    expect(it.find('.days').text()).toBe('20 days left');
    expect(it.find('.when').text()).toContain('and 1 more');
    expect(it.find('.facts').text()).toMatch(/IA.*≤.€4M.*per project/);
    expect(it.find('.term').length).toBeGreaterThan(0);
    expect(it.find('.more').text()).toContain('€20 million');
    expect(it.find('.reason').text()).toMatch(/Wind energy/);
    expect(it.find('.badge.new').text()).toBe('New');
    expect(it.find('a.open').attr('href')).toBe(`/institutes/wind/calls/${await inbox.id(first.title)}`);
    expect(it.find('form').attr()).toMatchObject({ method: 'post', action: await verdictPath(first.title) });
    expect(
      it
        .find('.reasons button')
        .map((_, e) => $(e).attr('value'))
        .get(),
    ).toEqual(['topic', 'trl', 'role', 'budget', 'timing', 'eligibility', 'capacity']);
    // Source text is escaped.
    expect(row($, second.title).find('h3 b').length).toBe(0);
    expect((await inbox.officer.get(path)).body).not.toMatch(/<script(?![^>]*src=)|<style|style="|\son\w+="/);
  });

  it('is headed by the calls that it shows', async () => {
    const heads = await Promise.all(
      ['undecided', 'new', 'relevant', 'not', 'all'].map(async (state) => {
        const $ = await see(`${path}?state=${state}`);
        expect($('title').text()).toContain($('h1').text());
        return $('h1').text();
      }),
    );
    expect(heads).toEqual([
      'Calls to decide on',
      'New calls',
      'Relevant calls',
      'Calls not for us',
      'All your calls',
    ]);
  });

  it('takes a decision by a form, says so on the page it came from, and offers to undo it', async () => {
    const back = `${path}?q=wind`;
    const sent = await inbox.officer.post(await verdictPath(first.title), {
      reason: 'trl',
      version: '1',
      back,
    });
    expect(sent).toMatchObject({
      status: 303,
      location: `${path}?q=wind&decided=${await inbox.id(first.title)}`,
    });
    const $ = await see(sent.location!);
    expect(titles($)).toEqual([second.title]);
    expect($('.just-decided p').text()).toBe(`Not for us, TRL: “${first.title}”.`);
    expect($('#f-q').val()).toBe('wind');
    const undo = $('.just-decided form');
    const fields = hidden($, undo);
    expect(fields['back']).toBe(back);
    expect((await inbox.officer.post(undo.attr('action')!, fields)).status).toBe(303);
    expect(titles(await see()).sort()).toEqual([second.title, first.title].sort());
  });

  it('gives the script the row as it then stands, what is read out, and the new numbers', async () => {
    const decide = (form: Record<string, string>, at = '') =>
      verdictPath(second.title).then((p) =>
        inbox.officer.request(p + at, {
          method: 'POST',
          headers: { 'hx-request': 'true' },
          body: new URLSearchParams({ back: path, ...form }),
        }),
      );
    const $ = load((await decide({ verdict: 'relevant' })).body, null, false);
    expect($('li[id^=call-] .verdict').text()).toBe('Relevant');
    expect($('#inbox-flash').attr('hx-swap-oob')).toBe('innerHTML');
    expect($('#inbox-states').text()).toMatch(/To decide 1.*Relevant 1/);
    expect(load((await decide({}, '/undo')).body)('li .yes').length).toBe(1);
  });

  it('says to two who decide at once who was first, and stores nothing of the other', async () => {
    const otto = await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' });
    const [url, before] = [await verdictPath(second.title), await see()];
    const seen = hidden(before, row(before, second.title).find('form'));
    await otto.post(url, { ...seen, reason: 'capacity' });
    const late = await inbox.officer.request(url, {
      method: 'POST',
      headers: { 'hx-request': 'true' },
      body: new URLSearchParams({ ...seen, verdict: 'relevant' }),
    });
    const $ = load(late.body, null, false);
    expect([$('li .verdict').text(), $('li .decided').text()]).toEqual([
      'Not for us: Capacity',
      expect.stringContaining('Otto Other'),
    ]);
    expect($('#inbox-flash').text()).toBe(
      `“${second.title}”: Otto Other decided first (“Not for us: Capacity”). Your decision was not saved.`,
    );
    // Without scripts, the page says so.
    const { status, location } = await inbox.officer.post(url, { ...seen, verdict: 'relevant' });
    expect({ status, location }).toEqual({
      status: 303,
      location: `${path}?decided=${await inbox.id(second.title)}`,
    });
    const page = await see(location!);
    expect(page('.notice.warn').text()).toContain('Your decision was not saved');
    expect(page('.just-decided').text()).toMatch(/Not for us, Capacity.*Otto Other/);
    await otto.post(url, { verdict: 'none' });
  });

  it('takes the usual day where somebody without scripts puts a call off and has cleared the day', async () => {
    const url = await verdictPath(second.title);
    const field = load((await inbox.officer.get(path)).body)('input[name=until]').first();
    expect((await inbox.officer.post(url, { verdict: 'later', until: '' })).status).toBe(303);
    const [{ until }] = await inbox.test.app
      .get(DataSource)
      .query(`SELECT later_until::text AS until FROM review WHERE verdict = 'later'`);
    expect(until).toBe(field.attr('value'));
    await inbox.officer.post(url, { verdict: 'none' });
  });

  it('comes back to pages of ours alone, and takes no form that no page of ours makes', async () => {
    for (const back of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      'javascript:alert(1)',
      '/.//evil.example/x',
      '/x/..//evil.example',
      '/%2e//evil.example',
    ]) {
      const { status, location } = await inbox.officer.post(await verdictPath(second.title), {
        verdict: 'none',
        back,
      });
      expect({ status, location }).toEqual({
        status: 303,
        location: `${path}?decided=${await inbox.id(second.title)}`,
      });
    }
    expect(
      (
        await inbox.officer.post(await verdictPath(second.title), {
          verdict: 'none',
          back: '/institutes/wind/calls/x',
        })
      ).location,
    ).toBe('/institutes/wind/calls/x');
    for (const form of [{}, { verdict: 'not' }, { verdict: 'relevant', reason: 'trl' }, { verdict: 'maybe' }])
      expect(
        (await inbox.officer.post(await verdictPath(second.title), form as Record<string, string>)).status,
      ).toBe(400);
  });

  it('says how well each call fits in a word beside its score, in both languages', async () => {
    const words = {
      en: ['strong', 'possible', 'uncertain', 'weak'],
      fr: ['fort', 'possible', 'incertain', 'faible'],
    };
    const $ = await see(`${path}?state=all`);
    const known = $('html').attr('lang') === 'fr' ? words.fr : words.en;
    const rows = $('.inbox-row .fit')
      .toArray()
      .map((e) => ({ score: Number($(e).find('.score').text()), word: $(e).find('.band').text() }))
      .filter((r) => r.score > 0);
    expect(rows.length).toBeGreaterThan(0);
    for (const { score, word } of rows)
      expect({ score, word }).toEqual({
        score,
        word: known[[65, 50, 40, 0].findIndex((from) => score >= from)],
      });
  });

  it('narrows down by its address, and shows each filter as something to take away', async () => {
    const $ = await see(`${path}?q=blades&typeOfAction=IA&minScore=15&days=zero`);
    expect(titles($)).toEqual(Number(row($, first.title).find('.score').text()) >= 30 ? [first.title] : []);
    expect(
      $('.chip')
        .map((_, e) => $(e).attr('href'))
        .get(),
    ).toEqual([
      `${path}?minScore=15&typeOfAction=IA`,
      `${path}?q=blades&typeOfAction=IA`,
      `${path}?q=blades&minScore=15`,
    ]);
    expect($('#f-typeOfAction option[selected]').attr('value')).toBe('IA');
    // A value that is not among the options is kept.
    expect($('#f-minScore option[selected]').attr('value')).toBe('15');
  });

  it('reads days as the list of calls does: both in full, in Brussels', async () => {
    const day = DateTime.fromISO(first.deadlines[0]!.at, { zone: 'Europe/Brussels' }).toISODate()!;
    const $ = await see(`${path}?deadlineAfter=${day}&deadlineBefore=${day}`);
    expect(titles($)).toEqual([first.title]);
    expect(
      $('label[for=f-deadlineAfter], label[for=f-deadlineBefore]')
        .map((_, e) => $(e).text())
        .get(),
    ).toEqual(['Deadline from', 'Deadline until']);
    expect([$('#f-deadlineAfter').val(), $('#f-deadlineBefore').val()]).toEqual([day, day]);
    const before = DateTime.fromISO(day).minus({ days: 1 }).toISODate()!;
    expect(titles(await see(`${path}?deadlineBefore=${before}`))).toEqual([]);
  });

  it('keeps searches under a name and takes them away', async () => {
    await inbox.officer.post('/institutes/wind/searches', {
      name: 'Blades',
      page: 'inbox',
      query: 'q=blades',
      back: path,
    });
    let $ = await see();
    expect($('.saved-list a').attr('href')).toBe(`${path}?q=blades`);
    await inbox.officer.post($('.saved-list form[action$="/remove"]').attr('action')!, { back: path });
    $ = await see();
    expect($('.saved-list').length).toBe(0);
  });

  it('says at the field why a search was not kept, with its name and the filters', async () => {
    const full = await somebody(inbox.test, { role: 'officer', profile: 'wind' });
    const keep = (name: string, page: 'inbox' | 'calls', query: string, back: string) =>
      full.post('/institutes/wind/searches', { name, page, query, back });
    for (let i = 1; i <= 50; i++) expect((await keep(`S${i}`, 'inbox', `days=${i}`, path)).status).toBe(303);
    for (const [page, query, back] of [
      ['inbox', 'q=blades', `${path}?q=blades`],
      ['calls', 'status=open', '/calls?status=open'],
    ] as const) {
      const { status, location } = await keep('One more & more', page, query, back);
      expect(status).toBe(303);
      const $ = await see(location!, full);
      expect([$('#search-name').val(), $('#search-name-error').text(), $('.saved[open]').length]).toEqual([
        'One more & more',
        expect.stringContaining('You already have 50 saved searches'),
        1,
      ]);
      expect([$('form.search-line [name=query]').val(), $('form.search-line [name=back]').val()]).toEqual([
        query,
        back,
      ]);
    }
    const $ = await see(
      (await keep('x'.repeat(101), 'inbox', 'q=blades', `${path}?q=blades`)).location!,
      full,
    );
    expect([$('#search-name').val(), $('#search-name-error').text()]).toEqual([
      'x'.repeat(101),
      'Enter a name of 1 to 100 characters.',
    ]);
    expect(
      (await see((await keep('  ', 'inbox', '', path)).location!, full))('#search-name-error').text(),
    ).toContain('1 to 100');
    // An existing one is replaced.
    expect((await keep('S1', 'inbox', 'days=7', path)).location).toBe(path);
  });

  it('says why it shows nothing, and what to do', async () => {
    const sister = await somebody(inbox.test, { role: 'officer', profile: 'sister', language: 'fr' });
    const $ = await see('/institutes/sister/inbox', sister);
    expect($('.empty h2').text()).toBe('Rien ne correspond en ce moment');
    expect($('.empty a').attr('href')).toBe('/institutes/sister/profile');
    expect((await see(`${path}?q=nothing`))('.empty h2').text()).toBe('No call for these filters');
    // An empty state says nothing about the others.
    for (const [state, title] of [
      ['relevant', 'No relevant calls yet'],
      ['not', 'No calls marked “not for us”'],
    ] as const) {
      const none = await see(`${path}?state=${state}`);
      expect([
        none('.empty h2').text(),
        none('.empty p').first().text(),
        none('.empty a').attr('href'),
      ]).toEqual([title, '2 calls are waiting for your decision.', path]);
    }
    const french = await somebody(inbox.test, { role: 'officer', profile: 'wind', language: 'fr' });
    expect(load((await french.get(`${path}?state=not`)).body)('.empty h2').text()).toBe(
      'Aucun appel non retenu',
    );
    for (const call of [first, second])
      await inbox.officer.post(await verdictPath(call.title), { verdict: 'relevant' });
    expect((await see())('.empty h2').text()).toBe('All decided');
    expect((await see(`${path}?state=new`))('.empty h2').text()).toBe('All decided');
    expect((await see(`${path}?state=not`))('.empty').text()).toMatch(
      /^No calls marked “not for us”No call is waiting/,
    );
    for (const call of [first, second])
      await inbox.officer.post(await verdictPath(call.title), { verdict: 'none' });
  });

  it('shows a reader the decisions without buttons, the network the matches without decisions, and a sister nothing', async () => {
    await inbox.officer.post(await verdictPath(first.title), { verdict: 'relevant' });
    const reader = await see(
      `${path}?state=all`,
      await somebody(inbox.test, { role: 'reader', profile: 'wind' }),
    );
    expect(row(reader, first.title).find('.verdict').text()).toBe('Relevant');
    const coordinator = await somebody(inbox.test, { role: 'coordinator' });
    const network = await see(`${path}?state=relevant`, coordinator);
    expect(titles(network)).toHaveLength(2);
    expect(network('h1').text()).toBe('Matches of Carnot wind');
    for (const $ of [reader, network])
      expect($('.inbox-row button, .states a[href*=verdict], .keys').length).toBe(0);
    expect(network('.verdict, .badge.new, .states, .saved').length).toBe(0);
    expect((await coordinator.post(await verdictPath(first.title), { verdict: 'none' })).status).toBe(403);
    const sister = await somebody(inbox.test, { role: 'officer', profile: 'sister' });
    expect((await sister.get(path)).status).toBe(403);
    await inbox.officer.post(await verdictPath(first.title), { verdict: 'none' });
  });

  it('has the calls that are open to every subject in a calendar, once for each deadline', async () => {
    const $ = await see('/bottom-up');
    expect(
      $('.month h3')
        .map((_, e) => $(e).text())
        .get(),
    ).toEqual(['ERC', 'ERC']);
    expect(
      $('.open-title a')
        .map((_, e) => $(e).text())
        .get(),
    ).toEqual(['ERC grants', 'ERC grants']);
    expect($('.open-title a').attr('href')).toBe(`/institutes/wind/calls/${await inbox.id('ERC grants')}`);
    expect($('.month').first().text()).toContain('cut-off');
  });
  it('says on the row of a call that nobody has opened by how many days its deadline came earlier, in both languages, and later', async () => {
    const ends = (at: string) =>
      aCall('MOVES', { title: 'Wind turbine towers', ...wind, deadlines: [{ at, timeTold: true }] });
    const said = async (who: Somebody = inbox.officer) =>
      row(await see(path, who), 'Wind turbine towers')
        .find('.changes')
        .text()
        .replaceAll('\u00a0', ' ');
    await inbox.store([...all, ends('2040-01-12T16:00:00Z')]);
    expect(await said()).toBe('');
    await inbox.store([...all, ends('2039-09-16T15:00:00Z')]);
    expect(await said()).toBe(
      'Deadline: 16 September 2039, 17:00 (Brussels), 118 days earlier (before: 12 January 2040, 17:00 (Brussels))',
    );
    expect(
      await said(await somebody(inbox.test, { role: 'reader', profile: 'wind', language: 'fr' })),
    ).toContain(', avancée de 118 jours (auparavant');
    await inbox.officer.get(`/institutes/wind/calls/${await inbox.id('Wind turbine towers')}`);
    expect(await said()).toBe('');
    await inbox.store([...all, ends('2039-09-20T15:00:00Z')]);
    expect(await said()).toContain('4 days later');
  });
});

describe('the inbox of an institute with more than a page of calls', () => {
  let inbox: InboxTest;
  const TWINS = ['2027-01-05', 'LS-2027-01-05'].map((reference) =>
    aCall(reference, { title: 'A turbine of its own kind', ...wind }),
  );
  /** Of two editions, the one that fits better closes a year later. */
  const EDITIONS = [2026, 2027].map((year) =>
    aCall(`${year}`, {
      title: `Nacelles of the year ${year}`,
      deadlines: [deadline(year === 2026 ? 30 : 395)],
      ...wind,
    }),
  );
  beforeAll(async () => {
    const others = Array.from({ length: 52 }, (_, i) => aCall(`W${i}`, { title: `Turbine ${i}`, ...wind }));
    inbox = await startInbox([aProfile('wind')], [...TWINS, ...EDITIONS, ...others]);
    await inbox.test.app.get(DataSource).query(
      `UPDATE match SET score = CASE content->>'identifier' WHEN 'HORIZON-2027-01-05' THEN 90 WHEN 'HORIZON-LS-2027-01-05' THEN 41
           WHEN 'HORIZON-2027' THEN 80 WHEN 'HORIZON-2026' THEN 42 ELSE 60 END
         FROM call WHERE call.id = call_id`,
    );
  });
  afterAll(() => inbox?.stop());

  it('folds a topic under two identifiers into one row, on whatever page the other would be', async () => {
    const first = await pageFor(inbox.officer, '/institutes/wind/inbox');
    const second = await pageFor(inbox.officer, first('a[rel=next]').attr('href')!);
    expect(first('.folds summary').first().text()).toContain('+ 1: HORIZON-LS-2027-01-05');
    const [one, two] = [first, second].map(($) =>
      $('.inbox-row h3 a')
        .map((_, a) => $(a).attr('href'))
        .get(),
    ) as [string[], string[]];
    expect([one.length, two.length, new Set([...one, ...two]).size]).toEqual([52, 4, 56]);
    expect(second('.folds').length).toBe(0);
    expect(first('.total').text()).toBe('56 in all, 2 of them folded here');
    expect(second('.total').text()).toBe('56 in all');
    const { body } = await api<{ items: unknown[]; total: number }>(
      inbox.test.url,
      '/v1/profiles/wind/inbox?limit=50',
      { token: inbox.token },
    );
    expect([body.items.length, body.total]).toEqual([50, 56]);
  });

  it('shows of two editions the one that closes next, where the better of them stands', async () => {
    const $ = await pageFor(inbox.officer, '/institutes/wind/inbox');
    const rows = $('.inbox-list > li:not(.siblings)');
    expect(rows.eq(1).find('.identifier').text()).toBe('HORIZON-2026');
    expect(rows.eq(1).next('.siblings').find('summary').text()).toContain('+ 1: HORIZON-2027');
    // One that has been withdrawn closes no more.
    await inbox.test.app
      .get(DataSource)
      .query(`UPDATE call SET withdrawn_at = now() WHERE reference = 'HORIZON-2026'`);
    const any = await pageFor(inbox.officer, '/institutes/wind/inbox?status=any');
    expect(any('.folds summary').text()).toContain('+ 1: HORIZON-2026');
  });
});
