import { load, type CheerioAPI } from 'cheerio';
import { DataSource } from 'typeorm';
import { Corpus } from '../../../src/matching/corpus.js';
import { MOST_LETTERS, TopicsInput } from '../../../src/explain/api/topic-test-views.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { tableState } from '../../support/database/table-state.js';
import { NOISE, TESTED, TOPICS } from '../../support/matching/topics-to-test.js';

const WHY = '/institutes/ours/why';
const TEST = '/institutes/ours/profile/test';
const MAIL = '11111111-1111-4111-8111-111111111111';
const RECIPIENT = '22222222-2222-4222-8222-222222222222';

interface Explanation {
  answer: { kind: string; says: string };
  rules: { rule: string; says: string }[];
  reasons: { says: string }[];
}
interface Test {
  items: {
    outcome: string;
    missed: { says: string; suggestion: { says: string; change: { keywords?: string[] } } | null } | null;
  }[];
}

describe('why a call was told or not, and a profile tested by topics', () => {
  let inbox: InboxTest;
  let people: Record<'french' | 'reader' | 'stranger' | 'coordinator', Somebody>;
  beforeAll(async () => {
    inbox = await startInbox([TESTED, aProfile('theirs')], [...Object.values(TOPICS), ...NOISE]);
    const of = (role: 'officer' | 'reader', profile: string, language: 'fr' | 'en' = 'en') =>
      somebody(inbox.test, { role, profile, language });
    people = {
      french: await of('officer', 'ours', 'fr'),
      reader: await of('reader', 'ours'),
      stranger: await of('officer', 'theirs'),
      coordinator: await somebody(inbox.test, { role: 'coordinator' }),
    };
    await tellOf(await inbox.id(TOPICS.fits.title));
  });
  afterAll(() => inbox?.stop());

  /** Inserts Anne's first mail, which mentioned the call. */
  async function tellOf(id: string): Promise<void> {
    const query = (sql: string, values: unknown[]) => inbox.test.app.get(DataSource).query(sql, values);
    await query(
      `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, link_key, since, planned_seq, last_slot_at) VALUES ($1, 'email', 'anne@example.org', 'Anne', 'en', 'ours', 't', 'k', now(), 0, now())`,
      [RECIPIENT],
    );
    await query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq, welcomed_at) VALUES ($1, 'profile', 'ours', 'contact', now(), 0, now())`,
      [RECIPIENT],
    );
    await query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
       VALUES ($1, 'k', 'first', $2, 'email', 'ours', 'anne@example.org', 's', 't', 'u', 'm', $3, 0, 'sent', now(), '2026-05-06T10:00:00Z')`,
      [MAIL, RECIPIENT, JSON.stringify([{ callId: id, version: 1, matchId: id, score: 50, title: 'x' }])],
    );
    await query(
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state, notification_id) VALUES ($1, $2, 'call', $3, 'digest', now(), 'written', $4)`,
      [RECIPIENT, `call/${id}`, id, MAIL],
    );
  }

  const page = async (path: string, who = inbox.officer, status = 200): Promise<CheerioAPI> => {
    const answer = await who.get(path);
    expect({ path, status: answer.status }).toEqual({ path, status });
    return load(answer.body);
  };
  const why = (call: string, who = inbox.officer, status = 200) =>
    page(`${WHY}?call=${encodeURIComponent(call)}`, who, status);
  const tested = async (topics: string, who = inbox.officer, status = 200): Promise<CheerioAPI> => {
    const answer = await who.post(TEST, { topics });
    expect({ topics: topics.slice(0, 80), status: answer.status }).toEqual({
      topics: topics.slice(0, 80),
      status,
    });
    return load(answer.body);
  };
  const texts = ($: CheerioAPI, selector: string): string[] =>
    $(selector)
      .toArray()
      .map((e) => $(e).text().trim());

  it('names on the page of a call to whom it is addressed, in words, with the points that this takes', async () => {
    const $ = await page(`/institutes/ours/calls/${await inbox.id(TOPICS.others.title)}`, people.french);
    const group = $('.reasons .group')
      .toArray()
      .map((g) => $(g).text())
      .find((text) => text.includes('À qui il s’adresse'));
    expect(group).toMatch(/organisations professionnelles et de producteurs \(AGRIP\)\s*[-−]\d/);
  });

  it.each(['en', 'fr'] as const)(
    'says of a call what the API says, in the same words (%s)',
    async (language) => {
      const who = language === 'fr' ? people.french : inbox.officer;
      // Where the API gives an id, the page has a link.
      const shown = (says: string): string =>
        says.replace(MAIL, language === 'fr' ? '(l’ouvrir)' : '(open it)');
      for (const { identifier, title } of [
        TOPICS.fits,
        TOPICS.far,
        TOPICS.excluded,
        TOPICS.others,
        TOPICS.closed,
      ]) {
        const { body } = await api<Explanation>(
          inbox.test.url,
          `/v1/profiles/ours/explain?language=${language}&call=${identifier}`,
          { token: inbox.token },
        );
        const $ = await why(identifier!, who);
        expect($('#answer').text()).toBe(title);
        expect($('.why-answer .lead').text()).toContain(shown(body.answer.says));
        // One sentence, and what to change; the rules are folded.
        expect($('.todo').length).toBe(body.answer.kind === 'stopped' ? 1 : 0);
        expect($('details.rules-fold[open]').length).toBe(0);
        expect(texts($, '.rules-fold .rule-says')).toEqual(body.rules.map((r) => shown(r.says)));
        expect(texts($, '.reasons li')).toEqual(body.reasons.map((r) => r.says));
      }
    },
  );

  it("is asked by one field, and by a link from the call's page", async () => {
    expect(
      (await page(WHY))('main form[role=search] input:not([type=hidden])')
        .toArray()
        .map((e) => e.attribs['name']),
    ).toEqual(['call']);
    const id = await inbox.id(TOPICS.fits.title);
    for (const [who, words] of [
      [inbox.officer, 'Why was it sent to me, or not?'],
      [people.coordinator, 'Why was it sent to the institute, or not?'],
    ] as const) {
      const $ = await page(`/institutes/ours/calls/${id}`, who);
      const link = $(`a[href^="${WHY}"]`);
      expect(link.text()).toBe(words);
      const answer = await page(link.attr('href')!, who);
      expect([answer('#answer a').attr('href'), answer('#call').attr('value')]).toEqual([
        `/institutes/ours/calls/${id}`,
        TOPICS.fits.identifier,
      ]);
    }
    expect((await why(TOPICS.fits.title.toUpperCase()))('#answer').text()).toBe(TOPICS.fits.title);
  });

  it.each([
    '/institutes/ours/profile',
    '/institutes/ours/inbox',
    '/institutes/ours/messages',
    '/account/notification-preferences',
  ])('is linked from %s', async (path) => {
    const $ = await page(path);
    for (const to of [WHY, TEST]) expect($(`main a[href="${to}"]`).length).toBe(1);
  });

  it('offers what a text may have meant that names no call, or several', async () => {
    const alike = await why('HORIZON-FITS-2030-11', inbox.officer, 404);
    expect(alike('#call-error').text()).toBe('No call matches “HORIZON-FITS-2030-11”.');
    expect((await page(alike('.meant a').first().attr('href')!))('#answer').text()).toBe(TOPICS.fits.title);
    const words = await why('care of mosses', inbox.officer, 404);
    expect(words('#call-error').length).toBe(0);
    expect((await page(words('.meant a').first().attr('href')!))('#answer').text()).toBe(TOPICS.far.title);
    expect(texts(await why('HORIZON-OTHER-2030', inbox.officer, 404), '.meant a code')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^HORIZON-OTHER-2030-\d+$/)]),
    );
    const none = await why('<script>xyzzy</script>', inbox.officer, 404);
    expect([none('#meant').text(), none('main script').length, none('#call').attr('value')]).toEqual([
      'No call contains these words either',
      0,
      '<script>xyzzy</script>',
    ]);
    const several = await why('HORIZON-TWICE-2030-01');
    expect(words('.meant a [lang]').length).toBe(0);
    expect(
      several('.meant a span')
        .toArray()
        .map((e) => [several(e).text(), e.attribs['lang']])
        .sort(),
    ).toEqual([
      ['Told twice', 'fr'],
      ['Twice told', 'en'],
    ]);
    // The identifier would match the other call too, so the field holds the unique id.
    const one = await page(several('.meant a').first().attr('href')!);
    expect(one('#call').attr('value')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leads to the mail in which it was told', async () => {
    const $ = await why(TOPICS.fits.identifier!);
    expect($('.why-answer .lead').text()).toBe(
      'Sent It was sent to Anne on 6 May 2026, in the e-mail (open it); it will be sent again if it changes.',
    );
    const mails = [
      ...new Set(
        $(`a[href^="/institutes/ours/messages/"]`)
          .toArray()
          .map((a) => a.attribs['href']!),
      ),
    ];
    expect(mails).toEqual([`/institutes/ours/messages/${MAIL}`]);
    await page(mails[0]!);
    expect((await tested(TOPICS.fits.identifier!))('.tested .outcome').text()).toBe(
      'Sent6 May 2026 · the e-mail',
    );
  });

  it.each(['en', 'fr'] as const)(
    'says of pasted topics what the API says, in the same words (%s)',
    async (language) => {
      const topics = `${TOPICS.fits.identifier}, ${TOPICS.far.identifier};\n${TOPICS.excluded.title}\n${TOPICS.closed.identifier}\nHORIZON-FITS-2030-11\nNobody knows this one\nHORIZON-TWICE-2030-01`;
      const { body } = await api<Test>(inbox.test.url, `/v1/profiles/ours/test?language=${language}`, {
        method: 'POST',
        token: inbox.token,
        body: { topics },
      });
      const $ = await tested(topics, language === 'fr' ? people.french : inbox.officer);
      expect(body.items.map((i) => i.outcome)).toEqual([
        'announced',
        'missed',
        'missed',
        'would-be-announced',
        'unknown',
        'unknown',
        'unknown',
      ]);
      const rows = $('.tested tbody tr').toArray();
      expect(rows.length).toBe(body.items.length);
      body.items.forEach(({ missed }, i) => {
        const said = $(rows[i]).find('.why-cell').text();
        for (const words of [missed?.says, missed?.suggestion?.says])
          if (words) expect(said).toContain(words);
      });
      expect(texts($, '.suggestion > p:first-child')).toEqual(
        body.items.flatMap((i) => i.missed?.suggestion?.says ?? []),
      );
      expect(texts($, '.suggestion').length).toBe(2);
      expect([$(rows[4]).find('a').attr('href'), $(rows[4]).find('a').attr('lang')]).toEqual([
        `${WHY}?call=${TOPICS.fits.identifier}`,
        undefined,
      ]);
      expect(
        $(rows[6])
          .find('a')
          .toArray()
          .map((e) => [$(e).text(), e.attribs['lang']])
          .sort(),
      ).toEqual([
        ['Told twice', 'fr'],
        ['Twice told', 'en'],
      ]);
      expect($('#topics').val()).toBe(topics);
    },
  );

  it('leads with one click into the editor with the change filled in, and saves nothing before that is said', async () => {
    const $ = await tested(TOPICS.far.identifier!);
    const before = await tableState(inbox.test.app);
    const editor = await page($('.suggestion a').attr('href')!);
    const added = texts(editor, '[aria-labelledby=proposed-title] ins');
    expect(added.length).toBeGreaterThan(0);
    expect(String(editor('[id="competences.0.keywords"]').val()).split('\n')).toEqual([
      'fuel cell',
      'hydrogen',
      ...added,
    ]);
    const freed = await page((await tested(TOPICS.excluded.identifier!))('.suggestion a').attr('href')!);
    expect([
      texts(freed, '[aria-labelledby=proposed-title] del'),
      freed('[id="competences.0.exclusions"]').val(),
    ]).toEqual([['bomb'], '']);
    const gone = await page('/institutes/ours/profile?change=add-keyword&competence=Nobody&keywords=moss');
    expect([gone('.notice[role=alert]').text(), gone('#proposed-title').length]).toEqual([
      'The suggested change no longer fits the profile: it is already there, or what it changes is gone.',
      0,
    ]);
    const answering = await page((await tested(TOPICS.others.identifier!))('.suggestion a').attr('href')!);
    expect([
      texts(answering, '[aria-labelledby=proposed-title] ins'),
      answering('[name="preferences.answersAs"]:checked')
        .toArray()
        .map((e) => e.attribs['value']),
    ]).toEqual([['trade and producer organisations (AGRIP)'], ['trade-organisations']]);
    const weight = await page(
      '/institutes/ours/profile?change=raise-weight&competence=Manuscripts&weight=2.5',
    );
    expect(weight('[id="competences.1.weight"]').val()).toBe('2.5');
    expect(await tableState(inbox.test.app)).toEqual(before);
  });

  it('shows a reader what to change, and no way to change it', async () => {
    const $ = await tested(TOPICS.far.identifier!, people.reader);
    expect([$('.suggestion > p:first-child').length, $('.suggestion a').length]).toEqual([1, 0]);
    const explained = await why(TOPICS.far.identifier!, people.reader);
    expect([explained('#answer').length, explained('form[method=post][action$="/test"]').length]).toEqual([
      1, 0,
    ]);
    expect((await why(TOPICS.far.identifier!))('form[action$="/test"] [name=topics]').attr('value')).toBe(
      TOPICS.far.identifier,
    );
    expect(
      (
        await page(
          '/institutes/ours/profile?change=add-keyword&competence=Hydrogen&keywords=moss',
          people.reader,
        )
      )('#editor').length,
    ).toBe(0);
  });

  it('keeps what was pasted where it cannot be tested, and says why', async () => {
    const many = Array.from({ length: 201 }, (_, i) => `Topic ${i}`).join('\n');
    for (const [topics, says] of [
      [' ; , ', /^Paste at least one topic\.$/],
      [many, /^There are 201 topics; at most 200 can be tested at once\.$/],
      ['x'.repeat(MOST_LETTERS + 1), /^This text is too long/],
    ] as const) {
      const $ = await tested(topics, inbox.officer, 422);
      expect($('#topics-error').text()).toMatch(says);
      expect(String($('#topics').val())).toBe(topics.trim());
      expect($('#topics').attr('maxlength')).toBe(String(MOST_LETTERS));
    }
    expect(
      [MOST_LETTERS, MOST_LETTERS + 1].map((n) => TopicsInput.safeParse({ topics: 'x'.repeat(n) }).success),
    ).toEqual([true, false]);
    expect((await inbox.officer.post(TEST)).status).toBe(422);
  });

  it('refuses nobody who clicks twice; of very many at once it says in words that newer ones took their place, and keeps what was pasted', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `HORIZON-OTHER-2030-${i % 60}; Topic ${i}`).join('\n');
    const answers = await Promise.all([
      inbox.officer.post(TEST, { topics: many }),
      inbox.officer.post(TEST, { topics: TOPICS.far.identifier! }),
    ]);
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    const corpus = inbox.test.app.get(Corpus, { strict: false });
    const refused = await corpus.held(async () => {
      const all = Array.from({ length: 7 }, () => inbox.officer.post(TEST, { topics: many }));
      return { first: await Promise.race(all), all };
    });
    expect(refused.first.status).toBe(429);
    const $ = load(refused.first.body);
    expect([$('[role=alert]').text(), $('#topics').val()]).toEqual([
      expect.stringMatching(/^You started another test in the meantime/),
      many,
    ]);
    expect((await Promise.all(refused.all)).map((a) => a.status).sort()).toEqual([
      ...Array<number>(6).fill(200),
      429,
    ]);
  });

  it('is for those for whom the API is, and refuses others as it does', async () => {
    const apis = [
      await api(inbox.test.url, `/v1/profiles/ours/explain?call=x`, {
        token: await people.stranger.key('read'),
      }),
      await api(inbox.test.url, `/v1/profiles/ours/test`, {
        method: 'POST',
        body: { topics: 'x' },
        token: await people.stranger.key('read'),
      }),
    ];
    const pages = [
      await people.stranger.get(`${WHY}?call=x`),
      await people.stranger.post(TEST, { topics: 'x' }),
    ];
    expect(pages.map((p) => p.status)).toEqual(apis.map((a) => a.status));
    expect((await people.stranger.get(TEST)).status).toBe(apis[1]!.status);
    expect((await people.coordinator.get('/institutes/nobody/why')).status).toBe(404);
    expect((await tested(TOPICS.far.identifier!, people.coordinator))('.suggestion a').length).toBe(1);
    // Cross-site requests test nothing.
    expect(
      (
        await inbox.officer.request(TEST, {
          method: 'POST',
          body: new URLSearchParams({ topics: 'x' }),
          headers: { 'sec-fetch-site': 'cross-site' },
        })
      ).status,
    ).toBe(403);
  });
});
