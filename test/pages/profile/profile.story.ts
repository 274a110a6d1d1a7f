import { load } from 'cheerio';
import { readFileSync } from 'node:fs';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { Browser, somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const saved = aProfile('institute', {
  name: 'Carnot <b>Wind</b>',
  contacts: [{ name: 'Anne', email: 'anne@example.org' }],
  competences: [
    {
      label: 'Wind',
      labels: { fr: 'Éolien' },
      description: 'Turbines\nand farms of them',
      keywords: ['wind turbine', 'éolienne'],
      exclusions: ['wind instrument'],
      weight: 1.5,
    },
    {
      label: 'Sun',
      description: '',
      keywords: ['solar cell', '1,2,4-triazole', 'health, safety and environment', 'light; heat'],
      exclusions: ['2,4-D, 2,4,5-T and others'],
      weight: 1,
    },
  ],
});
const PATH = '/institutes/institute/profile';

describe('the page of a profile', () => {
  let config: ReturnType<typeof configWith>;
  let server: TestApp;
  let officer: Somebody;
  beforeEach(async () => {
    config = configWith([saved, aProfile('other')]);
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    officer = await somebody(server, { role: 'officer', profile: 'institute', name: 'Olga' });
    await storeCalls(server.app, [
      aCall('wind', { title: 'Wind turbine blades' }),
      aCall('tide', { title: 'Tidal stream devices' }),
    ]);
  });
  afterEach(async () => {
    await server?.stop();
    config.remove();
  });

  /** Returns the page's form fields with some of them overwritten. */
  async function form(
    browser: Browser,
    typed: Record<string, string | string[]> = {},
  ): Promise<Record<string, string | string[]>> {
    const $ = load((await browser.get(PATH)).body);
    const fields = Object.fromEntries(
      $('#editor')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
    return { ...fields, ...typed };
  }
  const content = async () => (await api(server.url, '/v1/profiles/institute')).body;
  const text = (html: string, selector: string) => load(html)(selector).text().replace(/\s+/g, ' ').trim();

  it('gives back what it shows: saved as it stands, nothing changes', async () => {
    const before = await content();
    const answer = await officer.post(PATH, { ...(await form(officer)), action: 'save' });
    expect(answer).toMatchObject({ status: 303, location: PATH });
    expect(await content()).toEqual(before);
  });

  it('saves what was typed, as a version with a name, and says so once', async () => {
    const typed = {
      'competences.0.keywords': 'wind turbine\r\n  tidal stream \n\nwind turbine\na, b c, d e',
      'competences.0.weight': '2,5',
      'preferences.typesOfAction': ['RIA', 'IA'],
      'preferences.answersAs': ['public-buyers', 'education'],
      'preferences.trlMin': '3',
      'preferences.budgetMin': '500 000',
    };
    expect((await officer.post(PATH, await form(officer, typed))).status).toBe(422);
    expect(
      (
        await officer.post(
          PATH,
          await form(officer, {
            ...typed,
            'competences.0.keywords': 'wind turbine\ntidal stream\nab, bc, cd',
          }),
        )
      ).status,
    ).toBe(303);
    expect(await content()).toMatchObject({
      version: 2,
      competences: [
        {
          keywords: ['wind turbine', 'tidal stream', 'ab', 'bc', 'cd'],
          weight: 2.5,
          exclusions: ['wind instrument'],
        },
        { label: 'Sun' },
      ],
      preferences: {
        typesOfAction: ['RIA', 'IA'],
        answersAs: ['public-buyers', 'education'],
        trl: { min: 3, max: 9 },
        budget: { min: 500_000 },
      },
      contacts: saved.contacts,
    });
    expect(text((await officer.get(PATH)).body, '[role=status]')).toBe('Saved.');
    expect((await officer.get(`${PATH}/versions`)).body).toContain('Olga');
  });

  it('leaves words with commas whole, and takes a list apart that was pasted', async () => {
    const words = '1,3-butadiene, nylon 6,6;2,4-D';
    await officer.post(
      PATH,
      await form(officer, {
        'competences.0.label': 'Winds',
        'competences.0.keywords': `wind turbine\r\n${words}\r\n3,4-dihydroxy`,
      }),
    );
    expect((await content()).competences).toMatchObject([
      { label: 'Winds', keywords: ['wind turbine', '1,3-butadiene', 'nylon 6,6', '2,4-D', '3,4-dihydroxy'] },
      saved.competences[1],
    ]);
  });

  it('reads an amount as people group its digits, and refuses with words what could be another', async () => {
    const budget = async (min: string, days = '') => {
      const { status, body } = await officer.post(
        PATH,
        await form(officer, {
          'preferences.budgetMin': min,
          'preferences.budgetMax': '9\u00a0000\u00a0000',
          'preferences.minLeadDays': days,
        }),
      );
      return status === 303 ? (await content()).preferences.budget.min : text(body, '.error');
    };
    for (const typed of ['500,000', '500.000', '500 000', '500\u202f000', '500\u00a0000', '500000'])
      expect({ typed, read: await budget(typed) }).toEqual({ typed, read: 500_000 });
    expect([await budget('1.500'), await budget('1,234,567')]).toEqual([1_500, 1_234_567]);
    for (const typed of ['1.5', '1,5', '1.500,00', '1,500.00', '50,00', '1.234,567', '500k', '0'])
      expect({ typed, read: await budget(typed) }).toEqual({
        typed,
        read: 'Enter whole euros, such as 500000 or 500,000.',
      });
    expect(await budget('500000', '30,5')).toBe('Enter a whole number of days, from 1 to 730.');
    // An API client may have stored a value that the form rejects; it is kept.
    await api(server.url, '/v1/profiles/institute', {
      method: 'PUT',
      body: { ...(await content()), preferences: { budget: { min: 1234.5 } } },
    });
    const { version } = await content();
    expect([(await officer.post(PATH, await form(officer))).status, (await content()).version]).toEqual([
      303,
      version,
    ]);
  });

  it("says in the reader's language that there is too much to look for", async () => {
    const keywords = Array.from({ length: 200 }, (_, i) => `keyword ${i}`).join('\n');
    const rows = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [
        [`competences.${i}.label`, `Row ${i}`],
        [`competences.${i}.keywords`, keywords],
      ]).flat(),
    );
    const { status, body } = await officer.post(PATH, await form(officer, rows));
    expect([status, text(body, '#competences-error')]).toEqual([
      422,
      expect.stringContaining('At most 2,000 keywords'),
    ]);
  });

  it("shows a mistake at its field, in the reader's language, with everything that was typed", async () => {
    const wrong = await form(officer, {
      'competences.0.label': '',
      'competences.0.weight': 'much',
      'contacts.0.email': 'anne',
      'competences.1.keywords': 'x',
      'preferences.trlMin': '7',
      'preferences.trlMax': '3',
      name: 'Kept name',
    });
    const { status, body } = await officer.post(PATH, wrong);
    const $ = load(body);
    expect(status).toBe(422);
    const errors = [
      'competences.0.label',
      'competences.0.weight',
      'contacts.0.email',
      'competences.1.keywords',
      'preferences.trlMin',
    ].map((id) => $(`[id="${id}-error"]`).text());
    expect(errors).toEqual([
      'Enter a name of 2 to 200 characters.',
      'This number is not allowed here.',
      expect.stringContaining('address'),
      'Each line needs 2 to 100 characters.',
      'The minimum must not exceed the maximum.',
    ]);
    expect($('#name').val()).toBe('Kept name');
    expect($('[id="competences.0.weight"]').val()).toBe('much');
    expect((await content()).version).toBe(1);
    const french = await somebody(server, { role: 'officer', profile: 'institute', language: 'fr' });
    const said = load((await french.post(PATH, { ...wrong, name: '', 'contacts.0.name': '' })).body);
    expect(
      ['name', 'competences.0.label', 'contacts.0.name'].map((id) => said(`[id="${id}-error"]`).text()),
    ).toEqual([
      'Indiquez un nom de 2 à 200 caractères.',
      'Indiquez un intitulé de 2 à 200 caractères.',
      'Indiquez un nom de 200 caractères au plus.',
    ]);
  });

  it('shows in how many calls each keyword stands, which its script asks for', async () => {
    const address = load((await officer.get(PATH)).body)('#keyword-calls').attr('data-of')!;
    const { status, body } = await officer.get(address);
    expect([status, JSON.parse(body)]).toMatchObject([200, { keywords: expect.any(Array) }]);
  });

  it('says at its name that another competence has it', async () => {
    const [{ label }] = (await content()).competences;
    const { status, body } = await officer.post(PATH, await form(officer, { 'competences.1.label': label }));
    expect([status, load(body)('[id="competences.1.label-error"]').text()]).toEqual([
      422,
      'Another competence has this name: give each its own.',
    ]);
  });

  it('lists mistakes in the order of their fields', async () => {
    const wrong = await form(officer, {
      name: '',
      'competences.0.label': '',
      'competences.1.keywords': 'x',
      'competences.1.weight': 'much',
    });
    const $ = load((await officer.post(PATH, wrong)).body);
    expect(
      $('[role=alert] a')
        .map((_, e) => $(e).attr('href'))
        .get(),
    ).toEqual(['#name', '#competences.0.label', '#competences.1.keywords', '#competences.1.weight']);
  });

  it('adds, moves and removes rows without a script, and saves nothing by it', async () => {
    const typed = { 'competences.0.label': 'Typed' };
    const labels = async (action: string) => {
      const $ = load((await officer.post(PATH, { ...(await form(officer, typed)), action })).body);
      return $('.competence [id$=".label"]')
        .map((_, e) => $(e).val())
        .get();
    };
    expect(await labels('add')).toEqual(['Typed', 'Sun', '']);
    expect(await labels('up-1')).toEqual(['Sun', 'Typed']);
    expect(await labels('down-0')).toEqual(['Sun', 'Typed']);
    expect(await labels('remove-0')).toEqual(['Sun']);
    const $ = load((await officer.post(PATH, { ...(await form(officer)), action: 'add-contact' })).body);
    expect($('.contact')).toHaveLength(2);
    expect((await content()).version).toBe(1);
  });

  it('keeps what was typed where somebody else saved meanwhile, and shows the difference', async () => {
    const mine = await form(officer, { 'competences.1.label': 'Mine' });
    await api(server.url, '/v1/profiles/institute', {
      method: 'PUT',
      body: { ...(await content()), name: 'By another' },
    });
    const stale = await officer.post(PATH, mine);
    expect(stale.status).toBe(409);
    const $ = load(stale.body);
    expect($('[id="competences.1.label"]').val()).toBe('Mine');
    expect($('.difference').text()).toContain('By another');
    expect((await content()).name).toBe('By another');
    // Now they have seen the difference, and their input is saved.
    expect((await officer.post(PATH, { ...mine, version: $('[name=version]').val() as string })).status).toBe(
      303,
    );
    expect((await content()).competences[1].label).toBe('Mine');
  });

  it('confirms and brings back nothing over what was not on the screen, and shows what that is', async () => {
    const sentBy = async (at: string, selector: string) => {
      const $ = load((await officer.get(at)).body);
      return {
        path: $(selector).attr('action')!,
        fields: { version: $(selector).find('[name=version]').val() as string },
      };
    };
    await officer.post(PATH, await form(officer, { name: 'Second' }));
    const confirm = await sentBy(PATH, '#to-confirm form');
    const restore = await sentBy(`${PATH}/versions/1`, '.restore');
    await server.app
      .get(ProfileRepository)
      .applyFile({ profile: { ...saved, name: 'From the file' }, hash: 'x' }, new Date());
    const file = await sentBy(PATH, 'form[action$="/file"]');
    await api(server.url, '/v1/profiles/institute', {
      method: 'PUT',
      body: { ...(await content()), name: 'By another' },
    });
    for (const { path, fields } of [confirm, file, restore]) {
      const { status, body } = await officer.post(path, fields);
      expect({ path, status, shown: load(body)('.difference ins').text() }).toEqual({
        path,
        status: 409,
        shown: expect.stringContaining('By another'),
      });
      expect(await content()).toMatchObject({ name: 'By another', confirmed: false, version: 3 });
    }
    // Now they have seen the change, and confirm again.
    const again = load((await officer.post(confirm.path, confirm.fields)).body)(
      '#to-confirm [name=version]',
    ).val() as string;
    expect((await officer.post(confirm.path, { version: again })).status).toBe(303);
    expect(await content()).toMatchObject({ name: 'By another', confirmed: true });
  });

  it('marks the form while it holds what is not saved', async () => {
    const isMarked = (html: string) => load(html)('#editor').attr('data-unsaved') !== undefined;
    expect(isMarked((await officer.get(PATH)).body)).toBe(false);
    for (const [path, typed] of [
      [PATH, { action: 'add' }],
      [`${PATH}/preview`, {}],
      [PATH, { name: '' }],
      [PATH, { name: 'Other', version: '7' }],
    ] as const) {
      expect({
        path,
        typed,
        marked: isMarked((await officer.post(path, { ...(await form(officer)), ...typed })).body),
      }).toEqual({ path, typed, marked: true });
    }
  });

  it('shows what is gained and lost: as a part for the script, as a page without one', async () => {
    const typed = await form(officer, { 'competences.1.keywords': 'tidal stream' });
    const asPart = await officer.request(`${PATH}/preview`, {
      method: 'POST',
      headers: { 'hx-request': 'true' },
      body: new URLSearchParams(typed as Record<string, string>),
    });
    expect(asPart.status).toBe(200);
    expect(asPart.body).not.toContain('<html');
    const whole = await officer.post(`${PATH}/preview`, typed);
    for (const html of [asPart.body, whole.body])
      expect(text(html, '#preview-gained, .preview-list, [hx-swap-oob], #preview-said')).toMatch(
        /gained|as saved/,
      );
    expect(load(whole.body)('[id="competences.1.keywords"]').val()).toBe('tidal stream');
    expect(
      text((await officer.post(`${PATH}/preview`, { ...typed, name: '' })).body, '#preview-said'),
    ).toContain('Correct the form');
    expect((await content()).version).toBe(1);
  });

  it('says what is to be confirmed until it is', async () => {
    expect(text((await officer.get(PATH)).body, '#to-confirm')).toContain('There are only 2 competences');
    expect((await officer.post(`${PATH}/confirm`)).location).toBe(PATH);
    const after = await officer.get(PATH);
    expect(load(after.body)('#to-confirm')).toHaveLength(0);
    expect(await content()).toMatchObject({ confirmed: true });
  });

  it('has nobody check that nobody gets its e-mails where its people do', async () => {
    const other = await somebody(server, { role: 'officer', profile: 'other' });
    const points = async () => text((await other.get('/institutes/other/profile')).body, '#to-confirm');
    expect(await points()).not.toContain('Nobody receives its e-mails yet');
    for (const following of ['yes', 'no']) await other.post('/account/follows/profile/other', { following });
    expect(await points()).toContain('Nobody receives its e-mails yet');
  });

  it('shows what a version had otherwise, and brings it back', async () => {
    await officer.post(PATH, await form(officer, { 'competences.0.keywords': 'tidal stream' }));
    const one = await officer.get(`${PATH}/versions/1`);
    expect(
      load(one.body)('.difference del')
        .map((_, e) => load(e)('del').text())
        .get(),
    ).toEqual(['wind turbine', 'éolienne']);
    expect(text(one.body, '.difference ins')).toBe('tidal stream');
    expect((await officer.post(`${PATH}/versions/1/restore`)).location).toBe(PATH);
    expect((await content()).competences[0].keywords).toEqual(['wind turbine', 'éolienne']);
    expect((await officer.get(`${PATH}/versions`)).body).toContain('restoring an earlier version');
    expect((await officer.get(`${PATH}/versions/99`)).status).toBe(404);
  });

  it('shows the conflict with its file and takes what the file says', async () => {
    await officer.post(PATH, await form(officer, { name: 'Edited' }));
    await server.app
      .get(ProfileRepository)
      .applyFile({ profile: { ...saved, name: 'From the file' }, hash: 'x' }, new Date());
    expect(text((await officer.get(PATH)).body, 'main')).toContain('The file on the server is different');
    await officer.post(`${PATH}/file`);
    expect(await content()).toMatchObject({ name: 'From the file', file: { conflict: null } });
  });

  it('goes out as YAML and comes in again, from a file or a field', async () => {
    const file = await officer.get('/institutes/institute/profile.yaml');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=institute.yaml');
    const upload = (name: string, value: string | Blob): Promise<{ status: number; body: string }> => {
      const body = new FormData();
      body.set('text', 'nonsense: true');
      body.set(name, value);
      return officer.request(`${PATH}/yaml`, { method: 'POST', body });
    };
    expect((await upload('file', new Blob([file.body.replace('weight: 1.5', 'weight: 3')]))).status).toBe(
      303,
    );
    expect((await content()).competences[0].weight).toBe(3);
    const wrong = await upload(
      'text',
      'id: institute\nname: X Y\nlangauge: fr\ncompetences: [{ label: Wind }]\n',
    );
    expect(wrong.status).toBe(422);
    expect(text(wrong.body, '[role=alert]')).toMatch(
      /Line 3: langauge is not a known field\. Did you mean "language"\?/,
    );
    expect(load(wrong.body)('#text').val()).toContain('langauge: fr');
  });

  it('is only read by readers, and never shown to another institute', async () => {
    const reader = await somebody(server, { role: 'reader', profile: 'institute' });
    const page = await reader.get(PATH);
    // Following is everybody's own choice.
    const $ = load(page.body);
    $('form[action^="/account/follows/"]').remove();
    expect($('form[action*="profile"], textarea, main input')).toHaveLength(0);
    expect(text(page.body, 'main')).toContain('wind turbine');
    for (const at of [PATH, `${PATH}/confirm`, `${PATH}/file`, `${PATH}/versions/1/restore`, `${PATH}/yaml`])
      expect((await reader.post(at, {})).status).toBe(403);
    const other = await somebody(server, { role: 'officer', profile: 'other' });
    for (const at of [
      PATH,
      `${PATH}/versions`,
      `${PATH}/versions/1`,
      `${PATH}/yaml`,
      '/institutes/institute/profile.yaml',
      '/institutes/institute/start',
    ])
      expect((await other.get(at)).status).toBe(403);
    const coordinator = await somebody(server, { role: 'coordinator' });
    expect(load((await coordinator.get(PATH)).body)('#editor')).toHaveLength(1);
  });

  it('is not upset by what is no form of it', async () => {
    const json = (path: string, body: string) =>
      officer.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    for (const at of [PATH, `${PATH}/preview`, `${PATH}/yaml`, '/institutes/institute/start/profile']) {
      for (const body of [
        '[]',
        '{"name":[["x"]],"action":{},"version":"x"}',
        '{"competences.0.label":{"a":1},"text":5}',
      ])
        expect((await json(at, body)).status).toBeLessThan(500);
    }
    const multipart = { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    for (const body of [
      '--x\r\n',
      '--x--',
      `--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(1_100_000)}\r\n--x--\r\n`,
    ]) {
      const { status } = await officer.request(`${PATH}/yaml`, { ...multipart, body });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect((await content()).version).toBe(1);
  });

  it('writes no markup of the profile into the page, and needs no style or script inside', async () => {
    const { body } = await officer.get(PATH);
    expect(body).not.toContain('<b>Wind</b>');
    expect(body).not.toMatch(/ style=| on[a-z]+="|<style/);
    expect(readFileSync('src/ui/public/profile/profile.js', 'utf8').length).toBeLessThan(2_000);
  });
});
