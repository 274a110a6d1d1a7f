import { groupRelated, type RelatedCall } from '../../../src/calls/domain/related-calls.js';

const call = (title: string, more: Partial<RelatedCall> = {}): RelatedCall => ({
  kind: 'grant',
  title,
  callIdentifier: 'HORIZON-CL4-2027-01',
  reason: `Fits by ${title}`,
  deadlines: [{ at: '2027-03-01T16:00:00.000Z' }],
  ...more,
});
const titles = (calls: RelatedCall[]) => groupRelated(calls).map((group) => group.map(({ title }) => title));

describe('calls that are read as one', () => {
  it('are a topic under two identifiers, and one in two editions, where the first of them stood', () => {
    const [isotopes, twin] = [
      call('Production of isotopes'),
      call('Production of Isotopes ', { callIdentifier: 'EURATOM-LS-2026-01' }),
    ];
    const [before, after] = [
      call('Doctoral networks 2026', { deadlines: [{ at: '2026-11-24T16:00:00.000Z' }] }),
      call('Doctoral networks 2027', { deadlines: [{ at: '2027-11-24T16:00:00.000Z' }] }),
    ];
    expect(titles([before, isotopes, after, call('Batteries of sodium'), twin])).toEqual([
      [before.title, after.title],
      [isotopes.title, twin.title],
      ['Batteries of sodium'],
    ]);
  });

  it('are not the cascade calls of two projects, whatever their titles', () => {
    const open = (callIdentifier: string) =>
      call('Open call for small firms', { kind: 'cascade', callIdentifier });
    expect(titles([open('DIGITAL-2023-SKILLS-05'), open('DIGITAL-2024-SKILLS-07')])).toHaveLength(2);
  });

  it('are topics of one call that share reason and deadlines', () => {
    const shared = { reason: 'Fits your competence “Robots” by “cobot”.' };
    const [first, second] = [call('Cobots in factories', shared), call('Cobots in hospitals', shared)];
    const later = call('Cobots in kitchens', { ...shared, deadlines: [{ at: '2027-09-01T16:00:00.000Z' }] });
    const elsewhere = call('Cobots in fields', { ...shared, callIdentifier: 'HORIZON-CL6-2027-01' });
    const dateless = ['Cobots at sea', 'Cobots in space'].map((t) => call(t, { ...shared, deadlines: [] }));
    expect(titles([first, later, second, elsewhere, ...dateless])).toEqual([
      [first.title, second.title],
      [later.title],
      [elsewhere.title],
      ['Cobots at sea'],
      ['Cobots in space'],
    ]);
  });

  it('are not those whose title says too little, nor those without a reason', () => {
    const none = { reason: null, callIdentifier: null };
    for (const title of ['Call', 'Other actions'])
      expect(titles([call(`${title} 2026`, none), call(`${title} 2027`, none)])).toHaveLength(2);
    expect(
      titles([call('Robots in factories', { reason: null }), call('Robots in fields', { reason: null })]),
    ).toHaveLength(2);
  });
});
