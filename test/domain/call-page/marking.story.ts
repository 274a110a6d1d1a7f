import fc from 'fast-check';
import { markedParagraphs, type Mark } from '../../../src/calls/domain/page/marking.js';

const mark = (start: number, end: number, competence = 0, reason = competence + 1, anchor = false): Mark => ({
  start,
  end,
  competence,
  reason,
  anchor,
});
const textOf = (text: string, marks: Mark[]): string =>
  markedParagraphs(text, marks)
    .map((line) => line.map((s) => s.text).join(''))
    .join('\n');

describe('the text of a field with what was found in it', () => {
  it('is cut exactly where a mark begins and ends', () => {
    expect(
      markedParagraphs('on wind turbines at sea', [mark(3, 16)])[0]!.map((s) => [s.text, s.competences]),
    ).toEqual([
      ['on ', []],
      ['wind turbines', [0]],
      [' at sea', []],
    ]);
  });

  it('says of words that two competences share that both found them', () => {
    const [line] = markedParagraphs('residual biomass', [mark(0, 16, 0, 1), mark(9, 16, 2, 7)]);
    expect(line!.map((s) => [s.text, s.competences, s.reasons])).toEqual([
      ['residual ', [0], [1]],
      ['biomass', [0, 2], [1, 7]],
    ]);
  });

  it('names one competence once where two of its words overlap, and both reasons', () => {
    const [line] = markedParagraphs('offshore wind', [mark(0, 13, 0, 1), mark(9, 13, 0, 2)]);
    expect(line![1]).toMatchObject({ text: 'wind', competences: [0], reasons: [1, 2] });
  });

  it('has the place to which a reason leads on the first segment of its mark, and of two reasons on one place both', () => {
    const [line] = markedParagraphs('deep sea mining', [
      mark(0, 8, 0, 1, true),
      mark(0, 15, 1, 2, true),
      mark(9, 15, 0, 3),
    ]);
    expect(line!.map((s) => s.anchors)).toEqual([[1, 2], [], []]);
  });

  it('ends a paragraph where the source lost the break, and nowhere else', () => {
    const texts = (text: string): string[] =>
      markedParagraphs(text, []).map((p) => p.map((piece) => piece.text).join(''));
    expect(texts('Projects should:Demonstrate processes (at TRL 6).Validate them.')).toEqual([
      'Projects should:',
      'Demonstrate processes (at TRL 6).',
      'Validate them.',
    ]);
    for (const whole of [
      'See e.g. Horizon Europe.',
      'ISO 9001:Quality',
      'the U.S.Department',
      'www.Example.org',
      'Ends here. Begins there.',
    ])
      expect(texts(whole)).toEqual([whole]);
    const marked = markedParagraphs('Aims:Increased value of biomass.', [
      { start: 5, end: 14, competence: 0, reason: 1, anchor: true },
    ]);
    expect(marked[1]![0]).toMatchObject({ text: 'Increased', reasons: [1] });
  });

  it('keeps paragraphs, empty ones too, and a mark over a line break is marked in both', () => {
    const lines = markedParagraphs('a wind\n\nturbine b', [mark(2, 15)]);
    expect(lines.map((line) => line.map((s) => [s.text, s.competences.length]))).toEqual([
      [
        ['a ', 0],
        ['wind', 1],
      ],
      [],
      [
        ['turbine', 1],
        [' b', 0],
      ],
    ]);
  });

  it('counts in UTF-16, as the matching does', () => {
    expect(markedParagraphs('🌍 wind', [mark(3, 7)])[0]!.at(-1)).toMatchObject({
      text: 'wind',
      competences: [0],
    });
  });

  it('leaves out marks that lie outside of the text: the call may have changed since', () => {
    for (const wrong of [mark(3, 99), mark(-1, 2), mark(4, 4), mark(5, 2)])
      expect(markedParagraphs('wind', [wrong])[0]).toEqual([
        expect.objectContaining({ text: 'wind', competences: [] }),
      ]);
  });

  it('is the same text, whatever the marks, and each character has the competences of the marks over it', () => {
    const text = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '🌍') });
    const marks = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 70 }),
        end: fc.integer({ min: 0, max: 70 }),
        competence: fc.nat(4),
        reason: fc.nat(9),
        anchor: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(text, marks, (t, all) => {
        expect(textOf(t, all)).toBe(t);
        const sound = all.filter((m) => m.start < m.end && m.end <= t.length);
        let at = 0;
        for (const line of markedParagraphs(t, all)) {
          for (const s of line) {
            for (let i = at; i < at + s.text.length; i += 1) {
              expect(s.competences).toEqual(
                [...new Set(sound.filter((m) => m.start <= i && i < m.end).map((m) => m.competence))].sort(
                  (a, b) => a - b,
                ),
              );
            }
            at += s.text.length;
          }
          at += 1;
        }
      }),
    );
  });
});
