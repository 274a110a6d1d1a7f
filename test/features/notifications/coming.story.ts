import {
  digestDate,
  digesting,
  files,
  harvested,
  outbox,
  settled,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { draft, type DraftedTopic, TestRegister } from '../../support/harvest/register.js';

/** The best match. */
const BEST = '90000024TOPICSen';
const LATE = '2026-12-01T17:00:00.000+0100';
const CALL = 'HORIZON-CL9-2027-01';

let h: Harvesting;
let register: TestRegister;
beforeAll(async () => {
  register = await TestRegister.start();
  register.put('900001/1', { type: 'A', title: 'Draft agenda' });
  const settings = digesting({ first: 1, maxItems: 3 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => {
      const adjusted = settings(w);
      return { ...adjusted, sources: [...adjusted.sources, register.source] };
    },
  });
  h.portal.deadline(BEST, LATE);
  await welcomed(h);
  await h.harvest('comitology-register');
});
afterAll(async () => {
  await h?.stop();
  await register?.stop();
});

const DATES = 'Opening: 02 Mar 2027 Deadline(s): 07 Oct 2027';

/** Returns a topic that fits as well as the best one. */
async function likeBest(identifier: string, ending: string): Promise<DraftedTopic> {
  const [{ content }] = await h.query(`SELECT content FROM call WHERE content->>'reference' = $1`, [BEST]);
  const text = content.sections.map((s: { text: string }) => s.text.replace(/[<&>]/g, ' ')).join(' ');
  return { identifier, title: `${content.title}, ${ending}`, text };
}

/** Puts a draft of topics that fit as well as the best one, and a call that is news. */
async function drafted(version: number, ...titles: string[]): Promise<void> {
  const topics = await Promise.all(titles.map((title, i) => likeBest(`${CALL}-AB-0${i + 1}`, title)));
  register.put(`900003/${version}`, { files: { 'Draft.docx': draft(CALL, DATES, topics) } });
  await h.harvest('comitology-register');
  h.portal.deadline(h.portal.addLike(BEST, `news-${version}`), LATE);
  await harvested(h);
}
const textOf = async (messageId: string): Promise<string> =>
  (await files(h)).find((m) => m.messageId === `<${messageId}>`)!.text!.replace(/\s+/g, ' ');

describe('topics of drafts in the digest', () => {
  it('stand in a section of their own, with the draft that they are from', async () => {
    await drafted(1, 'first draft');
    await digestDate(h, '2026-05-18T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(mail.calls.map((c) => c.title).join()).not.toContain('first draft');
    const coming = (await textOf(mail.messageId)).split('Coming: topics of drafts')[1]!;
    expect(coming).toContain('first draft');
    expect(coming).toContain('draft of 1 May 2026, version 1; not yet adopted');
  });

  it('are listed once', async () => {
    await drafted(2, 'first draft', 'second draft');
    await digestDate(h, '2026-05-25T05:00:00Z');
    const text = await textOf((await settled(h, 3)).at(-1)!.messageId);
    expect(text.split('Coming: topics of drafts')[1]).toContain('second draft');
    expect(text).not.toContain('first draft');
  });

  it('wait for a digest for a week, and then come alone', async () => {
    await h.query(`UPDATE recipient SET preferences = preferences || '{"frequency": "daily"}'`);
    const topics = [await likeBest(`${CALL}-X-01`, 'alone')];
    register.put('900005/1', { files: { 'Draft.docx': draft(`${CALL}-X`, DATES, topics) } });
    await h.harvest('comitology-register');
    await h.matched();
    for (const day of [26, 27, 28, 29, 30, 31]) await digestDate(h, `2026-05-${day}T05:00:00Z`);
    expect(await outbox(h)).toHaveLength(3);
    await digestDate(h, '2026-06-01T05:00:00Z');
    const mail = (await settled(h, 4)).at(-1)!;
    expect(mail.subject).toContain('1 coming topic');
    expect(await textOf(mail.messageId)).toContain('alone');
    await h.query(`UPDATE recipient SET preferences = preferences - 'frequency'`);
  });

  it('are left out for a reader who does not want them', async () => {
    await h.query(`UPDATE recipient SET preferences = preferences || '{"coming": false}'`);
    await drafted(3, 'first draft', 'second draft', 'third draft');
    await digestDate(h, '2026-06-08T05:00:00Z');
    const text = await textOf((await settled(h, 5)).at(-1)!.messageId);
    expect(text).not.toContain('third draft');
    expect((await outbox(h)).every((m) => m.kind !== 'urgent')).toBe(true);
  });
});
