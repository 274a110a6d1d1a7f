import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ResearcherEntity } from '../../../src/proposals/store/proposal.entity.js';
import { api } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { MATERIALS, OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';

let p: Proposing;
let reader: Somebody;
beforeAll(async () => {
  p = await Proposing.start();
  reader = await somebody(p.test, { role: 'reader', profile: PROFILE.id, language: 'fr', mails: false });
});
afterAll(() => p?.stop());

const PEOPLE = `/institutes/${PROFILE.id}/people`;
const page = async (path: string, who: Somebody = p.officer) => load((await who.get(path)).body);
/** Returns the people of each competence, as the table shows them. */
async function table(who?: Somebody): Promise<Record<string, string[]>> {
  const $ = await page(PEOPLE, who);
  return Object.fromEntries(
    $('.behind tbody tr')
      .toArray()
      .map((tr) => [
        $('th', tr).text(),
        $('.person', tr)
          .toArray()
          .map((li) => $(li).text()),
      ]),
  );
}
const marie = {
  name: 'Marie Martin',
  email: 'marie@lab.example',
  language: 'fr',
  competences: [WIND, MATERIALS],
};

describe('the page of the researchers', () => {
  it('shows each competence, and which has nobody', async () => {
    const $ = await page(PEOPLE);
    expect($('html').attr('lang')).toBe('fr');
    expect(
      $('.behind tbody th')
        .toArray()
        .map((th) => $(th).text()),
    ).toEqual([WIND, MATERIALS, 'Ocean acoustics']);
    expect($('.nobody').length).toBe(3);
    expect($('.nobody a').first().attr('href')).toBe(`${PEOPLE}/new?competence=Wind+energy`);
  });

  it('adds somebody for a competence, then changes them', async () => {
    const $ = await page(`${PEOPLE}/new?competence=${MATERIALS}`);
    expect(
      $('input[name=competences]:checked')
        .toArray()
        .map((i) => $(i).val()),
    ).toEqual([MATERIALS]);
    expect($('input[name=language]:checked').val()).toBe('fr');
    expect(await p.officer.post(PEOPLE, marie)).toMatchObject({ status: 303, location: PEOPLE });
    expect((await page(PEOPLE))('.flash').text()).toBe('Enregistré.');
    expect(await table()).toEqual({
      [WIND]: ['Marie Martinmarie@lab.example, en français'],
      [MATERIALS]: ['Marie Martinmarie@lab.example, en français'],
      'Ocean acoustics': [],
    });
    const edit = (await page(PEOPLE))('.person a').first().attr('href')!;
    const form = await page(edit);
    expect([
      form('#name').val(),
      form('#email').val(),
      form('input[name=competences]:checked').length,
    ]).toEqual(['Marie Martin', 'marie@lab.example', 2]);
    await p.officer.post(edit, { ...marie, language: 'en', competences: WIND });
    expect(await table()).toMatchObject({ [WIND]: [expect.stringContaining('en anglais')], [MATERIALS]: [] });
  });

  it('gives the form back as it was typed, with what is wrong at the field', async () => {
    const { status, body } = await p.officer.post(PEOPLE, { ...marie, name: 'Anna <b>', email: 'nowhere' });
    const $ = load(body);
    expect({
      status,
      name: $('#name').val(),
      email: $('#email').val(),
      ticked: $('input[name=competences]:checked').length,
    }).toEqual({ status: 422, name: 'Anna <b>', email: 'nowhere', ticked: 2 });
    expect($('#email').attr('aria-describedby')).toBe($('.error').attr('id'));
    const taken = await p.officer.post(PEOPLE, { ...marie, email: 'MARIE@lab.example' });
    expect(taken.status).toBe(422);
    expect(load(taken.body)('#email-error').text()).toContain('déjà inscrite');
    expect((await p.officer.post(PEOPLE, { ...marie, name: 'nul\0' })).status).toBe(400);
  });

  it('takes several in that are pasted, or none where a line cannot be read', async () => {
    const wrong = await p.officer.post(`${PEOPLE}/paste`, {
      lines: `Bob Blade <bob@lab.example>; ${MATERIALS}\nnobody; Tides`,
    });
    const $ = load(wrong.body);
    expect([wrong.status, $('[role=alert] li').length, $('#lines').val()]).toEqual([
      422,
      1,
      `Bob Blade <bob@lab.example>; ${MATERIALS}\r\nnobody; Tides`.replace('\r', ''),
    ]);
    expect((await table())[MATERIALS]).toEqual([]);
    const both = `Bob Blade <bob@lab.example>; ${MATERIALS}\r\nMarie <marie@lab.example>; ${MATERIALS}`;
    expect((await p.officer.post(`${PEOPLE}/paste`, { lines: both })).status).toBe(303);
    expect((await table())[MATERIALS]).toEqual([
      expect.stringContaining('Bob Blade'),
      expect.stringContaining('Marie Martin'),
    ]);
    expect((await p.officer.post(`${PEOPLE}/paste`, { lines: ' ' })).status).toBe(422);
  });

  it('gives a list back that is too long, and takes nobody with a name or address that a form would refuse', async () => {
    const long = 'Bea <bea@lab.example>\n'.repeat(5_000).trim();
    const $ = load((await p.officer.post(`${PEOPLE}/paste`, { lines: long })).body);
    expect([$('#lines').val(), $('#lines-error').text().replaceAll(/\s/g, ' ')]).toEqual([
      long,
      'Trop long : 100 000 caractères au plus à la fois. Rien n’a été ajouté.',
    ]);
    const refused = await p.officer.post(`${PEOPLE}/paste`, {
      lines: `Bea <bea@lab.example>\n${'B'.repeat(201)} <b@lab.example>\nBert <bert@lab..example>`,
    });
    expect([refused.status, load(refused.body)('[role=alert] li').length]).toEqual([422, 2]);
    expect((await p.officer.get(PEOPLE)).body).not.toContain('bea@lab.example');
  });

  it('takes several in at once or none: where the last one fails, the first is not there', async () => {
    const database = p.test.app.get(DataSource);
    await database.query(`ALTER TABLE researcher ADD CONSTRAINT refuses CHECK (email <> 'zoe@lab.example')`);
    const pasted = await p.officer.post(`${PEOPLE}/paste`, {
      lines: 'Ada <ada@lab.example>\nZoe <zoe@lab.example>',
    });
    await database.query('ALTER TABLE researcher DROP CONSTRAINT refuses');
    expect(pasted.status).toBe(500);
    expect((await p.officer.get(PEOPLE)).body).not.toContain('ada@lab.example');
  });

  it('flags a competence that the profile does not have any more, and who stands behind none', async () => {
    const { body: profile } = await api(p.test.url, `/v1/profiles/${PROFILE.id}`);
    const competences = profile.competences.filter((c: any) => c.label !== MATERIALS);
    await api(p.test.url, `/v1/profiles/${PROFILE.id}`, { method: 'PUT', body: { ...profile, competences } });
    const $ = await page(PEOPLE);
    expect($('section.card .person').text()).toContain('Bob Blade');
    expect($('.badge.changed').first().text()).toContain(MATERIALS);
    await api(p.test.url, `/v1/profiles/${PROFILE.id}`, { method: 'PUT', body: profile });
  });

  it('takes somebody off the list', async () => {
    const edit = (await page(PEOPLE))('.person a')
      .filter((_, a) => load(a).text() === 'Bob Blade')
      .first()
      .attr('href')!;
    expect((await p.officer.post(`${edit}/remove`)).location).toBe(PEOPLE);
    expect(JSON.stringify(await table())).not.toContain('Bob');
    expect((await p.officer.get(edit)).status).toBe(404);
  });

  it('is read by a reader, who is offered nothing to change', async () => {
    const $ = await page(PEOPLE, reader);
    expect($('.behind').text()).toContain('Marie Martin');
    expect($('main a[href*="/new"], main a[href*="/paste"], main form, .person a')).toHaveLength(0);
    for (const path of [`${PEOPLE}/new`, `${PEOPLE}/paste`])
      expect((await reader.get(path)).status).toBe(403);
    expect((await reader.post(PEOPLE, { ...marie, email: 'x@lab.example' })).status).toBe(403);
  });

  it('is shown to nobody outside the institute', async () => {
    for (const who of [
      await somebody(p.test, { role: 'coordinator' }),
      await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE }),
    ]) {
      for (const path of [PEOPLE, `${PEOPLE}/asked`, `${PEOPLE}/new`]) {
        const { status, body } = await who.get(path);
        expect({ path, status, told: body.includes('Marie') }).toEqual({ path, status: 403, told: false });
      }
    }
  });

  it('names a few people for each competence, and all of them on a page of that competence', async () => {
    const at = new Date();
    await p.test.app
      .get(DataSource)
      .getRepository(ResearcherEntity)
      .insert(
        Array.from({ length: 30 }, (_, i) => ({
          ...{ id: randomUUID(), profileId: PROFILE.id, name: `Nora ${i}`, email: `nora-${i}@lab.example` },
          ...{
            language: 'fr' as const,
            competences: [WIND, MATERIALS],
            createdAt: at,
            updatedAt: at,
            nameSince: at,
          },
        })),
      );
    const $ = await page(PEOPLE, reader);
    expect($('.behind tbody tr').first().find('.person')).toHaveLength(20);
    const all = $('.behind tbody tr').first().find('a').last();
    expect([all.text(), all.attr('href')]).toEqual([
      'Afficher les 31 personnes',
      `${PEOPLE}?competence=Wind+energy`,
    ]);
    const one = await page(all.attr('href')!, reader);
    expect(one('.behind tbody tr')).toHaveLength(1);
    expect(one('.person')).toHaveLength(31);
    expect(one(`main a[href="${PEOPLE}"]`).text()).toBe('Toutes les compétences');
  });
});
