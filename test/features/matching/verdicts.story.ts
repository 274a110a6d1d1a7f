import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Verdict {
  verdict: string | null;
  reason: string | null;
  by: string | null;
  at: string | null;
  version: number | null;
  canUndo: boolean;
}

describe('verdicts', () => {
  let inbox: InboxTest;
  let n = 0;
  let call: string;
  const calls = Array.from({ length: 12 }, (_, i) => aCall(`C${i}`, { title: `Call ${i}` }));
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind'), aProfile('sister'), aProfile('third')], calls);
  });
  afterAll(() => inbox?.stop());
  // Each test gets a call without a verdict.
  beforeEach(async () => {
    call = await inbox.id(`Call ${n++}`);
  });

  const at = (path: string) => `/v1/profiles/wind/calls/${path}`;
  const put = (body: unknown, { token = inbox.token, id = call } = {}) =>
    api<Verdict>(inbox.test.url, at(`${id}/verdict`), { method: 'PUT', token, body });
  const undo = (query = '') =>
    api<Verdict & { detail: string }>(inbox.test.url, at(`${call}/verdict${query}`), {
      method: 'DELETE',
      token: inbox.token,
    });

  it('are given by name, with one reason for a "not", and can be taken back one step', async () => {
    expect((await put({ verdict: 'relevant' })).body).toMatchObject({
      verdict: 'relevant',
      reason: null,
      by: 'Olga Officer',
      version: 1,
      canUndo: true,
    });
    expect((await put({ verdict: 'not', reason: 'trl' })).body).toMatchObject({
      verdict: 'not',
      reason: 'trl',
    });
    expect((await undo()).body).toMatchObject({
      verdict: 'relevant',
      reason: null,
      by: 'Olga Officer',
      canUndo: false,
    });
    // Undo goes back one step, however often it is called.
    expect((await undo()).body).toMatchObject({ verdict: 'relevant', canUndo: false });
    expect((await put({ verdict: null })).body).toEqual({
      verdict: null,
      reason: null,
      until: null,
      by: null,
      byLink: false,
      at: null,
      version: null,
      canUndo: true,
    });
    expect((await undo()).body).toMatchObject({ verdict: 'relevant' });
  });

  it('said again change nothing: the first who said it stays, and what stood before too', async () => {
    const first = (await put({ verdict: 'relevant' })).body;
    const other = await (
      await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' })
    ).key('write');
    expect((await put({ verdict: 'relevant' }, { token: other })).body).toEqual(first);
    expect((await undo()).body.verdict).toBeNull();
  });

  it('are not undone where somebody decided since', async () => {
    const mine = (await put({ verdict: 'relevant' })).body;
    const other = await (
      await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' })
    ).key('write');
    const theirs = (await put({ verdict: 'not', reason: 'capacity' }, { token: other })).body;
    const refused = await undo(`?decidedAt=${mine.at}`);
    expect({ status: refused.status, detail: refused.body.detail }).toEqual({
      status: 409,
      detail: expect.stringContaining('since'),
    });
    expect((await undo(`?decidedAt=${theirs.at}`)).body).toMatchObject({
      verdict: 'relevant',
      by: 'Olga Officer',
    });
  });

  it('overrule nobody unseen where they say on what they were made', async () => {
    const other = await (
      await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' })
    ).key('write');
    const theirs = (await put({ verdict: 'not', reason: 'capacity', decidedAt: null }, { token: other }))
      .body;
    const refused = await put({ verdict: 'relevant', decidedAt: null });
    expect({ status: refused.status, ...refused.body }).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/^Otto Other has decided on this call since.*not for us \(capacity\)/),
    });
    // The same verdict twice is no conflict, and anyone who saw the other's verdict may overrule it.
    expect((await put({ verdict: 'not', reason: 'capacity', decidedAt: null })).body).toEqual(theirs);
    const mine = (await put({ verdict: 'relevant', decidedAt: theirs.at })).body;
    expect(mine).toMatchObject({ verdict: 'relevant', by: 'Olga Officer' });
    await put({ verdict: null }, { token: other });
    expect((await put({ verdict: 'not', reason: 'topic', decidedAt: mine.at })).status).toBe(409);
    expect((await put({ verdict: 'relevant', decidedAt: 'yesterday' })).body).toMatchObject({
      status: 400,
      errors: [{ path: 'decidedAt' }],
    });
  });

  it('of two at once on one call are one, and a refusal that says which', async () => {
    const both = await Promise.all([
      put({ verdict: 'relevant', decidedAt: null }),
      put({ verdict: 'not', reason: 'trl', decidedAt: null }),
    ]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });

  it('of many at once come one after the other: the last stands, and before it another', async () => {
    const reasons = ['topic', 'trl', 'role', 'budget', 'timing', 'eligibility', 'capacity'];
    const all = await Promise.all(reasons.map((reason) => put({ verdict: 'not', reason })));
    expect(all.map((r) => r.status)).toEqual(reasons.map(() => 200));
    const stood = (await undo()).body;
    expect(stood.verdict).toBe('not');
    expect(reasons).toContain(stood.reason);
  });

  it('remember the version that was looked at, never a later one than there is', async () => {
    expect((await put({ verdict: 'relevant', version: 7 })).body.version).toBe(1);
    await inbox.store(
      calls.map((c) =>
        c.title === `Call ${n - 1}` ? { ...c, title: `Call ${n - 1}`, keywords: ['another keyword'] } : c,
      ),
    );
    expect((await put({ verdict: 'not', reason: 'topic', version: 1 })).body.version).toBe(1);
    expect((await put({ verdict: 'relevant' })).body.version).toBe(2);
  });

  it('are refused with the field that is wrong', async () => {
    for (const [body, path] of [
      [{ verdict: 'not' }, 'reason'],
      [{ verdict: 'relevant', reason: 'topic' }, 'reason'],
      [{ verdict: 'perhaps' }, 'verdict'],
      [{ verdict: 'not', reason: 'mood' }, 'reason'],
      [{}, 'verdict'],
      [{ verdict: 'relevant', version: 0 }, 'version'],
    ] as const)
      expect((await put(body)).body).toMatchObject({ status: 400, errors: [{ path }] });
    expect((await put({ verdict: 'relevant' }, { id: '00000000-0000-4000-8000-000000000000' })).status).toBe(
      404,
    );
    expect(
      (
        await api(inbox.test.url, at('x/verdict'), {
          method: 'PUT',
          token: inbox.token,
          body: { verdict: 'relevant' },
        })
      ).body,
    ).toMatchObject({ status: 400, errors: [{ path: 'call' }] });
  });

  it('stay inside: no sister, no network, and no reader gives or takes one', async () => {
    await put({ verdict: 'relevant' });
    const strangers = [
      await (await somebody(inbox.test, { role: 'officer', profile: 'sister' })).key('write'),
      await (await somebody(inbox.test, { role: 'coordinator' })).key('write'),
      await (await somebody(inbox.test, { role: 'reader', profile: 'wind' })).key('write'),
      await serviceKey(inbox.test, 'write', 'sister'),
      await serviceKey(inbox.test, 'read', 'wind'),
    ];
    for (const token of strangers) {
      for (const [method, path] of [
        ['PUT', 'verdict'],
        ['DELETE', 'verdict'],
        ['POST', 'seen'],
      ] as const) {
        const { status } = await api(inbox.test.url, at(`${call}/${path}`), {
          method,
          token,
          ...(method === 'PUT' && { body: { verdict: 'not', reason: 'topic' } }),
        });
        expect({ method, status }).toEqual({ method, status: 403 });
      }
    }
    expect((await put({ verdict: 'relevant' })).body).toMatchObject({
      verdict: 'relevant',
      by: 'Olga Officer',
    });
  });

  it('tell sister institutes nothing: an interest is opened, and does not follow', async () => {
    const sister = await serviceKey(inbox.test, 'read', 'sister');
    await put({ verdict: 'relevant' });
    expect((await api(inbox.test.url, `/v1/calls/${call}/interest`, { token: sister })).body).toEqual({
      items: [],
      next: null,
      total: 0,
    });
  });
});
