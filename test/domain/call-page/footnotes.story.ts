import { withNotes, markedParagraphs, type Mark } from '../../../src/calls/domain/page/marking.js';

const mark = (text: string, words: string, anchor = true): Mark => {
  const start = text.indexOf(words);
  return { start, end: start + words.length, competence: 0, reason: 1, anchor };
};
/** The text as read: a number in the place of each note. */
const read = (text: string, marks: Mark[] = []): string[] => {
  const [noted] = withNotes([{ text, marks }]);
  return markedParagraphs(noted!.text, marks, noted!.refs).map((line) =>
    line.map((s) => (s.note ? `(${s.note.number})` : s.text)).join(''),
  );
};

describe('the footnotes of a call', () => {
  it('are numbers in the text and a list below it, where the portal writes them into a sentence', () => {
    const text = 'Simplified costs[[Decision of\n2024.]].\nRotors[[ https://rotor.example ]] are quiet.';
    expect(read(text)).toEqual(['Simplified costs(1).', 'Rotors(2) are quiet.']);
    expect(withNotes([{ text, marks: [] }])[0]!.notes).toEqual([
      { id: 'note-0-1', number: 1, text: 'Decision of\n2024.' },
      { id: 'note-0-2', number: 2, text: 'https://rotor.example' },
    ]);
  });

  it('are taken from the list at the end of the section that is referred to, or of a later one', () => {
    const scope = 'Rotors[1] are quiet, and blades[2] are light.';
    const later = 'Impact follows.\n[1] See the roadmap.\n[2] See the annex.';
    const [first, second] = withNotes([scope, later].map((text) => ({ text, marks: [] })));
    expect(first).toMatchObject({
      text: scope,
      refs: [
        { id: 'note-1-1', number: 1 },
        { id: 'note-1-2', number: 2 },
      ],
      notes: [],
    });
    expect(second).toEqual({
      text: 'Impact follows.',
      refs: [],
      notes: [
        { id: 'note-1-1', number: 1, text: 'See the roadmap.' },
        { id: 'note-1-2', number: 2, text: 'See the annex.' },
      ],
    });
  });

  it('stay in the text where nothing is listed, or a reason leads to their words', () => {
    expect(read('Rotors [1] are quiet.')).toEqual(['Rotors [1] are quiet.']);
    const text = 'Rotors[[of composites]] are quiet.';
    expect(read(text, [mark(text, 'composites')])).toEqual([text]);
    expect(read(text, [mark(text, 'composites', false)])).toEqual(['Rotors(1) are quiet.']);
  });

  it('leave the marks around them where they were, and end a paragraph no more than their text did', () => {
    const text = 'Quiet rotors[[of\ncomposites]].Validate blades here.';
    const [noted] = withNotes([{ text, marks: [] }]);
    const paragraphs = markedParagraphs(text, [mark(text, 'blades')], noted!.refs);
    expect(paragraphs).toHaveLength(2);
    expect(paragraphs[1]!.find((s) => s.reasons.length > 0)?.text).toBe('blades');
  });
});
