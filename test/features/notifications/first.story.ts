import { FirstDecisions } from '../../../src/decisions/first-decisions.js';
import { PersonRepository } from '../../../src/access/store/person.repository.js';
import { MessagePreview } from '../../../src/notifications/content/digest-writer.js';
import { reasonSentence, strongestTerms } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { Briefs } from '../../../src/proposals/briefs.js';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { whoIsTold } from '../../../src/app/first-harvest.js';
import {
  ANNE,
  BEN,
  digesting,
  files,
  harvested,
  outbox,
  PROFILE,
  settled,
  withContacts,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { worked } from '../../support/until.js';
import { api } from '../../support/app.js';

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({ copies: 3, institutes: 'all', adjust: digesting(), faults: { http500: 1 } });
  await h.ended();
});
afterAll(() => h?.stop());

const quiet = async (): Promise<void> => {
  await h.matched();
  await h.tick();
  await worked();
};

describe('the first mail', () => {
  it('waits until a source was read well and the profile is matched with it', async () => {
    await withContacts(h, PROFILE, [ANNE, BEN]);
    await quiet();
    expect(await outbox(h)).toEqual([]);
    expect(await h.query('SELECT * FROM follow WHERE welcomed_at IS NOT NULL')).toEqual([]);
    h.portal.faults({});
    await harvested(h);
    await settled(h, 2);
  });

  it('is one for each contact, with the best calls, open or opening soon, ten at most, and how many more there are', async () => {
    const mails = await outbox(h);
    expect(mails.map((m) => [m.kind, m.to.address, m.profile.id, m.attempts]).sort()).toEqual([
      ['first', 'anne@example.fr', PROFILE, 1],
      ['first', 'ben@example.fr', PROFILE, 1],
    ]);
    const fitting = (await h.call(`/v1/matches?profile=${PROFILE}&limit=100&minScore=25`)).body.items;
    const live = fitting.filter((m: any) => ['open', 'forthcoming'].includes(m.call.status));
    const matches = live.slice(0, 10);
    expect(new Set(matches.map((m: any) => m.call.status))).toEqual(new Set(['open', 'forthcoming']));
    expect(new Set(mails.map((m) => m.more))).toEqual(new Set([live.length - 10]));
    for (const mail of mails)
      expect(mail.calls.map((c) => [c.id, c.score])).toEqual(matches.map((m: any) => [m.call.id, m.score]));
    expect(
      await h.query(
        "SELECT r.address, count(*)::int AS n FROM notification_item n JOIN recipient r ON r.id = n.recipient_id WHERE n.state = 'written' AND n.kind = 'call' GROUP BY 1 ORDER BY 1",
      ),
    ).toEqual([
      { address: 'anne@example.fr', n: 10 },
      { address: 'ben@example.fr', n: 10 },
    ]);
  });

  it("says what a call mentions in the call's words, not in those of a French profile", async () => {
    const terms: string[] = [];
    for (const { content } of await h.test.app.get(ProfileRepository).findAll()) {
      const next = await h.test.app.get(MessagePreview).next(content, { language: 'fr', first: true });
      const english = next.message.items.filter(({ call }) => call.language === 'en');
      terms.push(
        ...english.flatMap(({ match }) => match?.evidence ?? []).map((e) => (e.signal ? '' : e.term)),
      );
    }
    expect(terms.length).toBeGreaterThan(200);
    expect(terms.filter((term) => /[éèêàâîôç]|\b(?:de|du|des|en|à)\b/.test(term))).toEqual([]);
  });

  it('gives the same reason as the inbox, its sheet, the API, the brief and the network, in the same words', async () => {
    const profile = (await h.test.app.get(ProfileRepository).findById(PROFILE))!.content;
    const { message } = await h.test.app.get(MessagePreview).next(profile, { language: 'fr', first: true });
    const mailed = message.items.filter(({ match }) => match?.evidence.some((e) => !e.signal));
    const [inbox, sheet] = [
      (await h.call(`/v1/profiles/${PROFILE}/inbox?limit=100&language=fr`)).body.items,
      (await h.call<string>(`/v1/profiles/${PROFILE}/export/matches.csv?language=fr`)).body,
    ];
    const quoted = (text: string): string => text.replaceAll('"', '""');
    expect(mailed.length).toBeGreaterThan(7);
    for (const { callId, match } of mailed) {
      const says = reasonSentence(match!, 'fr');
      const listed = inbox.find((item: any) => item.id === callId);
      expect(listed.reason).toBe(says);
      expect(sheet).toContain(quoted(says));
      const [word] = strongestTerms(match!)!.terms;
      const told = (await h.call(`/v1/matches/${listed.match}?language=fr`)).body.reasons;
      expect(told.map((r: any) => r.term)).toContain(word);
      const brief = await h.test.app.get(Briefs).forCall(PROFILE, callId, 'fr');
      expect(JSON.stringify(brief.document)).toContain(word);
      const { ranking } = (await h.call(`/v1/calls/${callId}/network?language=fr`)).body;
      expect(ranking.find((r: any) => r.id === PROFILE).reason).toContain(word);
    }
  });

  it("stands as a file that any mail program reads, in the contact's language", async () => {
    const mails = await files(h);
    expect(mails).toHaveLength(2);
    const anne = mails.find((m) => JSON.stringify(m.to).includes('anne@example.fr'))!;
    expect(anne.subject).toMatch(/^\[SAMPLE\] Carnot Europe: .+ \(closes [^)]+\) and 9 more calls for /);
    expect(anne.text).toContain('Hello Anne,');
    expect(anne.text).toContain('SAMPLE: the calls in this message are invented.');
    expect(anne.html).toContain('Your 10 best calls');
    expect(anne.text).toMatch(/http:\/\/calls\.test\/institutes\/[\w-]+\/inbox/);
    expect(anne.headers.get('list')).toMatchObject({
      unsubscribe: { url: expect.stringMatching(/^http:\/\/calls\.test\/unsubscribe\/[\w-]{32}$/) },
    });
    const ben = mails.find((m) => m !== anne)!;
    expect(ben.text).toContain('Bonjour Ben');
    expect(anne.messageId).not.toBe(ben.messageId);
  });

  it('goes to nobody where there is no contact, and the list says of which profiles that is so', async () => {
    const { silent } = (await h.call('/v1/notifications')).body;
    expect(silent).toHaveLength((await h.query('SELECT id FROM profile')).length - 1);
    expect(silent).toContainEqual({ profile: 'list', reason: expect.stringContaining('no contact') });
    expect(silent).not.toContainEqual(expect.objectContaining({ profile: PROFILE }));
  });

  it('comes once, however often is harvested, matched and looked', async () => {
    await harvested(h);
    await quiet();
    await quiet();
    expect(await outbox(h)).toHaveLength(2);
  });

  it('a contact who is added later gets their own, the others nothing', async () => {
    await withContacts(h, PROFILE, [ANNE, BEN, { name: 'Cleo', email: 'Cleo@Example.fr', language: 'en' }]);
    const mails = await settled(h, 3);
    expect(mails.at(-1)).toMatchObject({ kind: 'first', to: { name: 'Cleo', address: 'cleo@example.fr' } });
    expect(mails.at(-1)!.calls).toHaveLength(10);
  });

  it('an address in other letters is the same contact', async () => {
    await withContacts(h, PROFILE, [
      { ...ANNE, email: 'ANNE@example.FR' },
      BEN,
      { name: 'Cleo', email: 'cleo@example.fr', language: 'en' },
    ]);
    await quiet();
    expect(await outbox(h)).toHaveLength(3);
    await withContacts(h, PROFILE, [ANNE, BEN]);
  });

  it('who becomes a contact of a second profile gets its best too, and stays one reader', async () => {
    await withContacts(h, 'list', [ANNE]);
    const mails = await settled(h, 4);
    expect(mails.at(-1)).toMatchObject({ kind: 'first', to: { address: 'anne@example.fr' } });
    expect(mails.at(-1)!.to.recipient).toBe(
      mails.find((m) => m.to.address === 'anne@example.fr')!.to.recipient,
    );
  });

  it('shows nothing that is not open or scores less than is written about', async () => {
    h.clock.move({ days: 40 });
    const open = 'c.opens_at <= $1 AND c.last_deadline_at > $1';
    const [few] = await h.query(
      `SELECT m.profile_id AS id, count(*) FILTER (WHERE m.score >= 25 AND ${open})::int AS n FROM match m JOIN call c ON c.id = m.call_id GROUP BY 1
        HAVING count(*) FILTER (WHERE m.score >= 25 AND ${open}) BETWEEN 1 AND 9 AND bool_or(m.score < 25 AND ${open})
           AND bool_or(m.score >= 25 AND c.last_deadline_at <= $1)`,
      [h.clock.now()],
    );
    await withContacts(h, few.id, [ANNE]);
    const mail = (await settled(h, 5)).at(-1)!;
    expect(mail.calls).toHaveLength(few.n);
    expect(mail.calls.every((c) => c.score >= 25)).toBe(true);
    for (const { id } of mail.calls) expect((await h.call(`/v1/calls/${id}`)).body.status).toBe('open');
  });

  describe('of somebody who joins an institute', () => {
    const follows = (who: Somebody) =>
      h.query(
        'SELECT f.origin, f.left_at IS NULL AS follows FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.address = $1 ORDER BY f.target',
        [who.person.email],
      );
    let joins: Somebody;

    it('comes half an hour after they were last here, and not to who is but invited', async () => {
      await h.call('/v1/profiles/leti/people', {
        method: 'POST',
        body: { name: 'Ida', email: 'ida@leti.test' },
      });
      await quiet();
      expect(await outbox(h)).toHaveLength(5);
      joins = await somebody(h.test, {
        role: 'officer',
        profile: PROFILE,
        name: 'Joe',
        email: 'joe@energy.test',
      });
      await quiet();
      expect(await outbox(h)).toHaveLength(5);
      h.clock.move({ minutes: 31 });
      await quiet();
      const mail = (await settled(h, 6)).at(-1)!;
      expect(mail).toMatchObject({ kind: 'first', to: { name: 'Joe', address: 'joe@energy.test' } });
      expect(await follows(joins)).toEqual([{ origin: 'institute', follows: true }]);
    });

    it('is not repeated, and one who follows it no more is left alone', async () => {
      await joins.request(`/v1/me/follows/profile/${PROFILE}`, { method: 'DELETE' });
      await quiet();
      expect(await follows(joins)).toEqual([{ origin: 'institute', follows: false }]);
      expect(await outbox(h)).toHaveLength(6);
    });

    it('comes to one who was removed and joins again', async () => {
      await h.test.app
        .get(PersonRepository)
        .change(PROFILE, joins.person.id, { role: null, keepsOne: false }, h.clock.now(), () => []);
      expect(await follows(joins)).toEqual([]);
      await quiet();
      const again = await somebody(h.test, {
        role: 'reader',
        profile: PROFILE,
        name: 'Joe',
        email: 'joe@energy.test',
      });
      h.clock.move({ minutes: 31 });
      await quiet();
      await settled(h, 7);
      expect(await follows(again)).toEqual([{ origin: 'institute', follows: true }]);
    });

    it('does not come a second time to one who becomes its contact, and stays when they are none any more', async () => {
      await withContacts(h, PROFILE, [{ name: 'Joe', email: 'joe@energy.test', language: 'en' }]);
      await quiet();
      expect(await follows(joins)).toEqual([{ origin: 'contact', follows: true }]);
      await withContacts(h, PROFILE, []);
      await quiet();
      expect(await follows(joins)).toEqual([{ origin: 'institute', follows: true }]);
      expect(await outbox(h)).toHaveLength(7);
      expect((await h.call('/v1/notifications')).body.silent).not.toContainEqual(
        expect.objectContaining({ profile: PROFILE, reason: expect.stringContaining('no contact') }),
      );
    });

    it('counts among the institutes that are told, though it has no contact', async () => {
      const have = await h.query(
        "SELECT id FROM profile WHERE jsonb_array_length(content -> 'contacts') > 0 OR id = $1",
        [PROFILE],
      );
      expect(await whoIsTold(h.test.app)).toBe(
        `${have.length} institutes are notified of new calls. See GET /v1/notifications`,
      );
    });
  });

  describe('of an institute that decides on its first calls', () => {
    /** Institutes at which nobody has been, and which are asked about calls. */
    const nobodyYet = () =>
      h.query(
        `SELECT id FROM profile p WHERE jsonb_array_length(content->'contacts') = 0
          AND NOT EXISTS (SELECT FROM person WHERE profile_id = p.id) AND EXISTS (SELECT FROM match m JOIN call c ON c.id = m.call_id WHERE m.profile_id = p.id AND m.built_in >= 25 AND c.last_deadline_at > $1) ORDER BY id LIMIT 2`,
        [h.clock.now()],
      );

    it('waits for the last of these decisions, from the first sign-in on', async () => {
      const [{ id }] = await nobodyYet();
      const before = (await outbox(h)).length;
      await withContacts(h, id, [{ name: 'Dora', email: 'dora@example.fr', language: 'fr' }]);
      const officer = await somebody(h.test, { role: 'officer', profile: id, email: 'olga@example.fr' });
      await quiet();
      expect(await outbox(h)).toHaveLength(before);
      const token = await officer.key('write');
      const path = `/v1/profiles/${id}`;
      const items = await h.test.app.get(FirstDecisions).list(officer.actor, id, 'en');
      expect(items.length).toBeGreaterThan(0);
      for (const call of items)
        await api(h.test.url, `${path}/calls/${call.id}/verdict`, {
          method: 'PUT',
          token,
          body: { verdict: 'relevant' },
        });
      await quiet();
      const mails = await settled(h, before + 2);
      expect(
        mails
          .slice(before)
          .map((mail) => mail.to.address)
          .sort(),
      ).toEqual(['dora@example.fr', 'olga@example.fr']);
    });

    it('comes half an hour after the last visit of one that does not decide, and a day later at the latest', async () => {
      const [{ id }] = await nobodyYet();
      const before = (await outbox(h)).length;
      const officer = await somebody(h.test, { role: 'officer', profile: id, email: 'emil@example.fr' });
      for (let visits = 0; visits < 2; visits += 1) {
        await quiet();
        expect(await outbox(h)).toHaveLength(before);
        h.clock.move({ minutes: 20 });
        await officer.get(`/institutes/${id}/inbox`);
      }
      h.clock.move({ minutes: 31 });
      await quiet();
      expect((await settled(h, before + 1)).at(-1)!.to.address).toBe('emil@example.fr');
      const [other] = await nobodyYet();
      const stays = await somebody(h.test, { role: 'officer', profile: other.id, email: 'fanny@example.fr' });
      await quiet();
      h.clock.move({ hours: 25 });
      await stays.get(`/institutes/${other.id}/inbox`);
      await quiet();
      expect((await outbox(h)).map((mail) => mail.to.address)).toContain('fanny@example.fr');
    });
  });
});
