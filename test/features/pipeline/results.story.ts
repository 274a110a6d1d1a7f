import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { CommitteeDocumentEntity } from '../../../src/harvest/store/drafts/draft.repository.js';
import { TestClock } from '../../support/clock.js';
import { PipelineTest } from '../../support/institutes/pipeline.js';

const NUMBER = '101234567';
const NOTE = 'the committee votes on a draft decision until 3 June 2026';

describe('the result of a bid', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let pipeline: PipelineTest;
  let id: string;
  const database = () => pipeline.world.test.app.get(DataSource);
  beforeAll(async () => {
    pipeline = await PipelineTest.start(['Alpha'], clock);
    ({ id } = await pipeline.begin('Alpha'));
    for (const stage of ['preparing', 'submitted'])
      await pipeline.ask('PUT', `opportunities/${id}/stage`, { stage });
    await pipeline.ask('PATCH', `opportunities/${id}`, { proposalNumber: NUMBER });
    await database().query(`UPDATE opportunity SET deadline_at = '2026-02-03T16:00:00Z'`);
  });
  afterAll(() => pipeline?.stop());

  it('is expected on the last day of the vote, and linked with what names the bid', async () => {
    expect((await pipeline.ask('GET', `opportunities/${id}`)).body).toMatchObject({
      expectedResult: '2026-07-03',
      results: [],
    });
    const title = 'Draft decision on the award of grants, call HORIZON-P0-2026-01';
    await database()
      .getRepository(CommitteeDocumentEntity)
      .save({
        reference: '900010',
        version: 1,
        content: {
          reference: '900010',
          version: 1,
          title,
          committee: 'C70408',
          committeeTitle: null,
          type: 'D',
          meeting: null,
          meetingStarts: null,
          meetingEnds: '2026-06-03',
          createdAt: '2026-05-26T08:00:00Z',
          updatedAt: '2026-05-26T08:00:00Z',
        },
        readAsOf: null,
        firstSeenAt: clock.now(),
        changedAt: clock.now(),
        names: ['horizon-p0-2026-01'],
        proposals: [
          { number: NUMBER, acronym: 'GLASS', title: null, topic: null, coordinator: null, grant: null },
        ],
      });
    const url =
      'https://ec.europa.eu/transparency/comitology-register/screen/documents/900010/1/consult?lang=en';
    expect((await pipeline.ask('GET', `opportunities/${id}`)).body).toMatchObject({
      expectedResult: '2026-06-03',
      results: [{ document: '900010/1', title, votesUntil: '2026-06-03', named: { number: NUMBER }, url }],
    });
    const call = `/institutes/wind/calls/${await pipeline.world.id('Alpha')}`;
    for (const path of [`/institutes/wind/pipeline/${id}`, call]) {
      const page = load((await pipeline.world.officer.get(path)).body);
      expect({ path, text: page('main').text() }).toMatchObject({ text: expect.stringContaining(NOTE) });
      expect(page('main').text()).toContain(`Its annex names GLASS (${NUMBER}); this is not final.`);
      expect(page(`a[href="${url}"]`)).toHaveLength(1);
    }
  });

  it('is expected no more on its page once it is known, nor is an agreement that is signed', async () => {
    const main = async () =>
      load((await pipeline.world.officer.get(`/institutes/wind/pipeline/${id}`)).body)('main').text();
    await pipeline.ask('PATCH', `opportunities/${id}`, { share: 100, requested: 200 });
    expect(await main()).toContain('Result expected by 3 June 2026, agreement by 3 October 2026.');
    await pipeline.move(id, 'funded');
    expect(await main()).toContain('Agreement expected by 3 October 2026.');
    expect(await main()).not.toContain('Result expected');
    expect(await main()).toContain('The committee votes on a draft decision until 3 June 2026.');
    expect(await main()).not.toContain('Results are near');
    await pipeline.ask('PATCH', `opportunities/${id}`, { signedOn: '2026-06-01' });
    expect(await main()).not.toMatch(/expected by/);
  });
});
