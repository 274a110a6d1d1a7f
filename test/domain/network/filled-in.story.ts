import { NO_FACTS } from '../../../src/pipeline/domain/opportunity.js';
import { filledIn, type Part } from '../../../src/network/domain/joint.js';

const lead = (id: string) => ({ id, name: `Carnot ${id}` });
const part = (of: Part['lead'], ...others: string[]): Part => ({ profileId: 'a', lead: of, others });

describe('what a pipeline is given of a joint bid', () => {
  it('is the role and the lead, as seen from the institute', () => {
    expect(filledIn(NO_FACTS, null, part(lead('a'), 'B'))).toEqual({
      ...NO_FACTS,
      ...{ role: 'coordinator', lead: 'inside', leadName: null, partners: ['B'] },
    });
    expect(filledIn(NO_FACTS, null, part(lead('b'), 'B'))).toMatchObject({
      ...{ role: 'partner', lead: 'outside', leadName: 'Carnot b' },
    });
    expect(filledIn(NO_FACTS, null, part(null, 'B'))).toEqual({ ...NO_FACTS, partners: ['B'] });
  });

  it('follows a change of the lead, and stays once more where nothing changed', () => {
    const before = part(lead('b'), 'B');
    const given = filledIn(NO_FACTS, null, before);
    expect(filledIn(given, before, before)).toEqual(given);
    expect(filledIn(given, before, part(lead('a'), 'B'))).toMatchObject({
      role: 'coordinator',
      leadName: null,
    });
    expect(filledIn(given, before, part(null, 'C'))).toEqual({ ...NO_FACTS, partners: ['C'] });
  });

  it('leaves what was written by hand', () => {
    const own = { ...NO_FACTS, leadName: 'A university', partners: ['A school', 'B'] };
    expect(filledIn(own, null, part(lead('b'), 'B', 'C'))).toEqual({
      ...own,
      partners: ['A school', 'B', 'C'],
    });
    expect(filledIn({ ...own, role: 'associated' }, part(lead('b'), 'B'), part(lead('a')))).toMatchObject({
      ...{ role: 'associated', leadName: 'A university', partners: ['A school'] },
    });
  });
});
