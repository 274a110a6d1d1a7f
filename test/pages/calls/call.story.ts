import { load, type CheerioAPI } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { fieldText } from '../../../src/matching/domain/index/fields.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { api } from '../../support/app.js';
import { dayText } from '../../../src/ui/dates.js';
import { aCall, inDays } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const EVIL = 'Wind turbine <script>alert(1)</script> & "quotes"';
const WIND = aCall('WIND', {
  title: 'Offshore wind turbine towers',
  callIdentifier: 'HORIZON-W',
  typesOfAction: ['HORIZON Innovation Actions'],
  budget: {
    currency: 'EUR',
    total: 10_000_000,
    expectedGrants: 2,
    minContribution: null,
    maxContribution: 5_000_000,
    years: ['2026'],
  },
  sections: [
    {
      kind: 'scope',
      title: 'Scope',
      text: 'Blades of a wind turbine.\nOffshore wind farms and their wind turbine towers; tidal energy too.',
    },
    {
      kind: 'conditions',
      title: 'Conditions',
      text: '2. Eligible CountriesOnly legal entities of Member States may take part. 6. Legal and financial set-up of the grantsEligible costs will take the form of a lump sum as defined.',
    },
  ],
});
const SISTER = aCall('SISTER', {
  title: 'Cables',
  callIdentifier: 'HORIZON-W',
  budget: {
    currency: 'EUR',
    total: 30_000_000,
    expectedGrants: 6,
    minContribution: null,
    maxContribution: 5_000_000,
    years: [],
  },
});
const LATER = aCall('LATER', {
  title: 'Wind turbine masts',
  opensAt: inDays(20),
  deadlines: [{ at: inDays(90), timeTold: true }],
});
const STAGED = aCall('STAGED', {
  title: 'Wind turbine masts in two stages',
  deadlineModel: 'two-stage',
  deadlines: [
    { at: inDays(40), timeTold: true },
    { at: inDays(300), timeTold: true },
  ],
});
const XSS = aCall('XSS', {
  title: EVIL,
  url: 'https://example.org/"><script>',
  keywords: ['<img src=x onerror=alert(1)>'],
  sections: [
    {
      kind: 'scope',
      title: '<b>Scope</b>',
      text: 'A wind turbine </p><script>alert(2)</script> "x" onload=1',
    },
  ],
});
const competence = (label: string, ...keywords: string[]) => ({
  label,
  description: '',
  keywords,
  exclusions: [],
  weight: 1,
});
const PROFILE = aProfile('wind', {
  name: 'Carnot Wind',
  competences: [
    competence('Wind energy', 'wind turbine', 'offshore wind'),
    competence('Marine energy', 'tidal energy', 'offshore wind turbine'),
  ],
});

