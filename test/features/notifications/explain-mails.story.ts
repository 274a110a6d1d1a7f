import {
  ANNE,
  digestDate,
  digesting,
  harvested,
  outbox,
  PROFILE,
  settled,
  withContacts,
} from '../../support/institutes/contacts.js';
import { TOKEN } from '../../support/app.js';
import { serviceKey } from '../../support/access/people.js';
import { Harvesting } from '../../support/harvest/harvest.js';

/** The profile's best match, announced in the first mail, and one that existed but was not. */
const [BEST, STOOD] = ['90000024TOPICSen', '90000008TOPICSen'] as const;
const LATE = '2026-12-01T17:00:00.000+0100';

interface Explanation {
  call: { id: string };
  answer: { kind: string; rule: string | null; says: string };
  rules: { rule: string; outcome: string; says: string; [detail: string]: unknown }[];
  contacts: { state: string; at: string | null; notification: string | null; place: number | null }[];
}

let h: Harvesting;
let token: string;
let fresh: string[];
beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting({ first: 1, maxItems: 2 }) });
  h.portal.deadline(BEST, LATE);
  h.portal.deadline(STOOD, LATE);
  await h.ended();
  token = await serviceKey(h.test, 'read', PROFILE);
});
afterAll(() => h?.stop());

const titleOf = (reference: string): string => h.portal.find(reference).metadata['title']![0]!;
/** As the institute's own people are told, or another caller. */
const explainedText = async (text: string, as = token): Promise<Explanation> => {
  const { status, body } = await h.call<Explanation>(
    `/v1/profiles/${PROFILE}/explain?language=en&call=${encodeURIComponent(text)}`,
    { token: as },
  );
  expect({ text, status }).toEqual({ text, status: 200 });
  return body;
};
const explained = (reference: string, as?: string) => explainedText(titleOf(reference), as);
const like = (name: string): string => {
  const reference = h.portal.addLike(BEST, name);
  h.portal.deadline(reference, LATE);
  return reference;
};

