import type { Wiring } from '../../../src/app/platform.module.js';
import { contentHash } from '../../../src/calls/domain/versions/identity.js';
import { Reparse } from '../../../src/harvest/reparse.js';
import { type Source, Sources } from '../../../src/harvest/source-registry.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

type Parse = Source['parse'];

const topic = (n: number) => `900000${String(n).padStart(2, '0')}TOPICSen`;
const titleOf = (reference: string) => base.portal.find(reference).metadata['title']![0]!;

/** Holds the database and the portal but never works, so each worker's parser is the only one. */
let base: Harvesting;
let h: Harvesting | undefined;
beforeAll(async () => {
  base = await Harvesting.start({ copies: 1, working: false });
});
afterAll(async () => {
  await h?.stop();
  await base?.stop();
});

const reading =
  (made: (real: Parse) => Parse) =>
  (wiring: Wiring): Wiring => ({
    ...wiring,
    sources: wiring.sources.map((s) => ({ ...s, parse: made(s.parse) })),
  });

/** Restarts the program with a parser derived from the real one. */
async function version(made: (real: Parse) => Parse): Promise<Harvesting> {
  await h?.stop();
  h = await Harvesting.start({ beside: base, copies: 1, adjust: reading(made) });
  return h;
}

/** Appends words to each title. */
const retitled =
  (words: string) =>
  (real: Parse): Parse =>
  (document) => {
    const page = real(document);
    return { ...page, calls: page.calls.map((call) => ({ ...call, title: `${call.title} ${words}` })) };
  };
const asItCame = (real: Parse): Parse => real;
/** Only understands the later format. */
const renamed =
  (real: Parse): Parse =>
  ({ bytes, ...document }) => {
    const page = JSON.parse(bytes.toString());
    if (page.results.some((row: any) => row.metadata)) throw new Error('this is the form from before');
    return real({
      ...document,
      bytes: Buffer.from(
        JSON.stringify({
          ...page,
          results: page.results.map(({ meta, ...row }: any) => ({ ...row, metadata: meta })),
        }),
      ),
    });
  };

const lastSeq = async (): Promise<string> =>
  (await base.query('SELECT coalesce(max(seq), 0) AS seq FROM call_version'))[0].seq;
const versionsAfter = (seq: string) =>
  base.query(
    "SELECT content->>'reference' AS reference, changes, kinds FROM call_version WHERE seq > $1 ORDER BY seq",
    [seq],
  );
const told = async (seq: string) => (await versionsAfter(seq)).filter((v) => v.kinds.length);
const titles = async () =>
  new Map(
    (await base.query("SELECT content->>'reference' AS reference, content->>'title' AS title FROM call")).map(
      (c) => [c.reference, c.title],
    ),
  );
const harvested = async (program: Harvesting) => {
  base.clock.move({ hours: 1 });
  return program.harvest();
};

/** A tick may still be the one from startup, which checked earlier. */
const ticked = (program: Harvesting, what: string, seen: () => Promise<boolean>) =>
  until(what, async () => {
    await program.tick();
    return seen();
  });

describe('a new parser', () => {
  it('is no news: each call has a version more that tells of no change, and what really changed is told as it is', async () => {
    const first = await version(asItCame);
    expect(await first.ended()).toMatchObject({ state: 'accepted', counts: { calls: 60 } });
    const [before, seq] = [titleOf(topic(5)), await lastSeq()];
    const second = await version(retitled('(read anew)'));
    base.portal.title(topic(5), 'Another title');
    expect(await harvested(second)).toMatchObject({
      state: 'accepted',
      counts: { calls: 60, new: 0, changed: 60, missing: 0 },
    });
    const all = await versionsAfter(seq);
    expect(all).toHaveLength(60);
    // The change starts from what the new parser reads in the old document; otherwise its own words would
    // look like an edit by the source.
    expect(all.filter((v) => v.changes.length)).toEqual([
      {
        reference: topic(5),
        kinds: ['text'],
        changes: [
          { kind: 'text', field: 'title', from: `${before} (read anew)`, to: 'Another title (read anew)' },
        ],
      },
    ]);
    expect([...(await titles()).values()].every((t) => t.endsWith('(read anew)'))).toBe(true);
    const { body } = await second.call('/v1/changes?limit=100');
    expect(body.items).toMatchObject([
      { kind: 'text', changes: [{ field: 'title', from: `${before} (read anew)` }] },
    ]);
  });

  it('from then on is the one that counts', async () => {
    const seq = await lastSeq();
    expect(await harvested(h!)).toMatchObject({ counts: { changed: 0 } });
    base.portal.title(topic(6), 'And another');
    expect(await harvested(h!)).toMatchObject({ counts: { changed: 1 } });
    expect(await versionsAfter(seq)).toMatchObject([
      { reference: topic(6), kinds: ['text'], changes: [{ to: 'And another (read anew)' }] },
    ]);
  });

  it('is no news either where a quick check comes before the first whole run', async () => {
    const seq = await lastSeq();
    const third = await version(retitled('(read once more)'));
    await third.query('UPDATE source SET quick_check_due_at = $1', [base.clock.now()]);
    await ticked(
      third,
      'the quick check',
      async () =>
        (
          await third.query(
            "SELECT id FROM harvest_run WHERE kind = 'quick-check' AND state = 'accepted' AND (counts->>'changed')::int > 0",
          )
        ).length > 0,
    );
    expect((await versionsAfter(seq)).length).toBeGreaterThan(0);
    base.portal.title(topic(7), 'Changed by its source');
    expect(await harvested(third)).toMatchObject({ state: 'accepted' });
    expect([...(await titles()).values()].every((t) => t.endsWith('(read once more)'))).toBe(true);
    expect(await told(seq)).toMatchObject([
      { reference: topic(7), kinds: ['text'], changes: [{ to: 'Changed by its source (read once more)' }] },
    ]);
  });
});

