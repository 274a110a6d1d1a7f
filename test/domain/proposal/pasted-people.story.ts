import { MOST_PEOPLE, pastedPeople, type PastedPerson } from '../../../src/proposals/domain/pasted-people.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';

const COMPETENCES = [
  { label: 'Wind energy', labels: { fr: 'Énergie éolienne' } },
  { label: 'Materials' },
  { label: 'Eau\u00a0: traitement' },
];
const sound = ({ name, email }: PastedPerson): boolean => name !== '' && /^[^@]+@[^@]+$/.test(email);
const read = (text: string) =>
  pastedPeople(text, { competences: COMPETENCES, sound, objecting: new Set(['no@example.org']) });

describe('people who are pasted', () => {
  it('are read a line each, with competences in any case of letters', () => {
    const lines =
      'Marie  Martin <Marie@Lab.example>; wind ENERGY; Materials\r\n\n"Abel, Adam" <adam@lab.example>\nZoe\u00a0Z <zoe@lab.example>\tWind energy\tWind energy; eau : traitement';
    expect(read(lines)).toEqual({
      problems: [],
      people: [
        { name: 'Marie Martin', email: 'marie@lab.example', competences: ['Wind energy', 'Materials'] },
        { name: 'Abel, Adam', email: 'adam@lab.example', competences: [] },
        { name: 'Zoe Z', email: 'zoe@lab.example', competences: ['Wind energy', 'Eau\u00a0: traitement'] },
      ],
    });
  });

  it('stand behind a competence by its name in either language', () => {
    expect(read('Zoe <zoe@lab.example>; énergie éolienne').people).toEqual([
      { name: 'Zoe', email: 'zoe@lab.example', competences: ['Wind energy'] },
    ]);
  });

  it('are not taken where they want no calls', () => {
    expect(read('No <no@example.org>\nZoe <zoe@lab.example>').problems).toEqual([
      { line: 1, wrong: 'objects', text: 'No <no@example.org>' },
    ]);
  });

  it('are told by their line where it cannot be read, or is not what is kept of a person', () => {
    expect(read('Marie\nmarie@lab.example\nZoe <zoe@lab.example>; Tides\nAnne <anne>').problems).toEqual([
      { line: 1, wrong: 'person', text: 'Marie' },
      { line: 2, wrong: 'person', text: 'marie@lab.example' },
      { line: 3, wrong: 'competence', text: 'Tides' },
      { line: 4, wrong: 'person', text: 'Anne <anne>' },
    ]);
  });

  it('are one where an address comes twice', () => {
    expect(read('Zoe <zoe@lab.example>; Materials\nZ. <ZOE@lab.example>; Wind energy').people).toEqual([
      { name: 'Zoe', email: 'zoe@lab.example', competences: ['Materials', 'Wind energy'] },
    ]);
  });

  it('are read with little work, whatever a line is made of', async () => {
    expect(
      await cpuSeconds(() => {
        for (const line of [
          `a${' '.repeat(99_000)}b`,
          `a <a@${'.'.repeat(40_000)}`,
          `"${'a '.repeat(49_000)}<`,
        ])
          expect(read(line).problems).toMatchObject([{ line: 1, wrong: 'long' }]);
      }),
    ).toBeLessThan(20);
  });

  it('are read with little work where each line names hundreds of words and the profile has many competences', async () => {
    const competences = Array.from({ length: 100 }, (_, i) => ({
      label: `Competence number ${i}`,
      labels: { fr: `Compétence numéro ${i}` },
    }));
    const lines = Array.from({ length: 170 }, (_, i) => `P${i} <p${i}@lab.example>; ${'x;'.repeat(280)}`);
    expect(
      await cpuSeconds(() => {
        const { problems } = pastedPeople(lines.join('\n'), { competences, sound, objecting: new Set() });
        expect(problems).toHaveLength(170);
      }),
    ).toBeLessThan(2);
  });

  it('are so many at once and no more: the first line beyond is named', () => {
    const lines = Array.from({ length: MOST_PEOPLE }, (_, i) => `P${i} <p${i}@lab.example>`);
    expect(read(['', ...lines].join('\n')).people).toHaveLength(MOST_PEOPLE);
    expect(read(['', ...lines, 'One <more@lab.example>'].join('\n'))).toEqual({
      people: [],
      problems: [{ line: MOST_PEOPLE + 2, wrong: 'many', text: '' }],
    });
  });
});
