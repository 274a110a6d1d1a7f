import type { Section } from '../../../src/calls/domain/parsed-call.js';
import { statedTrl } from '../../../src/calls/domain/trl.js';

const scope = (text: string, kind: Section['kind'] = 'scope'): Section => ({ kind, title: '', text });
const levels = (text: string): [number | null, number | null] | null => {
  const trl = statedTrl([scope(text)]);
  return trl && [trl.from, trl.to];
};

describe('levels that are stated', () => {
  it.each<[string, number | null, number | null]>([
    [
      'Activities are expected to start at TRL 4-5 and achieve TRL 6-7 by the end of the project – see General Annex B.',
      4,
      7,
    ],
    ['Activities are expected to achieve TRL 6-8 by the end of the project.', null, 8],
    ['Activities are expected to achieve TRL 5 or higher by the end of the project.', null, 5],
    ['nullActivities are expected to start at TRL 2 and achieve TRL 4 by the end of the project', 2, 4],
    [
      'Activities are expected to start from TRL 5 in order to achieve TRL 7-8 by the end of the project.',
      5,
      8,
    ],
    ['Activities start at TRL 6 and achieve TRL 7 to 8.', 6, 8],
    ['Projects begin at TRL 6 and should end at TRL 8.', 6, 8],
    ['Innovations are developed further (from TRL 4 to TRL 5/6), and investment is attracted.', 4, 6],
    ['Take the technology from TRL 4 to TRL 6.', 4, 6],
    ['From minimum TRL 4 up to TRL 6.', 4, 6],
    ['Starting from TRL 3 to TRL 5.', 3, 5],
    ['Pilots start with a minimum TRL 6.', 6, null],
    ['Starting at TRL3.', 3, null],
    ['The prototype reaches at least TRL 7.', null, 7],
    ['Additives that reduce emissions (reaching TRL 7) are tested.', null, 7],
    ['Solutions reach up to Technical Readiness Level (TRL) 6.', null, 6],
    ['Demonstrations (up to TRL 7-8) are carried out.', null, 8],
    ['Activities achieve Technology Readiness Levels (TRL) 6–7.', null, 7],
    ['Demonstrations are at minimum TRL 8 by the end of the project.', null, 8],
    ['Value chains are at TRL 8 by the action end.', null, 8],
    ['The work is done at TRL 9.', null, null],
  ])('%s', (text, from, to) =>
    expect(levels(text)).toEqual(from === null && to === null ? null : [from, to]),
  );
});

describe('no guess from a mere mention', () => {
  it.each([
    'Activities may start at any TRL.',
    'Technologies at high TRL are of interest.',
    'In line with TRL 5, see General Annex B.',
    'Multi-scale modelling chains (TRL 5) are integrated.',
    'Development of technologies above TRL 4 is out of scope.',
    'Technologies at low TRL (<4) hold promise.',
    'The reference definition is ISO 16290:2013.',
    'Previous projects took the technology from TRL 2 to TRL 4.',
    'Proposals are not expected to reach TRL 6.',
    'It goes from TRL 6 to TRL 4.',
    'Start at TRL 10.',
    'Reach 7 regions.',
    'Start at room 4 and reach 6 people.',
  ])('%s', (text) => expect(levels(text)).toBeNull());

  it('nor from the conditions, which are the same in every call', () => {
    expect(statedTrl([scope('Activities achieve TRL 6.', 'conditions')])).toBeNull();
    expect(statedTrl([])).toBeNull();
  });
});

describe('the quote', () => {
  const quote = (text: string) => statedTrl([scope(text)])?.quote;

  it('is the whole sentence and no more', () => {
    expect(quote('Before. Activities, e.g. pilots, achieve TRL 6 (v. 2.5) at last. After.')).toBe(
      'Activities, e.g. pilots, achieve TRL 6 (v. 2.5) at last.',
    );
    expect(quote('A line\nActivities achieve TRL 6\nAnother')).toBe('Activities achieve TRL 6');
    expect(quote('It matters.Activities achieve TRL 6 – see Annex B.[1] Note.')).toBe(
      'Activities achieve TRL 6 – see Annex B.',
    );
    expect(quote('Activities achieve TRL 6.')).toBe('Activities achieve TRL 6.');
  });

  it('holds both levels: what two sentences say of two things is not put together', () => {
    expect(statedTrl([scope('Area A starts at TRL 2. Area B reaches TRL 8.')])).toEqual({
      from: 2,
      to: null,
      quote: 'Area A starts at TRL 2.',
    });
  });

  it('is the first sentence with both levels, else the first with one, over all sections', () => {
    const sections = [
      scope('Pilots reach TRL 7.', 'summary'),
      scope('Activities start at TRL 4 and achieve TRL 6.'),
    ];
    expect(statedTrl(sections)).toEqual({
      from: 4,
      to: 6,
      quote: 'Activities start at TRL 4 and achieve TRL 6.',
    });
    expect(statedTrl([scope('Pilots reach TRL 7.'), scope('Tools reach TRL 5.')])).toMatchObject({ to: 7 });
  });
});
