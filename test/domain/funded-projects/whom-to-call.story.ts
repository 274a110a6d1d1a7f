import {
  type Collaboration,
  contactReason,
  organisationText,
  type Reader,
  whomToCall,
  worthLookingAt,
  yearsOf,
} from '../../../src/funded-projects/domain/whom-to-call.js';
import { type PortalProject, projectChanges } from '../../../src/funded-projects/domain/portal-project.js';
import {
  type Lineage,
  type RelatedTopic,
  type WonProject,
  wonProjects,
} from '../../../src/funded-projects/domain/won-project.js';
import type { HistoryProject } from '../../../src/funded-projects/domain/history-project.js';

const topic = (code: string, lineage: Lineage): RelatedTopic => ({ code, title: null, lineage });
const EDITION = topic('HORIZON-CL9-2025-01', 'identifier');

const inPortal = (id: string, over: Partial<PortalProject> = {}): PortalProject => ({
  ...{ id, acronym: `P${id}`, title: null, objective: null, topics: [EDITION.code], topicTitle: null },
  ...{ programme: null, start: null, end: null, signedOn: null, status: null, totalCost: null },
  ...{ contribution: null, participants: [] },
  ...over,
});
const who = (pic: string, role = 'participant', name: string | null = `Organisation ${pic}`) => ({
  ...{ pic, role, name, country: 'DE', city: null, contribution: null },
});
const inCordis = (id: string, over: Partial<HistoryProject> = {}): HistoryProject => ({
  ...{
    id,
    acronym: `C${id}`,
    title: 'In CORDIS',
    objective: null,
    programme: 'HORIZON',
    start: null,
    end: null,
  },
  ...{ topics: [{ code: EDITION.code, title: null }], fundingScheme: null, status: 'SIGNED', subjects: [] },
  ...{ totalCost: 5_000_000, ecMaxContribution: 4_000_000, participants: [] },
  ...over,
});
const led = (id: string, by: string, start: string | null = null): WonProject =>
  wonProjects([EDITION], [inPortal(id, { start, participants: [who(by, 'coordinator')] })], [])[0]!;
const with_ = (pic: string, institute: string, project: string, start = '2021-01-01'): Collaboration => ({
  pic,
  partnerOf: {
    institute: { id: institute, name: `Carnot ${institute}` },
    project,
    start,
    end: '2024-12-31',
  },
});
const NOBODY: Reader = { institutes: new Set(), pics: new Set() };
const LETI: Reader = { institutes: new Set(['leti']), pics: new Set(['999992401']) };

describe('the projects of related topics', () => {
  it('are each one project, whatever both sources say; what one leaves out comes from the other', () => {
    const [project, ...more] = wonProjects(
      [EDITION],
      [inPortal('1', { status: 'Ongoing', participants: [who('900000001', 'coordinator', null)] })],
      [
        inCordis('1', {
          participants: [
            { ...who('900000001', 'coordinator', 'Fraunhofer'), name: 'Fraunhofer' },
          ] as unknown as HistoryProject['participants'],
        }),
      ],
    );
    expect(more).toEqual([]);
    expect(project).toMatchObject({
      acronym: 'P1',
      title: 'In CORDIS',
      status: 'Ongoing',
      contribution: 4_000_000,
      by: ['portal', 'cordis'],
      participants: [{ pic: '900000001', name: 'Fraunhofer' }],
    });
  });

  it('state no amount where neither source does', () => {
    const [project] = wonProjects([EDITION], [inPortal('1')], [inCordis('1', { ecMaxContribution: null })]);
    expect(project!.contribution).toBeNull();
  });

  it('stand by how near their topic is, then by time; one of two topics stands with the nearer', () => {
    const [own, near] = [topic('OWN-2027', 'own'), topic('near-2024', 'text')];
    const projects = wonProjects(
      [near, EDITION, own],
      [
        inPortal('1', { topics: ['NEAR-2024', EDITION.code], start: '2024-01-01' }),
        inPortal('2', { topics: ['NEAR-2024'], start: '2026-01-01' }),
        inPortal('3', { start: '2025-01-01' }),
        inPortal('4', { topics: ['OWN-2027'] }),
        inPortal('5', { topics: ['ANOTHER'] }),
      ],
      [],
    );
    expect(projects.map((p) => [p.id, p.topic.lineage])).toEqual([
      ['4', 'own'],
      ['3', 'identifier'],
      ['1', 'identifier'],
      ['2', 'text'],
    ]);
  });

  it('name nobody who left them', () => {
    const left = { ...who('900000002'), ended: true } as unknown as HistoryProject['participants'][number];
    const [project] = wonProjects([EDITION], [], [inCordis('1', { participants: [left] })]);
    expect(project!.participants).toEqual([]);
  });
});

