import { passagesOf, textHash, textOfCompetence } from '../../src/matching/domain/embedding/texts.js';
import { LONGEST_EMBEDDED_TEXT } from '../../src/kernel/ports.js';
import { unitVector } from '../../src/kernel/unit-vector.js';
import type { CallContent } from '../../src/calls/domain/call-content.js';
import { fieldText } from '../../src/matching/domain/index/fields.js';
import type { EmbeddedText } from '../../src/kernel/ports.js';
import { aCall } from '../support/matching/calls.js';

describe('what a call means', () => {
  const texts = (call: CallContent): string[] => passagesOf(call).map((p) => p.text.text);
  const scope = (text: string, title = 'Wind'): CallContent =>
    aCall('A', { title, sections: [{ kind: 'scope', title: '', text }] });

  it('is its title and its text in order, without conditions and what it shares with others', () => {
    const call = aCall('A', {
      title: 'Wind',
      keywords: ['Energy'],
      callTitle: 'Cluster 5',
      destination: 'Climate',
      sections: [
        { kind: 'conditions', title: 'Rules', text: 'Be eligible.' },
        { kind: 'expected-outcome', title: 'Outcome', text: 'Cheaper wind.' },
        { kind: 'scope', title: 'Scope', text: 'Blades.' },
      ],
    });
    expect(passagesOf(call)).toEqual([
      {
        text: { kind: 'call', language: 'en', text: 'Wind\nCheaper wind.\nBlades.' },
        field: 'sections.1',
        start: 0,
        end: 13,
      },
    ]);
    expect(passagesOf(aCall('A', { language: 'fr' }))[0]!.text.language).toBe('fr');
  });

  it('is told by what stands around it where it has no text, and by its title where nothing does', () => {
    expect(
      texts(aCall('A', { title: 'Wind', keywords: ['Energy', 'Sea'], destination: 'Climate', sections: [] })),
    ).toEqual(['Wind\nEnergy\nSea\nClimate']);
    expect(passagesOf(aCall('A', { title: 'Wind', sections: [] }))).toEqual([
      { text: { kind: 'call', language: 'en', text: 'Wind' }, field: 'title', start: 0, end: 4 },
    ]);
  });

  it('is read in passages that end with a sentence, each below the title, and told where each stands', () => {
    const call = scope(Array.from({ length: 60 }, (_, i) => `Sentence ${i} is about blades.`).join(' '));
    const passages = passagesOf(call);
    expect(passages.length).toBeGreaterThan(2);
    for (const {
      text: { text },
      field,
      start,
      end,
    } of passages) {
      expect(text.length).toBeLessThanOrEqual(605);
      expect(text).toBe(`Wind\n${fieldText(call, field)!.slice(start, end).trim()}`);
    }
    for (const {
      text: { text },
    } of passages.slice(0, -1))
      expect(text).toMatch(/blades\.$/);
    expect(passages.slice(1).map((p) => p.start)).toEqual(passages.slice(0, -1).map((p) => p.end));
  });

  it.each([['offshore '.repeat(900)], ['x'.repeat(9_000)], [`${'y'.repeat(2_000)}. z`]])(
    'is cut off',
    (text) => {
      const all = passagesOf(scope(text)).reduce((sum, p) => sum + p.end - p.start, 0);
      expect(all).toBeLessThanOrEqual(LONGEST_EMBEDDED_TEXT);
      expect(all).toBeGreaterThan(LONGEST_EMBEDDED_TEXT - 20);
    },
  );
});

describe('what a competence means', () => {
  it('is its label, its description and its words, in the language in which they are written', () => {
    expect(
      textOfCompetence({ label: 'Wind', description: 'Blades of the sea.', keywords: ['offshore', 'rotor'] }),
    ).toEqual({ kind: 'competence', language: 'en', text: 'Wind\nBlades of the sea.\noffshore, rotor' });
    expect(
      textOfCompetence({ label: 'Éolien', description: 'Des pales pour les parcs en mer.', keywords: [] })
        .language,
    ).toBe('fr');
  });
});

describe('a text among vectors', () => {
  it('is known by its kind, its language and what it says', () => {
    const text: EmbeddedText = { kind: 'call', language: 'en', text: 'wind' };
    const all: EmbeddedText[] = [
      text,
      { ...text, kind: 'competence' },
      { ...text, language: 'fr' },
      { ...text, text: 'Wind' },
    ];
    expect(new Set(all.map(textHash)).size).toBe(4);
    expect(textHash(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(textHash({ ...text })).toBe(textHash(text));
  });
});

describe('a vector of length one', () => {
  it('points where the numbers point', () =>
    expect([...unitVector([3, 4])!].map((x) => x.toFixed(3))).toEqual(['0.600', '0.800']));
  it.each([[[]], [[0, 0]], [[NaN, 1]], [[Infinity, 1]]])('is not made of %j', (numbers) =>
    expect(unitVector(numbers)).toBeNull(),
  );
});
