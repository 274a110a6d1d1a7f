import { parse } from 'csv-parse/sync';
import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { NoteEntity } from '../../../src/decisions/store/note.repository.js';
import { api, TOKEN } from '../../support/app.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { bearer, formWith, get, startSheets, workbook } from '../../support/institutes/sheets.js';
import { eventually } from '../../support/until.js';

interface Line {
  row: number;
  outcome: string;
  call: { title: string } | null;
  nearest: string[];
  joins: number | null;
  decision: object | null;
  note: string | null;
  unknownWord: string | null;
}
interface Answer {
  columns: { heading: string; field: string | null }[];
  lines: Line[];
  applied: { verdicts: number; notes: number } | null;
  detail: string;
}

/** Builds a zip with one file, whose header claims the given size and flags. */
function zip(name: string, data: Buffer, claim = data.length, flags = 0): Buffer {
  const head = Buffer.alloc(30);
  const packed = deflateRawSync(data);
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(claim, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), packed, Buffer.from('PK\x01\x02')]);
}

describe("an officer's old sheet", () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
  });
  afterAll(() => world?.stop());

  async function send(
    bytes: Buffer | string,
    query = '',
    name = 'veille.xlsx',
    token = world.token,
    profile = 'wind-a',
  ): Promise<{ status: number; body: Answer }> {
    const response = await fetch(new URL(`/v1/profiles/${profile}/import${query}`, world.test.url), {
      method: 'POST',
      headers: bearer(token),
      body: formWith(bytes, name),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  }
  async function verdictOf(
    title: string,
  ): Promise<{ verdict: string | null; reason: string | null; by: string | null }> {
    const { body } = await api(world.test.url, '/v1/profiles/wind-a/inbox?state=all&status=any', {
      token: world.token,
    });
    return (body.items as { title: string; review: Awaited<ReturnType<typeof verdictOf>> }[]).find(
      (i) => i.title === title,
    )!.review;
  }
  const notesOf = async (title: string) =>
    (
      await api(world.test.url, `/v1/profiles/wind-a/calls/${await world.id(title)}/notes`, {
        token: world.token,
      })
    ).body.items as { text: string; author: string }[];

  const SHEET = [
    ['Veille Europe', null, null, null, null],
    ['Référence', 'Titre', 'Décision', 'Motif', 'Commentaire'],
    ['HORIZON-W1-2027-01', 'Wind one', 'Oui', null, 'Voir avec Paul'],
    ['voir horizon-w2-2027-01', null, 'non', 'TRL trop bas', null],
    [null, 'WIND THREE', 'bof', null, null],
    ['HORIZON-W9-2027-01', 'Gone', 'oui', null, null],
    ['HORIZON-W1-2027-01', null, 'Oui', null, 'Relancer'],
    [null, null, null, null, null],
    ['HORIZON-W4-2027-01', 'Wind four', null, null, null],
  ];

  it('is read line by line, and nothing is written in a dry run', async () => {
    const { status, body } = await send(await workbook(SHEET));
    expect(status).toBe(200);
    expect(body.columns.map((c) => c.field)).toEqual(['identifier', 'title', 'verdict', 'reason', 'note']);
    expect(body.lines.map((l) => [l.row, l.outcome, l.call?.title ?? null])).toEqual([
      [3, 'write', 'Wind one'],
      [4, 'write', 'Wind two'],
      [5, 'write', 'Wind three'],
      [6, 'not-found', null],
      [7, 'write', 'Wind one'],
      [9, 'silent', 'Wind four'],
    ]);
    expect(body.lines[1]).toMatchObject({
      decision: { verdict: 'not', reason: 'trl' },
      note: 'TRL trop bas',
    });
    expect(body.lines[2]).toMatchObject({ decision: null, note: 'bof', unknownWord: 'bof' });
    expect(body.lines[3]!.nearest[0]).toBe('HORIZON-W1-2027-01');
    expect(body.lines[4]).toMatchObject({ joins: 3, decision: null, note: 'Relancer' });
    expect(body.applied).toBeNull();
    expect(await verdictOf('Wind one')).toMatchObject({ verdict: null });
  });

  it("becomes verdicts and notes under the officer's name; sent again it changes nothing", async () => {
    const sheet = await workbook(SHEET);
    expect((await send(sheet, '?dryRun=false')).body.applied).toEqual({
      verdicts: 2,
      notes: 4,
      opportunities: 0,
    });
    expect(await verdictOf('Wind one')).toMatchObject({ verdict: 'relevant', by: 'Olga Officer' });
    expect(await verdictOf('Wind two')).toMatchObject({ verdict: 'not', reason: 'trl' });
    expect((await notesOf('Wind one')).map((n) => [n.text, n.author]).sort()).toEqual([
      ['Relancer\n(Excel: veille.xlsx)', 'Olga Officer'],
      ['Voir avec Paul\n(Excel: veille.xlsx)', 'Olga Officer'],
    ]);
    const again = await send(sheet, '?dryRun=false', 'the same under another name.xlsx');
    expect(again.body.applied).toEqual({ verdicts: 0, notes: 0, opportunities: 0 });
    expect(again.body.lines.map((l) => l.outcome)).toEqual([
      'same',
      'same',
      'same',
      'not-found',
      'same',
      'silent',
    ]);
  });

  it('does not overwrite what was decided, unless that is wanted; and that can be undone', async () => {
    const sheet = 'Identifier,Verdict,Reason\r\nHORIZON-W1-2027-01,no,budget\r\n';
    expect((await send(sheet, '?dryRun=false', 'v.csv')).body).toMatchObject({
      applied: { verdicts: 0, notes: 0, opportunities: 0 },
      lines: [{ outcome: 'conflict' }],
    });
    expect(await verdictOf('Wind one')).toMatchObject({ verdict: 'relevant' });
    expect((await send(sheet, '?dryRun=false&overwrite=true', 'v.csv')).body.applied).toEqual({
      verdicts: 1,
      notes: 0,
      opportunities: 0,
    });
    expect(await verdictOf('Wind one')).toMatchObject({ verdict: 'not', reason: 'budget' });
    await api(world.test.url, `/v1/profiles/wind-a/calls/${await world.id('Wind one')}/verdict`, {
      method: 'DELETE',
      token: world.token,
    });
    expect(await verdictOf('Wind one')).toMatchObject({ verdict: 'relevant' });
  });

  it('counts only what it wrote: where somebody decides in that very moment, theirs stands', async () => {
    const call = await world.id('Wind five');
    const database = world.test.app.get(DataSource);
    const other = database.createQueryRunner();
    await other.startTransaction();
    await other.query(
      `INSERT INTO review (profile_id, call_id, verdict, reason, verdict_by) VALUES ('wind-a', $1, 'not', 'trl', 'Ada')`,
      [call],
    );
    const sent = send('Identifier,Verdict\nHORIZON-W5-2027-01,yes\n', '?dryRun=false', 'v.csv');
    await eventually(
      'the import waits for Ada',
      async () =>
        (
          (await database.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )) as unknown[]
        ).length > 0,
    );
    await other.commitTransaction();
    await other.release();
    expect((await sent).body.applied).toEqual({ verdicts: 0, notes: 0, opportunities: 0 });
    expect(await verdictOf('Wind five')).toMatchObject({ verdict: 'not', by: 'Ada' });
    await database.query('DELETE FROM review WHERE call_id = $1', [call]);
  });

  it('may be one of our own tables with notes that were typed on a page: none of them comes twice', async () => {
    const at = {
      profileId: 'wind-a',
      callId: await world.id('Wind four'),
      author: 'Ada',
      personId: null,
      createdAt: new Date('2026-06-01T08:00:00Z'),
    };
    await world.test.app
      .get(DataSource)
      .getRepository(NoteEntity)
      .insert({ ...at, id: randomUUID(), text: 'Two lines,\r\n\r\nas a browser sends them.' });
    for (const format of ['xlsx', 'csv']) {
      const ours = Buffer.from(
        await (
          await get(world.test.url, `/v1/profiles/wind-a/export/matches.${format}`, bearer(world.token))
        ).arrayBuffer(),
      );
      expect((await send(ours, '?dryRun=false', `ours.${format}`)).body.applied).toEqual({
        verdicts: 0,
        notes: 0,
        opportunities: 0,
      });
    }
  });

  it('may be our CSV that Excel saved as a workbook: notes of lines that begin with a dash do not come twice', async () => {
    await api(world.test.url, `/v1/profiles/wind-a/calls/${await world.id('Wind four')}/notes`, {
      method: 'POST',
      token: world.token,
      body: { text: 'To do:\n- ring +33 1 23; =soon\n- ask Ghent\u000bagain' },
    });
    for (const [language, delimiter] of [['fr', ';'] as const, ['en', ','] as const]) {
      const path = `/v1/profiles/wind-a/export/matches.csv?language=${language}`;
      const csv = await (await get(world.test.url, path, bearer(world.token))).text();
      // Excel keeps the apostrophe before a dash as a letter of the text.
      const rows = parse(csv.replace(/^\ufeff/, ''), { delimiter });
      expect(rows.flat().find((cell) => cell.includes('ask Ghent'))).toContain("\n'- ask");
      expect((await send(await workbook(rows), '?dryRun=false')).body.applied).toEqual({
        verdicts: 0,
        notes: 0,
        opportunities: 0,
      });
    }
    const own = await get(world.test.url, '/v1/profiles/wind-a/export/matches.xlsx', bearer(world.token));
    expect((await send(Buffer.from(await own.arrayBuffer()), '?dryRun=false')).body.applied).toMatchObject({
      notes: 0,
    });
  });

  it('may be one of our own tables with columns added beside it: what stands there is read', async () => {
    const path = '/v1/profiles/wind-a/export/matches.csv?language=en';
    const csv = await (await get(world.test.url, path, bearer(world.token))).text();
    const [head, ...rows] = parse(csv.replace(/^\ufeff/, ''));
    const beside = rows.map((row) => [...row, 'Anne', row.includes('Wind five') ? 'Ask Ghent first' : null]);
    const { body } = await send(await workbook([[...head!, 'Who', 'Remarks'], ...beside]));
    expect(body.columns.at(-1)).toEqual({ heading: 'Remarks', field: 'note' });
    expect(body.lines.filter((l) => l.note !== null).map((l) => [l.call?.title, l.note])).toEqual([
      ['Wind five', 'Ask Ghent first'],
    ]);
  });

  it('may be a CSV of an old Windows with semicolons, or a body by itself', async () => {
    const latin = Buffer.from(
      'Référence;Décision;Remarques\r\nHORIZON-W5-2027-01;à discuter;"é;à"\r\n',
      'latin1',
    );
    const { body } = await send(latin, '', 'v.csv');
    expect(body.lines[0]).toMatchObject({ outcome: 'write', note: 'à discuter\né;à', unknownWord: null });
    const raw = await fetch(new URL('/v1/profiles/wind-a/import', world.test.url), {
      method: 'POST',
      headers: { ...bearer(world.token), 'content-type': 'text/csv' },
      body: latin as BodyInit,
    });
    expect(((await raw.json()) as Answer).lines).toHaveLength(1);
  });

  it('may be one of our own tables that was worked on: only what was added is new', async () => {
    for (const format of ['xlsx', 'csv']) {
      const ours = Buffer.from(
        await (
          await get(
            world.test.url,
            `/v1/profiles/wind-a/export/matches.${format}?language=fr`,
            bearer(world.token),
          )
        ).arrayBuffer(),
      );
      const { lines } = (await send(ours, '', `ours.${format}`)).body;
      expect(lines).toHaveLength(5);
      expect(lines.filter((l) => !['same', 'silent'].includes(l.outcome))).toEqual([]);
    }
  });

  it('is refused in clear words where it is no sheet', async () => {
    const tenThousand = `Topic,Verdict\n${'HORIZON-W1-2027-01,yes\n'.repeat(10_000)}`;
    const far =
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>';
    const cases: [Buffer | string, number, RegExp][] = [
      ['', 400, /empty/],
      ['\n\n', 400, /empty/],
      ['<html><table><tr><td>Topic</td></tr></table></html>', 415, /web page/],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 415, /old Excel format/],
      [
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
        415,
        /password/,
      ],
      [Buffer.alloc(3_000_000, 'a'), 413, /2 MB/],
      [tenThousand, 413, /5000 lines/],
      ['%PDF-1.7', 415, /neither/],
      [Buffer.from([0, 1, 2, 3, 0, 9]), 415, /neither/],
      ['Nom;Prénom\nDurand;Anne\n', 400, /No column identifies a call.*Nom \| Prénom/],
      [(await workbook(SHEET)).subarray(0, 900), 400, /damaged/],
      [zip('xl/workbook.xml', Buffer.alloc(60_000_000)), 413, /unpacked/],
      [zip('xl/workbook.xml', Buffer.from('<x/>'), 4_000_000_000), 413, /unpacked/],
      [zip('xl/workbook.xml', Buffer.from('<x/>'), 4, 1), 415, /password/],
      [zip('word/document.xml', Buffer.from('<x/>')), 415, /neither/],
      [zip('xl/workbook.xml', Buffer.from('<x/>')), 400, /damaged/],
      [
        Buffer.concat([
          zip('xl/workbook.xml', Buffer.from('<x/>')).subarray(0, -4),
          zip('xl/worksheets/sheet1.xml', Buffer.from(far)),
        ]),
        413,
        /5000 lines/,
      ],
    ];
    for (const [bytes, status, words] of cases) {
      const answer = await send(bytes, '?dryRun=false');
      expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(words)]);
    }
    expect((await send(Buffer.alloc(5_000_000))).status).toBe(413);
    const none = await fetch(new URL('/v1/profiles/wind-a/import', world.test.url), {
      method: 'POST',
      headers: bearer(world.token),
    });
    expect(none.status).toBe(400);
    // What `curl --data-binary` calls every file.
    const called = await fetch(new URL('/v1/profiles/wind-a/import', world.test.url), {
      method: 'POST',
      headers: { ...bearer(world.token), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Topic,Verdict\nHORIZON-W1-2027-01,yes\n',
    });
    expect([called.status, await called.json()]).toEqual([
      415,
      expect.objectContaining({ code: 'sheet-other-file' }),
    ]);
  });

  it('reads what formulas came to, and never works one out; of joined cells the first', async () => {
    const { body } = await send(
      `Topic,Verdict,Notes\nHORIZON-W5-2027-01,yes,"=HYPERLINK(""http://x"")"\n`,
      '',
      'f.csv',
    );
    expect(body.lines[0]).toMatchObject({
      note: '=HYPERLINK("http://x")',
      decision: { verdict: 'relevant' },
    });
  });

  it('is for those alone who may write in the institute', async () => {
    const reader = await (await somebody(world.test, { role: 'reader', profile: 'wind-a' })).key('read');
    const other = await (await somebody(world.test, { role: 'officer', profile: 'wind-b' })).key('write');
    for (const token of [reader, other, TOKEN])
      expect((await send('Topic\nX-1-2', '', 'v.csv', token)).status).toBe(403);
    expect(
      (await send('Topic,Verdict\nHORIZON-W1-2027-01,no', '', 'v.csv', other, 'wind-b')).body.lines[0],
    ).toMatchObject({ outcome: 'write' });
  });
});