describe('whom to call', () => {
  it('is who coordinated most often, then most recently', () => {
    const projects = [
      led('1', 'twice', '2019-01-01'),
      led('2', 'twice', '2020-01-01'),
      led('3', 'old', '2018-01-01'),
      led('4', 'new', '2025-01-01'),
      led('5', 'undated'),
    ];
    expect(
      whomToCall(projects, [], NOBODY).map((c) => [c.pic, c.coordinated.length, c.of, c.latest]),
    ).toEqual([
      ['twice', 2, 5, '2020-01-01'],
      ['new', 1, 5, '2025-01-01'],
      ['old', 1, 5, '2018-01-01'],
      ['undated', 1, 5, null],
    ]);
  });

  it('is among equals who has worked with the institute, then with another one, then nobody', () => {
    const projects = ['a', 'b', 'c'].map((pic, i) => led(String(i), pic, '2024-01-01'));
    const known = [
      with_('b', 'list', 'SISTER'),
      with_('c', 'leti', 'OWN'),
      with_('c', 'list', 'NEWER', '2025-01-01'),
    ];
    expect(whomToCall(projects, known, LETI).map((c) => [c.pic, c.partnerOf?.project])).toEqual([
      ['c', 'OWN'],
      ['b', 'SISTER'],
      ['a', undefined],
    ]);
    const anybody = whomToCall(projects, known, NOBODY).find((c) => c.pic === 'c')!;
    expect(anybody.partnerOf?.project).toBe('NEWER');
  });

  it('is five at most, and never the institute itself', () => {
    const projects = Array.from({ length: 8 }, (_, i) => led(String(i), `pic${i}`, `201${i}-01-01`));
    const all = [...projects, led('9', '999992401', '2026-01-01')];
    expect(whomToCall(all, [], NOBODY)).toHaveLength(5);
    expect(whomToCall(all, [], NOBODY)[0]!.pic).toBe('999992401');
    expect(whomToCall(all, [], LETI).map((c) => c.pic)).toEqual(['pic7', 'pic6', 'pic5', 'pic4', 'pic3']);
    expect(worthLookingAt(all, LETI)).not.toContain('999992401');
  });

  it('is said in a sentence, in French and in English', () => {
    const projects = [led('1', 'a', '2024-01-01'), led('2', 'a'), led('3', 'b'), led('4', 'c')];
    const [one] = whomToCall(projects, [with_('a', 'leti', 'NEXTBAT')], LETI);
    expect(contactReason(one!, 'en')).toBe(
      'coordinated 2 of 4 (P1, P2); partner of Carnot leti in NEXTBAT 2021–24',
    );
    expect(contactReason(one!, 'fr')).toBe(
      'a coordonné 2 projets sur 4 (P1, P2)\u00a0; partenaire du Carnot leti dans NEXTBAT 2021–24',
    );
    const [only] = whomToCall([led('1', 'a')], [], NOBODY);
    expect(contactReason(only!, 'en')).toBe('coordinated the only project (P1)');
    expect(organisationText(only!, 'fr')).toBe('Organisation a (DE)');
    expect(organisationText({ pic: '9', name: null, country: null }, 'en')).toBe('PIC 9');
  });

  it('has the years of a project as they are known', () => {
    expect(yearsOf('2021-01-01', '2021-12-31', 'en')).toBe('2021');
    expect(yearsOf('2021-01-01', null, 'fr')).toBe('depuis 2021');
    expect(yearsOf(null, '2024-01-01', 'en')).toBeNull();
    expect(yearsOf('1999-01-01', '2003-01-01', 'en')).toBe('1999–2003');
  });
});

describe('a change of a project', () => {
  const before = inPortal('1', {
    contribution: 100,
    status: 'Ongoing',
    participants: [who('a', 'coordinator')],
  });
  const seen = (over: Partial<PortalProject>) =>
    projectChanges(before, { ...before, ...over }, '2026-06-02T00:00:00.000Z').map((c) => [c.field, c.to]);

  it('is an amount, a status, or who takes part and as what', () => {
    expect(seen({ contribution: 90 })).toEqual([['contribution', 90]]);
    expect(seen({ status: 'Ended' })).toEqual([['status', 'Ended']]);
    expect(seen({ participants: [who('a', 'coordinator'), who('b')] })).toEqual([
      ['participants', ['Organisation a', 'Organisation b']],
    ]);
    expect(seen({ participants: [who('a', 'participant')] })).toEqual([['participants', ['Organisation a']]]);
  });

  it('is neither what is missing this time, nor another order, nor what nobody asked about', () => {
    expect(seen({ contribution: null, status: null, participants: [] })).toEqual([]);
    expect(
      seen({ title: 'Another title', participants: [{ ...who('a', 'coordinator'), contribution: 5 }] }),
    ).toEqual([]);
  });
});