describe('a source that changed its form', () => {
  it('is broken, says why, keeps the document that could not be read; the calls stand', async () => {
    const program = await version(asItCame);
    expect(await harvested(program)).toMatchObject({ state: 'accepted' });
    const [before, seq] = [await titles(), await lastSeq()];
    base.portal.faults({ shape: 1 });
    const run = await harvested(program);
    expect(run).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^the portal's rows changed shape, none of \d+ could be read: metadata/),
    });
    expect(await program.source()).toMatchObject({
      state: 'broken',
      reason: run.reason,
      calls: 60,
      missing: 0,
    });
    expect([await titles(), await lastSeq()]).toEqual([before, seq]);
    const [request] = await base.query(
      'SELECT q.*, d.size FROM harvest_request q JOIN raw_document d ON d.hash = q.rejected_hash WHERE run_id = $1 AND q.rejected_why = $2',
      [run.id, run.reason],
    );
    expect(request).toMatchObject({
      document_hash: null,
      rejected_why: run.reason,
      size: expect.any(Number),
    });
    const found = await program.test.app
      .get(Reparse)
      .preview(program.test.app.get(Sources).get('funding-tenders'));
    expect(found).toMatchObject({ same: 60, different: [], lost: [] });
    expect(found.rejected).toContainEqual(
      expect.objectContaining({ then: run.reason, now: { why: run.reason } }),
    );
  });

  it('is read again with a mended parser: a preview shows it and changes nothing, and the source is due once it is applied', async () => {
    const [seq, stored] = [await lastSeq(), await base.query('SELECT * FROM source_record ORDER BY key')];
    const mended = await version((real) => (document) => {
      const text = document.bytes.toString();
      return retitled('(mended)')(text.includes('"meta":') ? renamed(real) : real)(document);
    });
    const [reparse, source] = [
      mended.test.app.get(Reparse),
      mended.test.app.get(Sources).get('funding-tenders'),
    ];
    const state = await base.query('SELECT * FROM source');
    const found = await reparse.preview(source);
    expect(found).toMatchObject({ same: 0, lost: [] });
    // The pages of the three kinds are requested concurrently; how many arrive before the run is aborted is
    // random.
    expect(found.rejected.length).toBeGreaterThan(0);
    const held = {
      'grants-en: identifier 1.1': 45,
      'external-actions-en: callIdentifier 1.1': 6,
      'cascade-calls-en: callccm2Id 1.1': 9,
    };
    for (const { key, then, now } of found.rejected)
      expect([then, now]).toEqual([
        expect.stringMatching(/changed shape/),
        { calls: held[key as keyof typeof held] },
      ]);
    expect(found.different).toHaveLength(60);
    expect(
      found.different.every(({ changes }) => changes.length === 1 && changes[0]!.field === 'title'),
    ).toBe(true);
    expect([
      await lastSeq(),
      await base.query('SELECT * FROM source_record ORDER BY key'),
      await base.query('SELECT * FROM source'),
    ]).toEqual([seq, stored, state]);

    await reparse.apply(source, found);
    expect([...(await titles()).values()].every((t) => t.endsWith('(mended)'))).toBe(true);
    expect(await versionsAfter(seq)).toHaveLength(60);
    expect(await told(seq)).toEqual([]);
    expect(await reparse.preview(source)).toMatchObject({ same: 60, different: [] });
    const { last_seen_at: seen } = (
      await base.query('SELECT max(last_seen_at) AS last_seen_at FROM source_record')
    )[0];
    expect(seen).toEqual(stored.map((s) => s.last_seen_at).sort((a, b) => b - a)[0]);

    expect(Date.parse((await mended.source()).nextRunAt)).toBeLessThanOrEqual(base.clock.now().getTime());
    base.portal.title(topic(8), 'Told in the new form');
    await ticked(mended, 'the source to be healthy', async () => (await mended.source()).state === 'healthy');
    expect(await told(seq)).toMatchObject([
      {
        reference: topic(8),
        kinds: ['text'],
        changes: [{ from: expect.stringMatching(/\(mended\)$/), to: 'Told in the new form (mended)' }],
      },
    ]);
    expect(await reparse.preview(source)).toMatchObject({ same: 60, different: [], rejected: [] });
  });

  it('is no news where the new parser cannot read the form from before any more', async () => {
    const seq = await lastSeq();
    base.portal.faults({});
    const old = await version(retitled('(mended)'));
    expect(await harvested(old)).toMatchObject({ state: 'accepted', counts: { changed: 0 } });
    base.portal.faults({ shape: 1 });
    const program = await version((real) => retitled('(mended)')(renamed(real)));
    base.portal.title(topic(9), 'Changed along with the form');
    expect(await harvested(program)).toMatchObject({
      state: 'accepted',
      counts: { calls: 60, changed: 1, missing: 0 },
    });
    expect(await told(seq)).toMatchObject([
      { reference: topic(9), kinds: ['text'], changes: [{ to: 'Changed along with the form (mended)' }] },
    ]);
  });
});

