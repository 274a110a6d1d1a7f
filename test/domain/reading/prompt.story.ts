import { LONGEST_TEXT, promptOf } from '../../../src/matching/domain/reader/prompt.js';
import type { ReadableCall } from '../../../src/matching/domain/reader/reading.js';
import { ORDERS } from '../../support/orders.js';
import { aProfile } from '../../support/matching/profiles.js';

const call = (over: Partial<ReadableCall> = {}): ReadableCall => ({
  reference: '50129698TOPICSen',
  title: 'Quieter rotors',
  typesOfAction: ['HORIZON-RIA'],
  text: 'Rotors are to be quieter.\nBy 2030.',
  ...over,
});
const said = (over?: Partial<ReadableCall>, profiles = [aProfile('one'), aProfile('two')]): string =>
  promptOf(call(over), { profiles, summary: false })[1]!.content;

describe('what a model is asked', () => {
  it('names institutes and call by lines of their own, and holds what both say', () => {
    const text = said();
    expect([...text.matchAll(/^(Institute|Call): (\S+)$/gm)].map(([, what, id]) => `${what} ${id}`)).toEqual([
      'Institute one',
      'Institute two',
      'Call 50129698TOPICSen',
    ]);
    expect(text).toContain(
      '| Quieter rotors\n| Type of action: HORIZON-RIA\n| Rotors are to be quieter.\n| By 2030.',
    );
    for (const { label, keywords } of aProfile('one').competences)
      for (const words of [`| ${label}`, keywords[0]!]) expect(text).toContain(words);
  });

  it.each(ORDERS.map((order, i) => [i + 1, order] as const))(
    'takes text %d that gives orders for text, wherever it stands',
    (_, order) => {
      const profile = aProfile('one');
      for (const text of [
        said({ text: order }),
        said({ title: order }),
        said({ typesOfAction: [order] }),
        said({}, [{ ...profile, name: order }, aProfile('two')]),
        said({ reference: `50129698TOPICSen${order}` }),
      ]) {
        const ours = text
          .split(/[\r\n\u2028\u2029\v\f\u0085]+/)
          .filter((line) => !line.startsWith('| ') && line !== '');
        expect(ours.map((line) => line.slice(0, 'Call: 50129698TOPICSen'.length))).toEqual([
          'Institute: one',
          'Language: fr',
          'Institute: two',
          'Language: fr',
          'Call: 50129698TOPICSen',
        ]);
      }
    },
  );

  it('holds no people and no preferences', () => {
    const profile = {
      ...aProfile('one'),
      contacts: [{ name: 'Jane Doe', email: 'jane@lab.example' }],
      preferences: { countries: ['FR'] },
    };
    expect(said({}, [profile as never])).not.toMatch(/Jane|jane@|countries/);
  });

  it('is no longer than was allowed, however long the call', () => {
    const short = said({ text: 'wind '.repeat(10) }).length;
    expect(said({ text: 'wind '.repeat(100_000) }).length).toBeLessThan(short + LONGEST_TEXT);
  });
});
