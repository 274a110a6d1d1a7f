import {
  correctionsBetween,
  isCut,
  newsFor,
  type QuestionChange,
  type QuestionHistory,
} from '../../../src/harvest/domain/questions/question.js';

const [FIRST, LATER, LAST] = ['2026-06-01', '2026-06-08', '2026-06-15'].map(
  (d) => new Date(`${d}T06:00:00Z`),
) as [Date, Date, Date];
const A = 'HORIZON-CL9-2028-01-AB-01';
const B = 'HORIZON-CL9-2028-01-AB-02';
const CONTENT = { question: 'May one apply alone?', answer: 'No.\nAt least three partners.', topics: [A] };
const question = (over: Partial<QuestionHistory> = {}): QuestionHistory => ({
  ...CONTENT,
  id: '1',
  firstSeenAt: FIRST,
  isNews: true,
  changes: [],
  goneAt: null,
  ...over,
});
const changed = (
  field: QuestionChange['field'],
  at: Date,
  from: QuestionChange['from'] = '',
): QuestionChange => ({
  at: at.toISOString(),
  field,
  from,
  to: '',
});

describe('a correction of a question', () => {
  const between = (after: Partial<typeof CONTENT>) =>
    correctionsBetween(CONTENT, { ...CONTENT, ...after }, FIRST.toISOString()).map((c) => c.field);

  it('is another word, and no other blank, line or order of topics', () => {
    expect(between({})).toEqual([]);
    expect(between({ answer: ' No. At\u00a0least  three partners.' })).toEqual([]);
    expect(between({ answer: 'No.\nAt least four partners.' })).toEqual(['answer']);
    expect(between({ question: 'May two apply alone?', topics: [B, A] })).toEqual(['question', 'topics']);
    expect(
      correctionsBetween({ ...CONTENT, topics: [A, B] }, { ...CONTENT, topics: [B, A] }, '').length,
    ).toBe(0);
  });

  it('is an answer that was missing', () => {
    expect(correctionsBetween({ ...CONTENT, answer: null }, CONTENT, '')).toMatchObject([
      { field: 'answer', from: null, to: CONTENT.answer },
    ]);
  });
});

it('an answer is cut off where its list has fewer words, and not where it has other blanks', () => {
  expect(isCut({ answer: 'No. At' }, CONTENT)).toBe(true);
  expect(isCut({ answer: null }, CONTENT)).toBe(true);
  expect(isCut({ answer: 'No. At least three partners.' }, CONTENT)).toBe(false);
});

describe('news of a question', () => {
  it('is new for who hears of it first, whatever has been corrected since', () => {
    expect(newsFor(A, question(), [FIRST])).toBe('new');
    expect(newsFor(A, question({ changes: [changed('answer', LATER)] }), [FIRST, LATER])).toBe('new');
    expect(newsFor(A, question({ isNews: false }), [FIRST])).toBeNull();
  });

  it('is corrected for who has heard of it', () => {
    const corrected = question({ changes: [changed('answer', LATER)] });
    expect(newsFor(A, corrected, [LATER])).toBe('corrected');
    expect(newsFor(A, corrected, [LAST])).toBeNull();
  });

  it('is withdrawn for who has heard of it, and nothing for who has not', () => {
    const gone = question({ goneAt: LAST });
    expect(newsFor(A, gone, [LAST])).toBe('withdrawn');
    expect(newsFor(A, gone, [FIRST, LAST])).toBeNull();
    expect(newsFor(A, question({ goneAt: LAST, isNews: false }), [FIRST, LAST])).toBe('withdrawn');
  });

  it('that moves is new for one topic, and withdrawn for the other', () => {
    const moved = question({ topics: [B], changes: [changed('topics', LATER, [A])] });
    expect(newsFor(A, moved, [LATER])).toBe('withdrawn');
    expect(newsFor(B, moved, [LATER])).toBe('new');
    expect(newsFor(A, moved, [FIRST, LATER])).toBeNull();
    const joined = question({ topics: [A, B], changes: [changed('topics', LATER, [A])] });
    expect(newsFor(A, joined, [LATER])).toBeNull();
    expect(newsFor(B, joined, [LATER])).toBe('new');
  });
});
