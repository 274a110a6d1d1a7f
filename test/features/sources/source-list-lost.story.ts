import { Harvesting } from '../../support/harvest/harvest.js';
import { round } from '../../support/queue/round.js';
import { worked } from '../../support/until.js';
import { ListJob } from '../../../src/harvest/lists/list.job.js';

/** A topic that stays open for a long time. */
const TOPIC = '90000024TOPICSen';

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({ copies: 1 });
  await h.ended();
});
afterAll(() => h?.stop());

const sourceRecord = async () =>
  (await h.query("SELECT * FROM source_record WHERE content->>'reference' = $1", [TOPIC]))[0];
const lastSeq = async (): Promise<string> =>
  (await h.query('SELECT max(seq) AS seq FROM call_version'))[0].seq;
const events = async (after: string): Promise<string[]> =>
  (
    await h.query(
      "SELECT content->>'reference' AS reference, kinds FROM call_version WHERE seq > $1 AND kinds <> '{}' ORDER BY 1",
      [after],
    )
  ).map((v) => `${v.reference} ${v.kinds.join('+')}`);

async function harvest(hours: number): Promise<void> {
  h.clock.move({ hours });
  expect(await h.harvest()).toMatchObject({ state: 'accepted' });
}

/** Reads the list, and the topics that only the list has. */
async function readAll(): Promise<void> {
  h.clock.move({ hours: 1 });
  await h.query('UPDATE source_list SET due_at = $1, details_due_at = NULL', [h.clock.now()]);
  for (let i = 0; i < 2; i += 1) {
    await round(h.test.app, [ListJob]);
    await worked();
  }
}

async function loses(hours: number): Promise<void> {
  h.portal.onlyInList(TOPIC);
  await harvest(hours);
  await readAll();
}

describe('a topic that the search loses', () => {
  it('for a moment is left to the search', async () => {
    await readAll();
    await loses(12);
    expect(await sourceRecord()).toMatchObject({ evidence: 'harvest', missed_runs: 1 });
    h.portal.onlyInList();
    await harvest(6);
    expect(await sourceRecord()).toMatchObject({ evidence: 'harvest', missed_runs: 0, missing_since: null });
  });

  it('for longer is told by the list, and that it has opened in the same hour is not lost', async () => {
    h.portal.edit(TOPIC, { status: ['31094501'] });
    await harvest(12);
    await loses(12);
    h.clock.move({ hours: 36 });
    const seq = await lastSeq();
    h.portal.edit(TOPIC, { status: ['31094502'] });
    await readAll();
    expect(await sourceRecord()).toMatchObject({ evidence: 'list' });
    expect(await events(seq)).toEqual([`${TOPIC} opened`]);
    h.portal.onlyInList();
    await harvest(6);
    expect(await sourceRecord()).toMatchObject({ evidence: 'harvest', missing_since: null });
    expect(await events(seq)).toEqual([`${TOPIC} opened`]);
  });
});
