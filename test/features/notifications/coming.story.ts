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
import { draft, TestRegister } from '../../support/harvest/register.js';

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

/** Puts a draft of a topic that fits as well as the best one, and a call that is news. */
async function drafted(version: number, ...titles: string[]): Promise<void> {
  const [{ content }] = await h.query(`SELECT content FROM call WHERE content->>'reference' = $1`, [BEST]);
  const text = content.sections.map((s: { text: string }) => s.text.replace(/[<&>]/g, ' ')).join(' ');
  const topics = titles.map((title, i) => ({
    identifier: `${CALL}-AB-0${i + 1}`,
    title: `${content.title}, ${title}`,
    text,
  }));
  register.put(`900003/${version}`, {
    files: { 'Draft.docx': draft(CALL, 'Opening: 02 Mar 2027 Deadline(s): 07 Oct 2027', topics) },
  });
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

  it('are left out for a reader who does not want them', async () => {
    await h.query(`UPDATE recipient SET preferences = preferences || '{"coming": false}'`);
    await drafted(3, 'first draft', 'second draft', 'third draft');
    await digestDate(h, '2026-06-01T05:00:00Z');
    const text = await textOf((await settled(h, 4)).at(-1)!.messageId);
    expect(text).not.toContain('third draft');
    expect((await outbox(h)).every((m) => m.kind !== 'urgent')).toBe(true);
  });
});
