import { load, type CheerioAPI } from 'cheerio';
import { DataSource } from 'typeorm';
import { TestClock } from '../../support/clock.js';
import { somebody } from '../../support/access/people.js';
import { PipelineTest } from '../../support/institutes/pipeline.js';

/** Returns the current values of a form's fields. */
const fieldsOf = (page: CheerioAPI, selector: string): Record<string, string> =>
  Object.fromEntries(
    page(selector)
      .find('input[name], select[name], textarea[name]')
      .get()
      .flatMap((field): [string, string][] => {
        const one = page(field);
        if (one.attr('type') === 'checkbox' && one.attr('checked') === undefined) return [];
        const chosen = one.is('select') ? one.find('option[selected]').attr('value') : undefined;
        const value = one.is('textarea') ? one.text() : one.attr('value');
        return [[one.attr('name')!, chosen ?? value ?? '']];
      }),
  );

describe('the pages of the pipeline', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let pipeline: PipelineTest;
  let id: string;
  const PATH = '/institutes/wind/pipeline';
  beforeAll(async () => {
    pipeline = await PipelineTest.start(['Alpha', 'Beta', 'Gamma'], clock);
    ({ id } = await pipeline.begin('Alpha'));
    await pipeline.begin('Beta');
  });
  afterAll(() => pipeline?.stop());

  const page = async (path: string): Promise<CheerioAPI> => {
    const { status, body } = await pipeline.world.officer.get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return load(body);
  };
  const post = (path: string, form: Record<string, string>) => pipeline.world.officer.post(path, form);
  const column = (board: CheerioAPI, stage: string): string[] =>
    board(`section[aria-labelledby=stage-${stage}] h3`)
      .get()
      .map((title) => board(title).text().trim())
      .sort();

  it('show a board with a column for each stage, and move a card by its own form', async () => {
    const board = await page(PATH);
    expect(column(board, 'to-study')).toEqual(['Alpha', 'Beta']);
    const form = board(`form[action="${PATH}/${id}/stage"]`);
    expect(
      form
        .find('option')
        .get()
        .map((o) => board(o).attr('value')),
    ).toEqual(['go-no-go', 'preparing', 'no-go', 'withdrawn']);
    const sent = { ...fieldsOf(board, `form[action="${PATH}/${id}/stage"]`), stage: 'preparing' };
    expect((await post(form.attr('action')!, sent)).location).toBe(PATH);
    const after = await page(PATH);
    expect([column(after, 'to-study'), column(after, 'preparing')]).toEqual([['Beta'], ['Alpha']]);
    // The old form refers to a stage that the bid has left.
    await post(form.attr('action')!, sent);
    expect((await page(PATH))('[role=status]').text()).toContain('moved in the meantime');
  });

  it('are one press away from the page of the call', async () => {
    const call = await page(`/institutes/wind/calls/${await pipeline.world.id('Alpha')}`);
    expect(call(`a[href="${PATH}/${id}"]`).text()).toBe('In the pipeline: Preparing');
  });

  it('are narrowed by their address, as a list too', async () => {
    const list = await page(`${PATH}?view=table&stage=preparing`);
    expect(list('tbody th').text()).toContain('Alpha');
    expect(list('tbody tr').length).toBe(1);
    expect(list('select[name=stage] option[selected]').attr('value')).toBe('preparing');
    expect((await page(`${PATH}?q=nothing`))('.empty').text()).toContain('for these filters');
  });

  it('keep what is known of a bid, and say at the field what is wrong with it', async () => {
    const path = `${PATH}/${id}`;
    const fields = fieldsOf(await page(path), 'form.pipeline-facts');
    const wrong = await post(`${path}/facts`, { ...fields, requested: '1 000', share: '2000' });
    expect(wrong.status).toBe(422);
    expect(load(wrong.body)('#f-share-error').text()).toBe('is more than the requested contribution');
    expect(load(wrong.body)('#f-share').attr('value')).toBe('2000');
    // These are two thousand too.
    for (const share of ['2.000', '2,000'])
      expect((await post(`${path}/facts`, { ...fields, requested: '1 000', share })).status).toBe(422);
    const right = { ...fields, requested: '4 000 000', share: '650 000,50', partners: 'Gand\nDelft' };
    expect((await post(`${path}/facts`, right)).status).toBe(303);
    expect(await pipeline.one('Alpha')).toMatchObject({
      requested: 4_000_000,
      share: 650_000.5,
      partners: ['Gand', 'Delft'],
      lead: null,
    });
  });

  it('show what is known of a bid, with its acronym and its documents, and a link to add each of the rest', async () => {
    const path = `${PATH}/${id}`;
    const before = await page(path);
    expect(before('dl.facts').text()).toMatch(/Our share.*650,000\.5/s);
    const toAdd = ($: typeof before) =>
      $('.to-add a')
        .get()
        .map((a) => $(a).attr('href'));
    expect(toAdd(before)).toEqual(expect.arrayContaining(['#f-acronym', '#f-documents', '#f-role']));
    expect(toAdd(before)).not.toContain('#f-share');
    const fields = fieldsOf(before, 'form.pipeline-facts');
    const typed = {
      ...fields,
      acronym: 'GALE',
      documents: 'Draft of part B https://files.example/gale?a=1&b=2',
    };
    const wrong = await post(`${path}/facts`, { ...typed, documents: 'Draft javascript:alert(1)' });
    expect([wrong.status, load(wrong.body)('details:has(.pipeline-facts)').attr('open')]).toEqual([
      422,
      'open',
    ]);
    expect(load(wrong.body)('#f-documents-error').text()).toContain('not a web address');
    await post(`${path}/facts`, typed);
    const after = await page(path);
    expect(after('h1').text()).toMatch(/^GALE · .*Alpha/);
    const document = after('dl.facts a');
    expect([document.attr('href'), document.text()]).toEqual([
      'https://files.example/gale?a=1&b=2',
      'Draft of part B (opens another site)',
    ]);
    expect(toAdd(after)).not.toContain('#f-acronym');
    expect((await page(`${PATH}?q=gale`))('.pipeline-card h3').text().trim()).toMatch(/^GALE · /);
    expect(fieldsOf(after, 'form.pipeline-facts')['documents']).toBe(typed.documents);
    await post(`${path}/undo`, {});
    expect(await pipeline.one('Alpha')).toMatchObject({ acronym: null, documents: [] });
  });

  it('plan dates backwards by the usual ones, which the institute changes', async () => {
    const template = '/institutes/wind/milestone-template';
    const usual = fieldsOf(await page(template), 'form[action$=milestone-template]');
    expect(usual).toMatchObject({ 'label-5': 'Submission', 'before-5': '2' });
    expect((await post(template, { ...usual, 'label-6': 'Too far', 'before-6': '9999' })).status).toBe(422);
    await post(template, { ...usual, 'label-0': '', 'label-6': 'Green light', 'before-6': '60' });
    await post(`${PATH}/${id}/plan`, {});
    expect((await pipeline.one('Alpha')).milestones.map((m) => [m.label, m.on])).toEqual([
      ['Partners on board', '2026-08-19'],
      ['Green light', '2026-09-18'],
      ['First draft', '2026-10-02'],
      ['Budget', '2026-10-16'],
      ['Signatures', '2026-11-03'],
      ['Submission', '2026-11-13'],
    ]);
  });

  it('assign a date, tick it off, set it by hand, and remove it', async () => {
    const path = `${PATH}/${id}`;
    const fields = fieldsOf(await page(path), `form[action="${path}/milestones"]`);
    const me = pipeline.world.officer.person.id;
    const sent = { ...fields, 'person-0': me, 'done-0': 'true', 'on-1': '2026-09-21', 'label-2': '' };
    const refused = await post(`${path}/milestones`, { ...sent, 'on-3': 'soon' });
    expect(refused.status).toBe(422);
    const corrected = fieldsOf(load(refused.body), `form[action="${path}/milestones"]`);
    expect((await post(`${path}/milestones`, { ...corrected, 'on-3': fields['on-3']! })).status).toBe(303);
    const { milestones } = await pipeline.one('Alpha');
    expect(milestones.map((m) => m.label)).not.toContain('First draft');
    expect(milestones[0]).toMatchObject({ person: 'Olga Officer', doneAt: '2026-06-01T08:00:00.000Z' });
    expect(milestones[1]).toMatchObject({ on: '2026-09-21', before: null });
    expect((await page(`${PATH}?mine=true`))('.pipeline-card').length).toBe(1);
  });

  it('keep the date that a colleague added while the form was open', async () => {
    const path = `${PATH}/${id}`;
    const stale = fieldsOf(await page(path), `form[action="${path}/milestones"]`);
    const { milestones } = await pipeline.one('Alpha');
    const standing = milestones.map(({ doneAt, ...m }) => ({ ...m, done: doneAt !== null }));
    const labels = async () => (await pipeline.one('Alpha')).milestones.map(({ label }) => label);
    const added = { label: 'Ethics', on: '2026-09-22' };
    await pipeline.ask('PUT', `opportunities/${id}/milestones`, { milestones: [...standing, added] });
    const all = await labels();
    expect((await post(`${path}/milestones`, { ...stale, 'label-0': 'Renamed' })).status).toBe(303);
    expect(await labels()).toEqual(['Renamed', ...all.slice(1)]);
    const more = fieldsOf(await page(path), `form[action="${path}/milestones"]`);
    const blank = Object.keys(more).find((name) => name.startsWith('label-') && more[name] === '')!;
    const twice = { ...more, [blank]: 'Kick-off', [blank.replace('label', 'on')]: '2026-09-23' };
    for (let n = 0; n < 2; n += 1) expect((await post(`${path}/milestones`, twice)).status).toBe(303);
    expect((await labels()).filter((label) => label === 'Kick-off')).toHaveLength(1);
    await pipeline.ask('PUT', `opportunities/${id}/milestones`, { milestones: standing });
  });

  it('take no more dates than a program may give, and keep those that were typed', async () => {
    const path = `${PATH}/${id}`;
    const line = (i: number) => [
      [`label-${i}`, `Date ${i}`],
      [`on-${i}`, '2026-09-21'],
    ];
    const before = (await pipeline.one('Alpha')).milestones;
    const sent = Object.fromEntries(Array.from({ length: 31 }, (_, i) => line(i)).flat());
    const refused = await post(`${path}/milestones`, sent);
    expect([refused.status, load(refused.body)('[name="label-30"]').val()]).toEqual([422, 'Date 30']);
    expect((await pipeline.one('Alpha')).milestones).toEqual(before);
  });

  it('propose to move the dates when the call moves its deadline, and do so with one button', async () => {
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z'),
      PipelineTest.call('Beta', 1),
      PipelineTest.call('Gamma', 2),
    ]);
    const path = `${PATH}/${id}`;
    const asks = await page(path);
    expect(asks('.notice').text()).toContain('deadline is now 1 December 2026');
    // They count down to the date that holds, although the bid is not prepared for it yet.
    const board = await page(PATH);
    const card = board('.pipeline-card').filter((_, c) => board(c).find('h3').text().includes('Alpha'));
    expect(card.find('.muted').text()).toContain('1 December 2026');
    expect(card.find('.days').text()).toBe(asks('main .days').first().text());
    const before = (await pipeline.one('Alpha')).milestones;
    await post(`${path}/deadline`, fieldsOf(asks, `form[action="${path}/deadline"]`));
    const after = await pipeline.one('Alpha');
    expect(after).toMatchObject({ deadline: '2026-12-01T16:00:00.000Z', deadlineMovedTo: null });
    expect(after.milestones.map((m) => [m.label, m.on])).toEqual([
      ['Partners on board', '2026-08-19'],
      ['Green light', '2026-10-05'],
      ['Budget', '2026-10-30'],
      ['Signatures', '2026-11-17'],
      ['Submission', '2026-11-27'],
    ]);
    // The button reverts it.
    await post(`${path}/undo`, {});
    const undone = await pipeline.one('Alpha');
    expect(undone.milestones).toEqual(before);
    expect(undone.deadlineMovedTo).toBe('2026-12-01T16:00:00.000Z');
  });

  it('say that no closing date is stated, and offer the first that the call names', async () => {
    const alpha = PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z');
    const beta = PipelineTest.call('Beta', 1);
    await pipeline.world.store([alpha, beta, { ...PipelineTest.call('Gamma', 2), deadlines: [] }]);
    const path = `${PATH}/${(await pipeline.begin('Gamma')).id}`;
    expect((await page(path))('main').text()).toContain('Closing date not stated');
    await pipeline.world.store([alpha, beta, PipelineTest.call('Gamma', 2)]);
    const asks = await page(path);
    expect(asks('.notice').text()).toContain('The call now states a closing date: 17 November 2026.');
    expect(asks(`form[action="${path}/deadline"] button`).text()).toBe('Prepare for this date');
    await post(`${path}/deadline`, fieldsOf(asks, `form[action="${path}/deadline"]`));
    expect(await pipeline.one('Gamma')).toMatchObject({
      deadline: '2026-11-17T16:00:00.000Z',
      deadlineMovedTo: null,
    });
  });

  it('ask for the amount of a bid that is funded, and count down to nothing any more', async () => {
    const { id: won } = await pipeline.begin('Beta');
    const path = `${PATH}/${won}`;
    expect((await page(path))('main .days, main [class*=status-]').length).toBeGreaterThan(0);
    for (const stage of ['preparing', 'submitted'] as const) await pipeline.move(won, stage);
    expect((await page(path))('.notice a[href="#f-requested"]').text()).toBe(
      'Submitted: enter the contribution requested.',
    );
    await pipeline.move(won, 'funded');
    const funded = await page(path);
    expect(funded('main .days, main > p [class*=status-]').length).toBe(0);
    expect(funded('.notice a[href="#f-share"]').text()).toBe(
      'Funded: enter your share of the EU contribution.',
    );
    const money = async () => {
      const figures = await page('/institutes/wind/figures');
      return figures('[aria-labelledby=money] tbody tr').last().find('td').first().next().text();
    };
    expect(await money()).toBe('– (1 without an amount)');
    await post(`${path}/facts`, { ...fieldsOf(funded, 'form.pipeline-facts'), share: '0' });
    expect((await page(path))('.notice').length).toBe(0);
    expect(await money()).toBe('€0');
    for (let back = 0; back < 4; back += 1) await post(`${path}/undo`, {});
  });

  it('ask for the result once its day has passed', async () => {
    await pipeline.move(id, 'submitted');
    expect((await page(`${PATH}/${id}`))('main').text()).toContain('Result expected by 17 April 2027');
    clock.set('2027-04-18T08:00:00Z');
    await pipeline.world.officer.signInAgain();
    expect((await page(`${PATH}/${id}`))('.notice').text()).toContain('Is it known?');
    clock.set('2026-06-01T09:00:00Z');
  });

  it('tell the history in both languages, and nothing to a reader that changes something', async () => {
    await pipeline.world.officer.signInAgain();
    const history = (await page(`${PATH}/${id}`))('.pipeline-history').text();
    expect(history).toContain('To assess → Preparing');
    expect(history).toContain('Changed: Partners, Requested contribution, Our share');
    const reader = await somebody(pipeline.world.test, { role: 'reader', profile: 'wind', language: 'fr' });
    const seen = load((await reader.get(`${PATH}/${id}`)).body);
    expect(seen('.pipeline-history').text()).toContain('À instruire → En montage');
    expect(seen('main form button').length).toBe(0);
    expect((await reader.post(`${PATH}/${id}/undo`, {})).status).toBe(403);
  });

  it('plan no more dates than a project may have, and say so', async () => {
    const full = (await pipeline.one('Beta')).id;
    const milestones = Array.from({ length: 28 }, (_, i) => ({ label: `Step ${i}`, on: '2026-06-08' }));
    await pipeline.ask('PUT', `opportunities/${full}/milestones`, { milestones });
    await post(`${PATH}/${full}/plan`, {});
    expect((await page(`${PATH}/${full}`))('[role=status]').text()).toContain('too many dates');
    expect((await pipeline.one('Beta')).milestones).toHaveLength(28);
  });

  it('go on to the second stage with one button, once the first has closed, and back with another', async () => {
    const second = '2027-04-13T15:00:00.000Z';
    const gammas = PipelineTest.call('Gamma', 2);
    const first = { ...gammas.deadlines[0]!, kind: 'stage-1' as const };
    const deadlines = [first, { ...first, kind: 'stage-2' as const, at: second }];
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0),
      PipelineTest.call('Beta', 1),
      { ...gammas, deadlines },
    ]);
    const path = `${PATH}/${(await pipeline.one('Gamma')).id}`;
    const gamma = await pipeline.one('Gamma');
    for (const stage of ['preparing', 'submitted']) await pipeline.move(gamma.id, stage);
    await post(`${path}/facts`, { requested: '1000000' });
    const early = (await page(path))('main').text();
    expect(early).not.toContain('stage 2');
    expect(early).toContain('Result of stage 1 expected by 17 February 2027.');
    clock.set('2026-12-01T08:00:00Z');
    await pipeline.world.officer.signInAgain();
    const asks = await page(path);
    expect(asks('main').text()).toContain('Result of stage 1 expected by 17 February 2027.');
    expect(asks('.notice').text()).toContain(
      'Stage 1 has closed; the closing date of stage 2 is 13 April 2027.',
    );
    await post(`${path}/deadline`, fieldsOf(asks, `form[action="${path}/deadline"]`));
    const after = await page(path);
    expect(after('.notice').length).toBe(0);
    expect(after('.pipeline-history').text()).toContain('On to stage 2');
    clock.set('2026-06-01T09:00:00Z');
    expect(await pipeline.one('Gamma')).toMatchObject({ stage: 'preparing', deadline: second });
    await pipeline.ask('POST', `opportunities/${gamma.id}/undo`);
    expect(await pipeline.one('Gamma')).toMatchObject({ stage: 'submitted', deadline: first.at });
  });

  /** Withdraws the call of Beta, or takes that back. */
  const withdraw = (at: string | null) =>
    pipeline.world.test.app
      .get(DataSource)
      .query(`UPDATE call SET withdrawn_at = $1 WHERE content->>'title' = 'Beta'`, [at]);

  it('are prepared for the next cut-off once theirs has passed', async () => {
    await pipeline.world.officer.signInAgain();
    const beta = PipelineTest.call('Beta', 1);
    const cutOff = { ...beta.deadlines[0]!, kind: 'cut-off' as const };
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0),
      { ...beta, deadlines: [cutOff, { ...cutOff, at: '2027-03-16T16:00:00.000Z' }] },
      PipelineTest.call('Gamma', 2),
    ]);
    const path = `${PATH}/${(await pipeline.one('Beta')).id}`;
    expect((await page(path))('.notice').length).toBe(0);
    clock.set('2026-12-01T08:00:00Z');
    await pipeline.world.officer.signInAgain();
    const asks = await page(path);
    expect(asks('.notice').text()).toContain(
      '17 November 2026 has passed; the next cut-off is 16 March 2027.',
    );
    await withdraw('2026-11-30T08:00:00Z');
    expect((await page(path))('.notice').length).toBe(0);
    await withdraw(null);
    await post(`${path}/deadline`, fieldsOf(asks, `form[action="${path}/deadline"]`));
    expect((await page(path))('.notice').length).toBe(0);
    clock.set('2026-06-01T09:00:00Z');
    expect(await pipeline.one('Beta')).toMatchObject({
      stage: 'to-study',
      deadline: '2027-03-16T16:00:00.000Z',
    });
  });

  it('say on a card that its call was withdrawn, count no days to it, and show the next date of a bid only while it goes on', async () => {
    await pipeline.world.officer.signInAgain();
    const beta = await pipeline.one('Beta');
    const on = '2026-09-01';
    await pipeline.ask('PUT', `opportunities/${beta.id}/milestones`, {
      milestones: [{ label: 'Budget', on }],
    });
    const card = async () => {
      const one = (await page(PATH))(`article[aria-labelledby=o-${beta.id}]`);
      one.find('form').remove();
      return one.text();
    };
    expect(await card()).toContain('Budget, 1 September 2026');
    const daysLeft = async () => (await page(`${PATH}/${beta.id}`))('.days').length;
    expect(await card()).toContain('days left');
    expect(await card()).not.toContain('Withdrawn');
    expect(await daysLeft()).toBe(1);
    await withdraw(clock.now().toISOString());
    expect(await card()).toContain('Withdrawn');
    expect(await card()).not.toContain('days left');
    expect(await daysLeft()).toBe(0);
    await pipeline.move(beta.id, 'no-go');
    expect(await card()).not.toContain('Budget');
    expect((await page(`${PATH}?view=table&stage=no-go`))('tbody').text()).not.toContain('Budget');
  });
});