describe('a program that still runs with the parser from before', () => {
  it('makes no news of what was read anew beside it', async () => {
    base.portal.faults({});
    const old = await version(asItCame);
    expect(await harvested(old)).toMatchObject({ state: 'accepted' });
    const mended = await Harvesting.start({
      beside: base,
      copies: 1,
      working: false,
      adjust: reading(retitled('(beside)')),
    });
    try {
      const [seq, source] = [await lastSeq(), mended.test.app.get(Sources).get('funding-tenders')];
      await mended.test.app.get(Reparse).apply(source, await mended.test.app.get(Reparse).preview(source));
      expect([...(await titles()).values()].every((t) => t.endsWith('(beside)'))).toBe(true);
      base.portal.title(topic(11), 'Changed by its source beside it');
      expect(await harvested(old)).toMatchObject({ state: 'accepted', counts: { changed: 60 } });
      expect(await told(seq)).toMatchObject([
        {
          reference: topic(11),
          changes: [{ from: expect.not.stringContaining('(beside)'), to: 'Changed by its source beside it' }],
        },
      ]);
    } finally {
      await mended.stop();
    }
  });
});

describe('what is read out of a text for the first time', () => {
  it('comes into the stored calls with the next run, with a document of theirs or without, and is told to nobody', async () => {
    base.portal.faults({});
    const calls = [topic(12), topic(13)];
    for (const call of calls)
      base.portal.edit(call, {
        topicConditions: [
          '<p>Participation is limited to legal entities established in Member States and Norway.</p>',
        ],
      });
    const program = await version(asItCame);
    expect(await harvested(program)).toMatchObject({ state: 'accepted' });
    // As stored by a program version that could not read it yet.
    for (const [at, reference] of calls.entries()) {
      const [{ content }] = await base.query(
        "SELECT content FROM source_record WHERE content->>'reference' = $1",
        [reference],
      );
      const before = { ...content };
      delete before.place;
      for (const table of ['source_record', 'call_version', 'call']) {
        await base.query(
          `UPDATE ${table} SET content = $2, content_hash = $3 WHERE content->>'reference' = $1 AND content ? 'place'`,
          [reference, before, contentHash(before)],
        );
      }
      if (at)
        await base.query("UPDATE source_record SET document_hash = NULL WHERE content->>'reference' = $1", [
          reference,
        ]);
    }
    const seq = await lastSeq();
    expect(await harvested(program)).toMatchObject({ state: 'accepted', counts: { changed: 2 } });
    expect(await versionsAfter(seq)).toEqual(
      calls.map((reference) => ({ reference, changes: [], kinds: [] })),
    );
    const places = await base.query(
      "SELECT content->'place'->>'quote' AS quote FROM call WHERE content->>'reference' = ANY($1)",
      [calls],
    );
    expect(places).toEqual(
      calls.map(() => ({
        quote: 'Participation is limited to legal entities established in Member States and Norway',
      })),
    );
    expect(await harvested(program)).toMatchObject({ state: 'accepted', counts: { changed: 0 } });
  });
});

describe('what a run changed after a preview was made', () => {
  it('is not undone when the preview is applied', async () => {
    base.portal.faults({});
    const program = await version(retitled('(applied late)'));
    const [reparse, source] = [
      program.test.app.get(Reparse),
      program.test.app.get(Sources).get('funding-tenders'),
    ];
    const found = await reparse.preview(source);
    base.portal.title(topic(10), 'Newer than the preview');
    expect(await harvested(program)).toMatchObject({ state: 'accepted' });
    const seq = await lastSeq();
    await reparse.apply(source, found);
    expect((await titles()).get(topic(10))).toBe('Newer than the preview (applied late)');
    expect(await versionsAfter(seq)).toEqual([]);
  });
});
