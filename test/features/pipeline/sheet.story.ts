import { type Stage, STAGES } from '../../../src/pipeline/domain/stage.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { bearer, formWith, get, linesOf, WIND, workbook } from '../../support/institutes/sheets.js';
import type { OpportunityView } from '../../../src/pipeline/api/opportunity-views.js';

const LINES = 60;
/** How officers write each stage of a bid. */
const WRITTEN: Record<Stage, string> = {
  'to-study': 'à étudier',
  'go-no-go': 'à décider',
  preparing: 'En montage',
  submitted: 'Soumis',
  'reserve-list': 'liste de réserve',
  funded: 'Financé',
  rejected: 'non retenu',
  withdrawn: 'abandonné',
  'no-go': 'no go',
};
const ROLES = ['Coordinateur', 'partenaire', 'partenaire associé', 'sous-traitant'];
const stageOf = (i: number): Stage => STAGES[i % STAGES.length]!;
const identifier = (i: number): string => `HORIZON-S${String(i).padStart(2, '0')}-2026-01`;

const HEADINGS = [
  ...['Référence', 'Intitulé', 'Statut', 'Porteur', 'Rôle', 'Partenaires envisagés'],
  ...['Montant demandé', 'Notre part', 'Probabilité', 'N° de proposition', 'Date de décision', 'Remarques'],
];
const SHEET = [
  ['Suivi Europe 2026', ...HEADINGS.slice(1).map(() => null)],
  HEADINGS,
  ...Array.from({ length: LINES }, (_, i) => [
    identifier(i),
    `Appel ${i}`,
    WRITTEN[stageOf(i)],
    i % 3 === 0 ? 'interne' : `Université ${i}`,
    ROLES[i % ROLES.length]!,
    i % 2 === 0 ? `Partenaire ${i}; TU Delft` : null,
    i % 4 === 0 ? `${i + 1} 000 000` : `${i + 1},5 M€`,
    `${100 + i} k€`,
    `${i} %`,
    i % 5 === 0 ? `1012345${String(i).padStart(2, '0')}` : null,
    `${String((i % 28) + 1).padStart(2, '0')}/05/2026`,
    i % 7 === 0 ? `Voir avec Paul (${i})` : null,
  ]),
];

type Applied = { verdicts: number; notes: number; opportunities: number };