describe('why there is a mail or none', () => {
  it('says that there is nobody to tell', async () => {
    await harvested(h);
    expect(await explained(BEST)).toMatchObject({
      answer: {
        kind: 'stopped',
        rule: 'contact',
        says: 'The institute has no recipient: nothing is sent to anyone.',
      },
      contacts: [],
    });
  });

  it('says that the first mail has not left yet', async () => {
    h.test.queue!.pause('notify');
    await withContacts(h, PROFILE, [ANNE]);
    expect(await explained(BEST)).toMatchObject({
      answer: { kind: 'stopped', rule: 'first-mail' },
      contacts: [{ state: 'first-mail' }],
    });
    h.test.queue!.resume('notify');
    await h.tick();
    await settled(h, 1);
  });

  it('says when it was told and in which mail; or that it stood there before', async () => {
    const [mail] = await outbox(h);
    expect(await explained(BEST)).toMatchObject({
      answer: { kind: 'announced', rule: 'announced', says: expect.stringContaining(mail!.id) },
      contacts: [{ state: 'announced', notification: mail!.id }],
    });
    expect(await explained(STOOD)).toMatchObject({
      answer: {
        kind: 'stopped',
        rule: 'baseline',
        says: expect.stringMatching(
          /^It was already published when Anne received the first e-mail on 6 May 2026/,
        ),
      },
    });
  });

  it('says the same of a mail that is filed under another institute of its reader, if the call fits both', async () => {
    const [mail] = await outbox(h);
    const [other] = await h.query('SELECT id FROM profile WHERE id <> $1', [PROFILE]);
    const file = (under: string) => h.query('UPDATE notification SET profile_id = $1', [under]);
    const [alien] = await h.query(
      `SELECT id FROM call WHERE NOT EXISTS (SELECT FROM match WHERE call_id = call.id AND profile_id = $1) LIMIT 1`,
      [PROFILE],
    );
    await h.query(
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state, notification_id)
       SELECT recipient_id, 'alien', 'call', $2, 'digest', now(), 'written', id FROM notification WHERE id = $1`,
      [mail!.id, alien.id],
    );
    await file(other.id);
    expect(await explained(BEST)).toMatchObject({
      answer: {
        kind: 'announced',
        says: 'It was sent to Anne on 6 May 2026; it will be sent again if it changes.',
      },
      contacts: [{ state: 'announced', notification: null }],
    });
    expect(await explained(STOOD)).toMatchObject({ answer: { rule: 'baseline' } });
    const { contacts } = await explainedText(alien.id);
    expect(contacts).toMatchObject([{ state: 'baseline', notification: null }]);
    await file(PROFILE);
    await h.query(`DELETE FROM notification_item WHERE key = 'alien'`);
  });

  it('tells the network nothing of what was sent: that depends on what the institute decides', async () => {
    const outside = await explained(BEST, TOKEN);
    expect(outside).toMatchObject({
      answer: { kind: 'passes', rule: null },
      contacts: [{ state: 'nothing', at: null, notification: null, place: null }],
    });
    const sent = ['announced', 'baseline', 'rank', 'digest'];
    expect(outside.rules.filter(({ rule }) => sent.includes(rule))).toEqual([]);
    expect((await explained(STOOD, TOKEN)).contacts).toEqual(outside.contacts);
  });

  it('says which digest it waits for, and of which there is no room in it; and so it comes', async () => {
    fresh = ['new-1', 'new-2', 'new-3'].map(like);
    h.portal.deadline(STOOD, '2026-11-20T17:00:00.000+0100');
    await harvested(h);
    const before = new Map<string, Explanation>();
    for (const reference of [...fresh, STOOD]) before.set(reference, await explained(reference));
    const kinds = [...before.values()].map((e) => e.answer.rule);
    expect(kinds.filter((k) => k === 'digest')).toHaveLength(2);
    expect(kinds.filter((k) => k === 'rank')).toHaveLength(2);
    const waiting = [...before].filter(([, e]) => e.answer.rule === 'digest').map(([reference]) => reference);
    expect(before.get(waiting[0]!)!).toMatchObject({
      answer: { kind: 'waits', says: 'It is waiting for the next digest, to Anne on 11 May 2026.' },
      contacts: [{ state: 'digest', at: '2026-05-11T05:00:00.000Z' }],
    });
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(mail.calls.map((c) => c.title).sort()).toEqual(waiting.map(titleOf).sort());
    for (const reference of waiting)
      expect(await explained(reference)).toMatchObject({
        answer: { kind: 'announced', rule: 'announced' },
        contacts: [{ notification: mail.id, at: expect.stringMatching(/^2026-05-11T/) }],
      });
    for (const [reference, e] of before)
      if (e.answer.rule === 'rank')
        expect(await explained(reference)).toMatchObject({
          answer: { kind: 'waits', rule: 'digest' },
          contacts: [{ at: '2026-05-18T05:00:00.000Z' }],
        });
  });

  it('says that what was told has changed, and will be told again', async () => {
    h.portal.deadline(BEST, '2026-11-17T17:00:00.000+0100');
    await harvested(h);
    expect((await explained(BEST)).rules.find((r) => r.rule === 'announced')!.outcome).toBe('passed');
    expect(['digest', 'rank']).toContain((await explained(BEST)).answer.rule);
  });

  it('promises nothing that was refused since, unless there is a bid, and has what was behind it come instead', async () => {
    const all = [BEST, STOOD, ...fresh];
    const by = async (rule: string): Promise<string[]> => {
      const found = [];
      for (const one of all) if ((await explained(one)).answer.rule === rule) found.push(one);
      return found;
    };
    // What the institute decides counts for those alone who may see it.
    await h.query('UPDATE contact SET admitted_at = confirmed_at');
    const [first, behind] = [await by('digest'), await by('rank')];
    expect([first.length, behind.length]).toEqual([2, 1]);
    const refuse = async (reference: string): Promise<void> => {
      const { call } = await explained(reference);
      const { status } = await h.call(`/v1/profiles/${PROFILE}/calls/${call.id}/verdict`, {
        method: 'PUT',
        token: await serviceKey(h.test, 'write', PROFILE),
        body: { verdict: 'not', reason: 'topic' },
      });
      expect(status).toBe(200);
    };
    const begin = async (reference: string): Promise<unknown> =>
      h.query(
        `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, $2, 'preparing', $3, 'EUR', '{}', '[]', '[]', '[]', $3, $3)`,
        [PROFILE, (await explained(reference)).call.id, h.clock.now()],
      );
    for (const reference of behind) {
      await refuse(reference);
      await begin(reference);
    }
    expect(await by('rank')).toEqual(behind);
    for (const reference of first) await refuse(reference);
    expect(await by('digest')).toEqual(behind);
    expect(first).toEqual(expect.arrayContaining(await by('verdict')));
    // A bid was begun after all.
    const bid = first[0]!;
    await begin(bid);
    const told = [bid, ...behind].sort();
    expect((await by('digest')).sort()).toEqual(told);
    await digestDate(h, '2026-05-18T05:00:00Z');
    const mail = (await settled(h, 3)).at(-1)!;
    expect(mail.calls.map((c) => c.title).sort()).toEqual(told.map(titleOf).sort());
  });

  it('says that everybody has stopped the mails', async () => {
    await h.query('UPDATE recipient SET stopped_at = now()');
    expect(await explained(STOOD)).toMatchObject({
      answer: { rule: 'contact', says: 'All recipients have stopped the e-mails.' },
      contacts: [{ state: 'stopped' }],
    });
  });
});
