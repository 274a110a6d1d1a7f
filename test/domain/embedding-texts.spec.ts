import { textHash } from '../../src/domain/embedding/text-hash.js';
import { LONGEST_TEXT, textOfCall, textOfCompetence } from '../../src/domain/embedding/texts.js';
import { unitVector } from '../../src/domain/embedding/unit-vector.js';
import type { EmbeddedText } from '../../src/domain/ports.js';
import { aCall } from '../support/calls.js';

describe('what a call means', () => {
  it('is its title and its text in order, without conditions and what it shares with others', () => {
    const call = aCall('A', {
      title: 'Wind', keywords: ['Energy'], callTitle: 'Cluster 5', destination: 'Climate',
      sections: [{ kind: 'conditions', title: 'Rules', text: 'Be eligible.' }, { kind: 'expected-outcome', title: 'Outcome', text: 'Cheaper wind.' }, { kind: 'scope', title: 'Scope', text: 'Blades.' }],
    });
    expect(textOfCall(call)).toEqual({ kind: 'call', language: 'en', text: 'Wind\nCheaper wind.\nBlades.' });
    expect(textOfCall(aCall('A', { language: 'fr' })).language).toBe('fr');
  });

  it('is told by what stands around it where it has no text', () => {
    expect(textOfCall(aCall('A', { title: 'Wind', keywords: ['Energy', 'Sea'], destination: 'Climate', sections: [] })).text).toBe('Wind\nEnergy\nSea\nClimate');
  });

  it('is cut off at a word', () => {
    const { text } = textOfCall(aCall('A', { sections: [{ kind: 'scope', title: '', text: 'offshore '.repeat(900) }] }));
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.length).toBeGreaterThan(LONGEST_TEXT - 10);
    expect(text).toMatch(/ offshore$/);
    expect(textOfCall(aCall('A', { sections: [{ kind: 'scope', title: '', text: 'x'.repeat(9_000) }] })).text.length).toBeLessThanOrEqual(LONGEST_TEXT);
  });
});

describe('what a competence means', () => {
  it('is its label, its description and its words, in the language in which they are written', () => {
    expect(textOfCompetence({ label: 'Wind', description: 'Blades of the sea.', keywords: ['offshore', 'rotor'] }))
      .toEqual({ kind: 'competence', language: 'en', text: 'Wind\nBlades of the sea.\noffshore, rotor' });
    expect(textOfCompetence({ label: 'Éolien', description: 'Des pales pour les parcs en mer.', keywords: [] }).language).toBe('fr');
  });
});

describe('a text among vectors', () => {
  it('is known by its kind, its language and what it says', () => {
    const text: EmbeddedText = { kind: 'call', language: 'en', text: 'wind' };
    const all: EmbeddedText[] = [text, { ...text, kind: 'competence' }, { ...text, language: 'fr' }, { ...text, text: 'Wind' }];
    expect(new Set(all.map(textHash)).size).toBe(4);
    expect(textHash(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(textHash({ ...text })).toBe(textHash(text));
  });
});

describe('a vector of length one', () => {
  it('points where the numbers point', () => expect([...unitVector([3, 4])!].map((x) => x.toFixed(3))).toEqual(['0.600', '0.800']));
  it.each([[[]], [[0, 0]], [[NaN, 1]], [[Infinity, 1]]])('is not made of %j', (numbers) => expect(unitVector(numbers)).toBeNull());
});
