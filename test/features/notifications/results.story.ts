import {
  ANNE,
  BEN,
  digestDate,
  digesting,
  PROFILE,
  settled,
  textOf,
  type Told,
  welcomed,
  withContacts,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { TestRegister } from '../../support/harvest/register.js';
import { row, table, wordFile } from '../../support/harvest/word-file.js';

const BEST = '90000024TOPICSen';
const BID = '00000000-0000-4000-8000-00000000b1d0';
const PAGE = 'https://ec.europa.eu/transparency/comitology-register/screen/documents';

let h: Harvesting;
let register: TestRegister;
let title: string;
let topic: string;
beforeAll(async () => {
  register = await TestRegister.start();
  register.put('900001/1', { type: 'A', title: 'Draft agenda' });
  const settings = digesting({ first: 1 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => {
      const adjusted = settings(w);
      return { ...adjusted, sources: [...adjusted.sources, register.source] };
    },
  });
  await withContacts(h, 'leti', [BEN]);
  await welcomed(h).catch(() => undefined);
  await settled(h, 2);
  await h.harvest('comitology-register');
  const [call] = await h.query(
    `SELECT id, content->>'identifier' AS identifier, content->>'callIdentifier' AS "callIdentifier" FROM call WHERE content->>'reference' = $1`,
    [BEST],
  );
  title = `Draft decision on the award of grants, call ${call.callIdentifier}`;
  topic = call.identifier;
  await h.query(
    `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, acronym, deadline_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
     VALUES ($1, $2, $3, 'submitted', now(), 'GLASS', '2026-03-03T16:00:00Z', 'EUR', '{}', '[]', '[]', '[]', now(), now())`,
    [BID, PROFILE, call.id],
  );
});
afterAll(async () => {
  await h?.stop();
  await register?.stop();
});

/** Returns the digests of a date by reader. */
async function digests(slot: string, mails: number): Promise<Told[]> {
  await digestDate(h, slot);
  return (await settled(h, mails)).filter((m) => m.createdAt >= slot);
}
const annex = (acronym: string) =>
  wordFile(
    table(
      row(['Proposal number', 'Acronym', 'Topic', 'Maximum contribution']),
      row(['101234567', acronym, topic, '1 500 000.00']),
    ),
  );

describe('a draft decision on the awards of a call', () => {
  it('reaches the institute that has submitted a bid to it, alone, and says what it names', async () => {
    register.put('900010/1', {
      title,
      until: '2026-05-20T22:00:00Z',
      files: { 'Annex.docx': annex('Glass') },
    });
    expect(await h.harvest('comitology-register')).toMatchObject({ state: 'accepted' });
    const told = await digests('2026-05-11T05:00:00Z', 3);
    expect(told.map((m) => m.to.address)).toEqual([ANNE.email]);
    const text = (await textOf(h, told[0]!)).replace(/\s+/g, ' ');
    expect(text).toContain('the committee votes on a draft decision until 21 May 2026');
    expect(text).toContain('Its annex names Glass (101234567) with €1.5 million; this is not final.');
    expect(text).toContain(`${PAGE}/900010/1/consult`);
    expect(told[0]!.subject).toContain('1 result near');
  });

  it('is told of once, and again when the committee has voted', async () => {
    expect(await digests('2026-05-18T05:00:00Z', 3)).toEqual([]);
    register.put('900011/1', {
      type: 'V',
      title: `Formal results of voting on ${title}`,
      meeting: 'CMTD(900010/1)',
      until: '2026-05-20T22:00:00Z',
    });
    expect(await h.harvest('comitology-register')).toMatchObject({ state: 'accepted' });
    const [told] = await digests('2026-05-25T05:00:00Z', 4);
    const text = (await textOf(h, told!)).replace(/\s+/g, ' ');
    expect(text).toContain('the committee has voted on the draft decision');
    expect(text).toContain(`${PAGE}/900011/1/consult`);
  });

  it('in an unknown form is linked, and nothing is said of the bid', async () => {
    register.put('900012/1', {
      title: `${title}, batch 2`,
      createdAt: '2026-05-26T08:00:00Z',
      files: { 'Annex.docx': wordFile(table(row(['Name', 'Sum']), row(['GLASS', '1 500 000.00']))) },
    });
    await h.query(`UPDATE committee_document SET proposals = '[]' WHERE reference = '900010'`);
    expect(await h.harvest('comitology-register')).toMatchObject({ state: 'accepted' });
    const [told] = await digests('2026-06-01T05:00:00Z', 5);
    const text = (await textOf(h, told!)).replace(/\s+/g, ' ');
    expect(text).toContain(`${PAGE}/900012/1/consult`);
    expect(text).not.toContain('annex');
  });

  it('is told of to nobody whose bid is decided on', async () => {
    await h.query(`UPDATE opportunity SET stage = 'funded' WHERE id = $1`, [BID]);
    register.put('900013/1', { title: `${title}, batch 3`, createdAt: '2026-05-28T08:00:00Z' });
    expect(await h.harvest('comitology-register')).toMatchObject({ state: 'accepted' });
    expect(await digests('2026-06-08T05:00:00Z', 5)).toEqual([]);
  });
});
