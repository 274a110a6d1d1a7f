import { AnswerGiven, keptOf, sameAnswer } from '../../../src/proposals/domain/answer.js';
import { answerMail } from '../../../src/proposals/domain/proposal-mails.js';

const problems = (given: unknown) =>
  AnswerGiven.safeParse(given).error?.issues.map((i) => i.path.join('.')) ?? [];

describe('an answer', () => {
  it('is one of three; who says to ask somebody else says whom', () => {
    expect(problems({ answer: 'interested' })).toEqual([]);
    expect(problems({ answer: 'ask-other', other: 'Jean' })).toEqual([]);
    expect(problems({ answer: 'ask-other', other: ' ' })).toEqual(['other']);
    expect(problems({ answer: 'perhaps' })).toEqual(['answer']);
    expect(problems({ answer: 'not-for-me', word: 'x'.repeat(2_001) })).toEqual(['word']);
    expect(problems({ answer: 'not-for-me', word: 'x\r\n'.repeat(700) })).toEqual([]);
  });

  it('keeps somebody else only where they are to be asked', () => {
    expect(keptOf({ answer: 'interested', word: '', other: 'Jean' })).toEqual({
      answer: 'interested',
      word: null,
      other: null,
    });
    expect(keptOf({ answer: 'ask-other', other: 'Jean' })).toEqual({
      answer: 'ask-other',
      word: null,
      other: 'Jean',
    });
  });

  it('is the same where nothing of it differs', () => {
    const answer = { answer: 'interested', word: 'yes', other: null } as const;
    expect([
      sameAnswer(answer, { ...answer }),
      sameAnswer(answer, { ...answer, word: null }),
      sameAnswer(answer, { ...answer, answer: 'not-for-me' }),
    ]).toEqual([true, false, false]);
  });
});

describe('the mail that tells an answer', () => {
  const overrides = {
    officer: 'Odile',
    researcher: 'Marie',
    given: { answer: 'ask-other' as const, word: 'He knows <more>.', other: 'Jean' },
    changed: false,
    askedAt: new Date('2026-10-01T08:00:00Z'),
    title: 'Larger wind farms',
    page: 'https://calls.example/institutes/air/calls/1',
  };

  it('says who answered what, their word, whom to ask, and where it stands', () => {
    const { subject, text, html } = answerMail({ ...overrides, language: 'en' });
    expect(subject).toBe('Marie: ask someone else – Larger wind farms');
    expect(text).toBe(
      [
        'Hello Odile,',
        'Marie answered your proposal of 1 October 2026: “ask someone else”.',
        'Person to ask: Jean',
        'Their comment: “He knows <more>.”',
        'Larger wind farms',
        'See the call and all answers\nhttps://calls.example/institutes/air/calls/1\n',
      ].join('\n\n'),
    );
    expect(html).toContain('He knows &lt;more>.');
  });

  it('says in French that it replaces an earlier one', () => {
    const { subject, text } = answerMail({
      ...overrides,
      language: 'fr',
      changed: true,
      given: { answer: 'interested', word: null, other: null },
    });
    expect(subject).toBe('Marie\u00a0: cela m’intéresse – Larger wind farms');
    expect(text).toContain('Cette réponse remplace la précédente.');
    expect(text).not.toMatch(/Son mot|À contacter/);
  });
});