describe('the page of a call', () => {
  let inbox: InboxTest;
  let reader: Somebody, other: Somebody, coordinator: Somebody;
  let id: string;
  beforeAll(async () => {
    const noise = Array.from({ length: 20 }, (_, i) => aCall(`N${i}`));
    inbox = await startInbox(
      [PROFILE, aProfile('sea', { name: 'Carnot Sea', competences: [competence('Seas', 'tidal energy')] })],
      [WIND, SISTER, XSS, LATER, STAGED, ...noise],
    );
    reader = await somebody(inbox.test, { role: 'reader', profile: 'wind' });
    other = await somebody(inbox.test, { role: 'officer', profile: 'sea', name: 'Oscar Other' });
    coordinator = await somebody(inbox.test, { role: 'coordinator' });
    id = await inbox.id(WIND.title);
  });
  afterAll(() => inbox?.stop());

  const path = (call = id, profile = 'wind') => `/institutes/${profile}/calls/${call}`;
  const page = (who: Somebody, at = path()): Promise<CheerioAPI> => pageFor(who, at);

  describe('says at its top, in the inbox and to programs what it is about', () => {
    const QUOTED = 'Offshore wind farms and their wind turbine towers';
    const gist = async (at: string, within: string, who = inbox.officer) =>
      (await page(who, at))(`${within} .gist`).first();
    const shown = async (language: string) => {
      const [one, list] = await Promise.all([
        api<{ summary: unknown }>(inbox.test.url, `/v1/calls/${id}?language=${language}`),
        api<{ items: { id: string; summary: unknown }[] }>(
          inbox.test.url,
          `/v1/calls?limit=100&language=${language}`,
        ),
      ]);
      return [one.body.summary, list.body.items.find((call) => call.id === id)!.summary];
    };

    it('by the sentence of its text, marked as quoted and in its language, and as text', async () => {
      for (const said of [await gist(path(), '.call-head'), await gist('/institutes/wind/inbox', '.more')]) {
        expect(said.text()).toMatch(/^From the text: “/);
        expect(said.find('[lang=en]')).toHaveLength(1);
      }
      expect((await gist(path(), '.call-head')).text()).toContain(QUOTED);
      expect((await gist(`/calls/${id}/beside`, 'main', coordinator)).text()).toContain(QUOTED);
      for (const summary of await shown('fr'))
        expect(summary).toEqual({
          language: 'en',
          sentences: [expect.stringContaining(QUOTED)],
          source: 'quoted',
        });
      const evil = await gist(path(await inbox.id(EVIL)), '.call-head');
      expect(evil.text()).toContain('<script>alert(2)</script>');
      expect(evil.find('script')).toHaveLength(0);
    });

    it('or by the sentences of a model, in the language of the reader, and as text', async () => {
      const sentences = [
        { fr: 'Le projet bâtit des mâts.', en: 'The project builds towers.', quote: 'towers' },
        { fr: 'Deux <b>pilotes</b>.', en: 'Two <b>pilots</b>.', quote: 'farms' },
      ];
      const write = (written: object | null) =>
        inbox.test.app
          .get(DataSource)
          .query('UPDATE call SET written = $2 WHERE id = $1', [id, written && JSON.stringify(written)]);
      await write({ model: 'm', prompt: 1, times: 1, at: new Date(), refused: null, binding: [], sentences });
      try {
        const said = await gist(path(), '.call-head');
        expect(said.text()).toBe('The project builds towers. Two <b>pilots</b>.');
        expect(said.find('[lang=en]')).toHaveLength(1);
        expect(await shown('fr')).toEqual(
          Array(2).fill({ language: 'fr', sentences: sentences.map((s) => s.fr), source: 'model' }),
        );
      } finally {
        await write(null);
      }
    });
  });

  it('marks what was found exactly where the evidence stands, with its competences', async () => {
    const $ = await page(inbox.officer);
    const [match] = (
      await api<{ items: { id: string; call: { id: string } }[] }>(
        inbox.test.url,
        '/v1/matches?profile=wind&limit=100',
      )
    ).body.items.filter((m) => m.call.id === id);
    const { evidence } = (
      await api<MatchScore & { evidence: { found: string[] }[] }>(inbox.test.url, `/v1/matches/${match!.id}`)
    ).body;
    const { body: call } = await api<CallContent>(inbox.test.url, `/v1/calls/${id}`);
    const shown = (field: string): string =>
      field === 'title'
        ? $('h1').text()
        : $('.text .part')
            .first()
            .find('p')
            .toArray()
            .map((p) => $(p).text())
            .join('\n');
    // Only the strongest passages are marked until all are requested; the others are not lost.
    expect($('mark.strong').length).toBeGreaterThan(0);
    for (const field of ['title', 'sections.0']) {
      const text = fieldText(call, field)!;
      expect(shown(field)).toBe(text);
      const marked = new Set(
        evidence
          .filter((e) => e.field === field)
          .flatMap((e) =>
            e.spans.flatMap((s) => Array.from({ length: s.end - s.start }, (_, i) => s.start + i)),
          ),
      );
      const scope = field === 'title' ? $('h1') : $('.text .part').first();
      expect(
        scope
          .find('mark')
          .toArray()
          .map((m) => $(m).text())
          .join(''),
      ).toBe([...text].filter((c, i) => marked.has(i) && c !== '\n').join(''));
    }
    expect($('mark[data-c="A"], mark[data-c="AB"]').length).toBeGreaterThan(2);
  });

  it('leads from each reason to a passage that is there, and the points sum to the score', async () => {
    const $ = await page(inbox.officer);
    const links = $('.terms a')
      .toArray()
      .map((a) => [$(a).text(), $(a).attr('href')!] as const);
    expect(links.length).toBeGreaterThan(2);
    for (const [term, href] of links) {
      expect($(href).length).toBe(1);
      expect($(href).closest('mark').text().toLowerCase()).toContain(term.toLowerCase().split(' ')[0]);
    }
    expect(
      new Set(
        $('[id]')
          .toArray()
          .map((e) => e.attribs['id']),
      ).size,
    ).toBe($('[id]').length);
    const points = (selector: string) =>
      $(selector)
        .toArray()
        .map((e) => parseFloat($(e).text()))
        .reduce((a, b) => a + b, 0);
    expect(
      Math.abs(points('.group h3 .points') - Number($('#reasons').text().match(/\d+/)![0])),
    ).toBeLessThan(2);
  });

  it('tells funding rate, lump sum, conditions and the budget beside its sisters, and type of action and sums once, at the top', async () => {
    const $ = await page(inbox.officer);
    const facts = $('dl.facts').text();
    for (const words of [
      '70%',
      '100% for non-profit',
      'yes',
      'take the form of a lump sum',
      'not found in the text',
    ])
      expect(facts).toContain(words);
    const whole = $('article.call').text();
    for (const once of ['HORIZON Innovation Actions', '€10 million for the topic']) {
      expect($('.call-head').text()).toContain(once);
      expect(whole.split(once)).toHaveLength(2);
    }
    expect($('.conditions').text()).toContain('Only legal entities of Member States may take part.');
    expect($('.budgets tr.self').text()).toContain('HORIZON-WIND');
    expect($('#budgets').parent().text()).toContain('25% of the €40 million');
    expect($('a[rel~="noopener"]').length).toBe(0);
  });

  it('has its dates on a line and in words, today among them, where there are several', async () => {
    const alone = await page(inbox.officer);
    expect(alone('.dates')).toHaveLength(0);
    expect(alone('.call-head time').attr('datetime')).toBe(WIND.deadlines[0]!.at);
    const $ = await page(inbox.officer, path(await inbox.id(LATER.title)));
    expect($('.dates svg circle').length).toBe(2);
    expect(
      $('.dates ol li')
        .toArray()
        .map((li) => $(li).find('.kind').text()),
    ).toEqual(['Opens', 'Deadline']);
    expect($('.dates .today').attr('x1')).toMatch(/^\d+\.\d+%$/);
  });

  it('names of a similar call the deadline that comes next, not the last of its stages', async () => {
    const $ = await page(inbox.officer, path(await inbox.id(LATER.title)));
    expect($(`.neighbours li:contains("${STAGED.title}")`).text()).toContain(
      `deadline ${dayText({ language: 'en' }, STAGED.deadlines[0]!.at)}`,
    );
  });

  it("shows a stranger's markup as what it is, text", async () => {
    const $ = await page(inbox.officer, path(await inbox.id(EVIL)));
    expect($('h1').text()).toBe(EVIL);
    expect($('main script, main img[onerror], main b').length).toBe(0);
    expect($('.text').text()).toContain('</p><script>alert(2)</script>');
    expect($('.text h3').text()).toBe('<b>Scope</b>');
    expect($('main a[target]').first().attr('href')).not.toContain('"');
  });

  it('has no style and no script of its own in it, and says in which language the call is', async () => {
    const { body } = await inbox.officer.get(path());
    expect(body).not.toMatch(/ style=| on\w+="|<style/);
    const $ = load(body);
    expect([$('html').attr('lang'), $('h1').attr('lang'), $('.text').attr('lang')]).toEqual([
      'en',
      'en',
      'en',
    ]);
    expect($('main h1').length).toBe(1);
    expect(
      load(
        (
          await inbox.officer.request(path(await inbox.id(LATER.title)), {
            headers: { cookie: `${inbox.officer.cookie}; lang=fr` },
          })
        ).body,
      )('#dates').text(),
    ).toBe('Calendrier');
  });

  it('takes decisions and notes by its forms alone, and shows them', async () => {
    const $ = await page(inbox.officer);
    const fields = (form: ReturnType<CheerioAPI>) =>
      Object.fromEntries(
        form
          .find('input')
          .toArray()
          .map((i) => [i.attribs['name']!, i.attribs['value'] ?? '']),
      );
    const decide = $('form[action$="/verdict"]').last();
    expect(
      (await inbox.officer.post(decide.attr('action')!, { ...fields(decide), reason: 'trl' })).location,
    ).toBe(path());
    const note = $('form[action$="/notes"]');
    expect(
      (await inbox.officer.post(note.attr('action')!, { ...fields(note), text: 'Ask <the> lab' })).status,
    ).toBe(303);
    const after = await page(inbox.officer);
    expect(after('.verdict.not').text()).toBe('Not for us');
    expect(after('#decision').parent().text()).toContain('Olga Officer');
    expect(after('.note').text()).toBe('Ask <the> lab');
    await inbox.officer.post(
      after('form[action$="/undo"]').attr('action')!,
      fields(after('form[action$="/undo"]')),
    );
    expect((await page(inbox.officer))('.verdict').length).toBe(0);
  });

  it('takes a note within its limit, and gives back one that is not with everything in it', async () => {
    const post = (text: string, back = path()) => inbox.officer.post(`${path()}/notes`, { text, back });
    const long = 'line\r\n'.repeat(798).concat('a last one');
    expect((await post(long)).status).toBe(303);
    const $ = await page(inbox.officer);
    expect($('.note').first().text()).toBe(long.replaceAll('\r\n', '\n'));
    for (const text of [`${'x'.repeat(4_000)}\r\ny`, ' ']) {
      const { status, body } = await post(text);
      const again = load(body);
      expect({ status, kept: again('#note').text(), error: again('#note-error').text() }).toEqual({
        status: 422,
        kept: text.replaceAll('\r\n', '\n').trim(),
        error: 'A note has 1 to 4,000 characters. It has not been added.',
      });
      expect(again('h1').text()).toBe(WIND.title);
    }
    expect((await post('kept', `/${'x'.repeat(2_001)}`)).status).toBe(303);
    const own = (await page(inbox.officer))('form[action$="/remove"]')
      .toArray()
      .map((f) => f.attribs['action']!)
      .slice(0, 2);
    for (const remove of own) await inbox.officer.post(remove, { back: path() });
    expect((await page(inbox.officer))('.note')).toHaveLength(1);
  });

  it('shows a reader all of it and no button that changes something', async () => {
    const $ = await page(reader);
    expect($('.note').text()).toBe('Ask <the> lab');
    // Following is everybody's own choice.
    expect(
      $('main form:not([method=dialog], [action^="/account/follows/"]), main a[href$="/propose"]').length,
    ).toBe(0);
    expect($('mark').length).toBeGreaterThan(2);
  });

  it("is another institute's officer's for their own institute alone; the network sees the match and nothing of the inside", async () => {
    expect((await other.get(path())).status).toBe(403);
    expect((await other.get(`/calls/${id}`)).location).toBe(path(id, 'sea'));
    const $ = await page(coordinator);
    expect($('.group').length).toBe(2);
    expect(
      $('main form:not([method=dialog], [action^="/account/follows/"]), .note, #decision, #asked').length,
    ).toBe(0);
    const fits = await page(coordinator, `/calls/${id}`);
    expect(
      fits('#fits')
        .parent()
        .find('a')
        .toArray()
        .map((a) => a.attribs['href']),
    ).toContain(path());
    expect((await coordinator.get(path(id, 'nowhere'))).status).toBe(404);
    expect((await inbox.officer.get(path(randomUUID()))).status).toBe(404);
  });

  it('tells what a sister institute opened, and never what it decided or wrote', async () => {
    await other.post(`${path(id, 'sea')}/verdict`, { verdict: 'relevant' });
    await other.post(`${path(id, 'sea')}/notes`, { text: 'secret plan' });
    expect((await page(inbox.officer, path()))('#interest').parent().text()).toContain(
      'No institute has shared',
    );
    await other.post(`${path(id, 'sea')}/interest`, { brings: 'A test <b>basin</b>' });
    const { body } = await inbox.officer.get(path());
    const card = load(body)('#interest').parent().text();
    expect(card).toContain('Carnot Sea is interested.');
    expect(card).toContain('Could bring: A test <b>basin</b>');
    expect(body).not.toMatch(/secret plan|Oscar Other/);
  });

  it('counts as opened once it was, shows what changed since as a difference, and only then as new to them', async () => {
    const towers = await inbox.id('Call N3');
    expect((await page(inbox.officer, path(towers)))('.badge.new').length).toBe(1);
    expect((await page(inbox.officer, path(towers)))('.badge.new').length).toBe(0);
    const noise = Array.from({ length: 20 }, (_, i) =>
      aCall(
        `N${i}`,
        i === 3
          ? {
              deadlines: [{ at: inDays(90), timeTold: true }],
              sections: [{ kind: 'scope', title: 'Scope', text: 'What N3 is now about.' }],
            }
          : {},
      ),
    );
    await inbox.store([WIND, SISTER, XSS, ...noise]);
    const $ = await page(inbox.officer, path(towers));
    expect($('.badge.changed').length).toBeGreaterThan(0);
    expect($('.event[open]').length).toBe($('.event').length);
    expect([$('.diff ins').text().trim(), $('.diff').text()]).toEqual([
      'now',
      expect.stringContaining('about'),
    ]);
    expect($('.dates del').length).toBe(1);
    expect((await page(inbox.officer, path(towers)))('.event[open]').length).toBe(0);
  });

  it('says that it changed where the inbox says so: since it was opened or decided, whichever was later, and of what people are told alone', async () => {
    const noise = (change: Record<number, Partial<ParsedCall>>) =>
      inbox.store([
        WIND,
        SISTER,
        XSS,
        ...Array.from({ length: 20 }, (_, i) => aCall(`N${i}`, change[i] ?? {})),
      ]);
    const [decided, opened, silent] = await Promise.all([
      inbox.id('Call N10'),
      inbox.id('Call N11'),
      inbox.id('Call N12'),
    ]);
    const act = (call: string, method: string, what: string, body?: unknown) =>
      api(inbox.test.url, `/v1/profiles/wind/calls/${call}/${what}`, {
        method,
        token: inbox.token,
        ...(body !== undefined && { body }),
      });
    // One is decided from a list and never opened; one is opened, then decided after it has changed.
    await act(decided, 'PUT', 'verdict', { verdict: 'relevant' });
    for (const call of [opened, silent]) await act(call, 'POST', 'seen');
    const text = [{ kind: 'scope' as const, title: 'Scope', text: 'Another text by now.' }];
    await noise({ 10: { sections: text }, 11: { sections: text }, 12: { sections: text } });
    await act(opened, 'PUT', 'verdict', { verdict: 'relevant' });
    await act(silent, 'PUT', 'verdict', { verdict: 'relevant', version: 1 });
    await inbox.test.app
      .get(DataSource)
      .query(`UPDATE call_version SET kinds = '{}' WHERE call_id = $1 AND version > 1`, [silent]);
    const { items } = (
      await api<{ items: { id: string; review: { changed: boolean } }[] }>(
        inbox.test.url,
        '/v1/profiles/wind/inbox?state=relevant&limit=100',
        { token: inbox.token },
      )
    ).body;
    for (const [call, changed] of [
      [decided, true],
      [opened, false],
      [silent, false],
    ] as const) {
      expect(items.find((i) => i.id === call)!.review.changed).toBe(changed);
      expect((await page(inbox.officer, path(call)))('.badges .changed').length).toBe(changed ? 1 : 0);
    }
  });

  it('lets nobody overrule unseen what a colleague decided meanwhile', async () => {
    const call = await inbox.id('Call N13');
    const $ = await page(inbox.officer, path(call));
    const form = $('.verdicts .decide');
    const fields = Object.fromEntries(
      form
        .find('input')
        .toArray()
        .map((i) => [i.attribs['name']!, i.attribs['value'] ?? '']),
    );
    const colleague = await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' });
    await colleague.post(form.attr('action')!, { verdict: 'not', reason: 'role', decidedAt: 'none' });
    expect(
      (await inbox.officer.post(form.attr('action')!, { ...fields, verdict: 'relevant' })).location,
    ).toBe(path(call));
    const after = await page(inbox.officer, path(call));
    expect(after('.notice.warn').text()).toContain('Someone else decided first');
    expect(after('#decision').parent().text()).toMatch(/Not for us.*Role.*Otto Other/);
  });

  it('does not count as opened where a reader or the network looked', async () => {
    const call = await inbox.id('Call N7');
    await page(reader, path(call));
    await page(coordinator, path(call));
    // A refused note does not count as opening it either.
    expect((await inbox.officer.post(`${path(call)}/notes`, { text: '' })).status).toBe(422);
    expect((await page(inbox.officer, path(call)))('.badge.new').length).toBe(1);
  });
});
