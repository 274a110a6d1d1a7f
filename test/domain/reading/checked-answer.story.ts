import { quotableFrom, checkedAnswer } from '../../../src/matching/domain/reader/read-call.js';
import { readingPoints } from '../../../src/matching/domain/reader/reading.js';

const CALL = {
  reference: 'R1',
  title: 'Quieter rotors for urban air mobility',
  typesOfAction: [],
  text: 'Expected outcome: noise “below 60 dB(A)”.\nProposals should address blade design, and wake – interaction.',
};
const good = {
  institute: 'one',
  call: 'R1',
  grade: 'wanted',
  reason: 'It designs blades.',
  quote: 'Proposals should address blade design',
};
const answer = (...readings: unknown[]): string => JSON.stringify({ readings });
const checked = (content: string, asked = ['one', 'two']) => {
  const { readings, refused } = checkedAnswer(content, CALL, asked);
  return { readings: Object.fromEntries(readings), refused: Object.fromEntries(refused) };
};
const WANTED = { grade: 'wanted', reason: { en: good.reason }, quote: good.quote };
const TAKEN = { readings: { one: WANTED, two: { grade: 'not' } }, refused: {} };
const refusedAll = (why: string) => ({ readings: {}, refused: { one: why, two: why } });

describe('an answer', () => {
  it.each([
    ['alone', answer(good)],
    ['in a fence', `Here it is:\n\`\`\`json\n${answer(good)}\n\`\`\`\nI hope this helps.`],
    ['after what was thought aloud', `<think>{"readings": [{}]} or not?</think>\n${answer(good)}`],
    ['with the mark of a line before the quote', answer({ ...good, quote: `| ${good.quote}` })],
    ['with what was not asked of each line', answer({ ...good, confidence: 0.9 })],
  ])('is taken %s, and who is left out does not want the call', (_, content) =>
    expect(checked(content)).toEqual(TAKEN),
  );

  it('may say of each that it does not want the call', () => {
    expect(
      checked(
        answer(
          { institute: 'one', call: 'R1', grade: 'not' },
          { institute: 'two', call: 'R1', grade: 'not', reason: 'No.', quote: 'nowhere' },
        ),
      ).readings,
    ).toEqual({ one: { grade: 'not' }, two: { grade: 'not' } });
    expect(checked(answer())).toEqual({
      readings: { one: { grade: 'not' }, two: { grade: 'not' } },
      refused: {},
    });
  });

  it.each([
    ['is empty', ''],
    ['is a sentence', 'I cannot help with that.'],
    ['is cut off', answer(good).slice(0, -30)],
    ['is a list', JSON.stringify([good])],
    ['is of another form', '{"grades": []}'],
    ['has a line of another form', answer(good, 'two: wanted')],
    ['has a grade that there is not', answer({ ...good, grade: 'maybe' })],
    ['has a reason of a page', answer({ ...good, reason: 'x'.repeat(401) })],
  ])('that %s is refused whole', (_, content) =>
    expect(checked(content)).toEqual(refusedAll('the answer is not of the form')),
  );

  it.each([
    ['institute', { institute: 'three' }],
    ['call', { call: 'R2' }],
  ])('that speaks of another %s is refused whole', (_, over) => {
    expect(checked(answer(good, { ...good, ...over }))).toEqual(
      refusedAll('the answer speaks of what nobody asked for'),
    );
  });

  it.each([
    [
      'whose quote stands nowhere',
      { quote: 'These words stand nowhere in the call.' },
      'the quote does not stand in the call',
    ],
    ['without a quote', { quote: '' }, 'the quote does not stand in the call'],
    ['whose quote is any word', { quote: 'should' }, 'the quote does not stand in the call'],
    ['without a reason', { reason: ' ' }, 'the reason is missing'],
    [
      'whose reason leads elsewhere',
      { reason: 'See https://evil.example now.' },
      'the reason holds an address',
    ],
    ['whose other reason does', { reasonOther: 'Voir www.evil.example' }, 'the reason holds an address'],
    [
      'whose reason names a server',
      { reason: 'Register at evil1.example/in now.' },
      'the reason holds an address',
    ],
  ])('loses the line %s, and no other', (_, over, why) => {
    expect(checked(answer({ ...good, institute: 'two' }, { ...good, ...over }))).toEqual({
      readings: { two: WANTED },
      refused: { one: why },
    });
  });

  it('is taken without the characters that no database stores', () => {
    const said = { reason: `${good.reason}\0`, quote: `\ud83d${good.quote}\0` };
    expect(checked(answer({ ...good, ...said }))).toEqual(checked(answer(good)));
  });

  it('that names an institute twice says nothing of it', () => {
    expect(checked(answer(good, { ...good, grade: 'partly' }))).toEqual({
      readings: { two: { grade: 'not' } },
      refused: { one: 'the answer names it twice' },
    });
  });
});

describe('a quote', () => {
  it.each([
    'noise "below 60 dB(A)"',
    'NOISE BELOW 60 dB',
    'blade design, and wake-interaction',
    'urban air mobility',
    'Quieter rotors … blade design',
    '"noise ‘below 60 dB(A)’"',
    '| Proposals should address\n| blade design',
  ])('stands in the call, however it is set: %s', (quote) => expect(quotableFrom(CALL)(quote)).toBe(true));

  it.each([
    '',
    '…',
    'rotor for urban air',
    'blade design … Quieter rotors',
    'address blade designs',
    'mobility for quieter rotors',
    'ade design, and wa',
  ])('does not: %s', (quote) => expect(quotableFrom(CALL)(quote)).toBe(false));
});

it('a reading decides between bands, and the built-in ranking within them', () => {
  const read = (grade: 'wanted' | 'partly' | 'not') =>
    [0, 50, 100].map((score) => score + readingPoints(grade, score));
  expect([read('wanted'), read('partly'), read('not')]).toEqual([
    [70, 85, 100],
    [30, 34.5, 39],
    [0, 7.5, 15],
  ]);
});