describe("an officer's sheet of 60 lines with stages", () => {
  let world: InboxTest;
  let other: { token: string };
  beforeAll(async () => {
    const calls = Array.from({ length: LINES }, (_, i) =>
      aCall(`S${i}`, {
        title: `Appel ${i}`,
        identifier: identifier(i),
        sections: WIND,
        // Half of them are closed.
        deadlines: [{ at: i % 2 ? '2027-03-01T16:00:00.000Z' : '2026-01-15T16:00:00.000Z', timeTold: true }],
      }),
    );
    world = await startInbox([aProfile('wind-a'), aProfile('wind-b')], calls);
    const officer = await somebody(world.test, { role: 'officer', profile: 'wind-b' });
    other = { token: await officer.key('write') };
  });
  afterAll(() => world?.stop());

  async function send(
    bytes: Buffer,
    { token = world.token, profile = 'wind-a', query = '?dryRun=false', name = 'suivi.xlsx' } = {},
  ) {
    const response = await fetch(new URL(`/v1/profiles/${profile}/import${query}`, world.test.url), {
      method: 'POST',
      headers: bearer(token),
      body: formWith(bytes, name),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as {
      applied: Applied;
      columns: { heading: string; field: string | null }[];
      lines: { outcome: string; opportunity: object | null }[];
    };
  }
  async function pipeline(profile: string, token: string): Promise<OpportunityView[]> {
    const all: OpportunityView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: OpportunityView[]; next: string | null } } = await api(
        world.test.url,
        `/v1/profiles/${profile}/opportunities?limit=25${cursor && `&cursor=${cursor}`}`,
        { token },
      );
      all.push(...body.items);
      cursor = body.next;
    }
    return all;
  }
  /** The contents of bids, without row ids. */
  const facts = (all: OpportunityView[]) =>
    all
      .map((o) => ({
        ...{ call: o.call.identifier, stage: o.stage, lead: o.lead, leadName: o.leadName, role: o.role },
        ...{ partners: o.partners, requested: o.requested, share: o.share, currency: o.currency },
        ...{ probability: o.probability, number: o.proposalNumber, decideBy: o.decideBy },
        deadline: o.deadline,
      }))
      .sort((a, b) => a.call!.localeCompare(b.call!));
  const file = async (path: string): Promise<Buffer> =>
    Buffer.from(
      await (
        await get(world.test.url, `/v1/profiles/wind-a/export/${path}`, bearer(world.token))
      ).arrayBuffer(),
    );

  it('becomes a pipeline: every line at its stage, with what it says of the bid', async () => {
    const dry = await send(await workbook(SHEET), { query: '' });
    expect(dry.columns.map((c) => c.field)).toEqual([
      ...['identifier', 'title', 'stage', 'lead', 'role', 'partners', 'requested', 'share'],
      ...['probability', 'proposal-number', 'decide-by', 'note'],
    ]);
    expect(await pipeline('wind-a', world.token)).toEqual([]);
    const { applied } = await send(await workbook(SHEET));
    expect(applied).toEqual({ verdicts: LINES, notes: Math.ceil(LINES / 7), opportunities: LINES });
    const all = facts(await pipeline('wind-a', world.token));
    expect(all.length).toBe(LINES);
    expect(all.map((o) => o.stage)).toEqual(Array.from({ length: LINES }, (_, i) => stageOf(i)));
    expect(all[3]).toEqual({
      call: identifier(3),
      stage: 'submitted',
      lead: 'inside',
      leadName: null,
      role: 'subcontractor',
      partners: [],
      requested: 4_500_000,
      share: 103_000,
      currency: 'EUR',
      probability: 3,
      number: null,
      decideBy: '2026-05-04',
      deadline: '2027-03-01T16:00:00.000Z',
    });
    expect(all[40]).toMatchObject({
      leadName: 'Université 40',
      partners: ['Partenaire 40', 'TU Delft'],
      requested: 41_000_000,
      number: '101234540',
      deadline: '2026-01-15T16:00:00.000Z',
    });
  });

  it('says nothing new when it is sent again, nor does the table that we give back', async () => {
    const none = { verdicts: 0, notes: 0, opportunities: 0 };
    expect((await send(await workbook(SHEET))).applied).toEqual(none);
    for (const path of [
      'opportunities.xlsx?language=fr',
      'opportunities.csv?language=en',
      'matches.xlsx?status=any&language=fr',
    ])
      expect((await send(await file(path), { name: path.split('?')[0]! })).applied).toEqual(none);
  });

  it('comes back the same: what we give back makes the same pipeline elsewhere', async () => {
    const mine = facts(await pipeline('wind-a', world.token));
    const { applied } = await send(await file('opportunities.xlsx?language=fr'), {
      ...other,
      profile: 'wind-b',
    });
    expect(applied).toMatchObject({ opportunities: LINES });
    expect(facts(await pipeline('wind-b', other.token))).toEqual(mine);
  });

  it('brings no decision back that was taken back since: what we give back adds nothing', async () => {
    const one = (await pipeline('wind-a', world.token)).find((o) => o.call.identifier === identifier(2))!;
    const verdict = `/v1/profiles/wind-a/calls/${one.call.id}/verdict`;
    const decide = (body: object) =>
      api(world.test.url, verdict, { method: 'PUT', token: world.token, body });
    await decide({ verdict: null });
    const none = { verdicts: 0, notes: 0, opportunities: 0 };
    expect((await send(await file('opportunities.xlsx?language=fr'))).applied).toEqual(none);
    await decide({ verdict: 'relevant' });
  });

  it('has its tasks and what was said about it in the sheet: tasks come back, elsewhere too', async () => {
    const ask = <T>(path: string, body: object) =>
      api<T>(world.test.url, `/v1/profiles/wind-a/opportunities/${path}`, {
        method: 'POST',
        token: world.token,
        body,
      });
    const one = (await pipeline('wind-a', world.token)).find((o) => o.call.identifier === identifier(6))!;
    await ask(`${one.id}/tasks`, {
      ...{ text: 'Draft the budget', due: '2026-09-15' },
      personId: world.officer.person.id,
    });
    await ask(`${one.id}/tasks`, { text: '=Call "Ghent"', due: null, personId: null });
    await ask(`${one.id}/comments`, { text: 'Ghent agrees.' });
    const gone = await ask<{ id: string }>(`${one.id}/comments`, { text: 'Forget this.' });
    await api(world.test.url, `/v1/profiles/wind-a/opportunities/${one.id}/comments/${gone.body.id}`, {
      method: 'DELETE',
      token: world.token,
    });
    const told = (lines: Record<string, string>[]) =>
      lines
        .filter((l) => l['Identifiant du sujet'] === identifier(6))
        .map((l) => [l['Tâches'], l['Discussion']]);
    for (const table of ['opportunities.xlsx?', 'matches.xlsx?status=any&']) {
      const path = `/v1/profiles/wind-a/export/${table}language=fr`;
      const [said] = told(await linesOf(await get(world.test.url, path, bearer(world.token))));
      expect(said![0]).toBe('☐ Draft the budget (Olga Officer, 2026-09-15)\n☐ =Call "Ghent"');
      expect(said![1]).toMatch(/^• \d{4}-\d\d-\d\d Olga Officer: Ghent agrees\.$/);
    }
    const own = await file('opportunities.xlsx?language=fr');
    expect((await send(own)).applied).toEqual({ verdicts: 0, notes: 0, opportunities: 0 });
    // Nobody there is called Olga, so her name stays in the text.
    await send(own, { ...other, profile: 'wind-b', query: '?dryRun=false&overwrite=true' });
    const there = (await pipeline('wind-b', other.token)).find((o) => o.call.identifier === identifier(6))!;
    expect(there.tasks.map((t) => [t.text, t.due, t.personId])).toEqual([
      ['Draft the budget (Olga Officer)', '2026-09-15', null],
      ['=Call "Ghent"', null, null],
    ]);
  });

  it('has its documents in the sheet, which says nothing new of them when it comes back, as no form does', async () => {
    const one = (await pipeline('wind-a', world.token)).find((o) => o.call.identifier === identifier(8))!;
    const path = `/v1/profiles/wind-a/opportunities/${one.id}`;
    const documents = [{ label: 'Part B', url: 'https://files.example/b' }];
    const save = () =>
      api(world.test.url, path, { method: 'PATCH', token: world.token, body: { documents } });
    const steps = async (): Promise<number> =>
      (await api(world.test.url, `${path}/history`, { token: world.token })).body.items.length;
    expect((await save()).status).toBe(200);
    const before = await steps();
    expect((await save()).status).toBe(200);
    expect(await steps()).toBe(before);
    const { lines } = await send(await file('opportunities.xlsx?language=fr'));
    expect(lines.filter((l) => l.outcome !== 'same')).toEqual([]);
  });

  it('is in the list with the decisions too, and in its feed, in columns at the end', async () => {
    const lines = await linesOf(
      await get(
        world.test.url,
        '/v1/profiles/wind-a/export/matches.csv?status=any&language=fr',
        bearer(world.token),
      ),
    );
    expect(lines.length).toBe(LINES);
    const one = lines.find((l) => l['Identifiant du sujet'] === identifier(4))!;
    expect(one).toMatchObject({
      Étape: 'Liste de réserve',
      'Porté par': 'Université 4',
      'Notre rôle': 'coordinateur',
      Partenaires: 'Partenaire 4; TU Delft',
      'Go / no-go le': '2026-05-05',
    });
    const made = await api<{ addresses: { csv: string } }>(world.test.url, '/v1/profiles/wind-a/feeds', {
      method: 'POST',
      token: world.officer,
      body: { name: 'Suivi', status: 'any', language: 'fr' },
    });
    const fed = await linesOf(await get(world.test.url, new URL(made.body.addresses.csv).pathname));
    expect(fed.map((l) => l['Étape']).sort()).toEqual(lines.map((l) => l['Étape']).sort());
  });

  it('asks before it changes what somebody worked on since', async () => {
    const all = await pipeline('wind-a', world.token);
    const one = all.find((o) => o.call.identifier === identifier(2))!;
    await api(world.test.url, `/v1/profiles/wind-a/opportunities/${one.id}/stage`, {
      method: 'PUT',
      token: world.token,
      body: { stage: 'submitted' },
    });
    const again = await send(await workbook(SHEET));
    expect(again.applied.opportunities).toBe(0);
    expect(again.lines.filter((l) => l.outcome === 'conflict')).toMatchObject([
      { opportunity: { stage: 'preparing' } },
    ]);
    const over = await send(await workbook(SHEET), { query: '?dryRun=false&overwrite=true' });
    expect(over.applied.opportunities).toBe(1);
    const history = await api<{ items: { kind: string }[] }>(
      world.test.url,
      `/v1/profiles/wind-a/opportunities/${one.id}/history`,
      { token: world.token },
    );
    expect(history.body.items.map((s) => s.kind)).toEqual(['imported', 'stage', 'imported']);
  });
});
