import type { QuestionItem } from '../../../src/notifications/domain/content/message.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { both } from '../../support/notifications/read-mail.js';
import { alone } from '../../support/notifications/sample-calls-to-tell.js';
import { message, told } from '../../support/notifications/sample-messages.js';

const NB = '\u00a0';
const item = (title = 'Enzymes', ...more: QuestionItem['questions']): QuestionItem => ({
  callId: 'c1',
  call: alone({ title }),
  questions: [
    { news: 'new', question: 'Is <b>steel</b> a material?', answer: 'Yes.\nIt is.' },
    { news: 'corrected', question: 'May one apply alone?', answer: null },
    { news: 'withdrawn', question: 'And the moon?', answer: 'not repeated' },
    ...more,
  ],
  pageUrl: 'https://carnot.example/calls/c1',
});

describe('news of questions in a mail', () => {
  it('stand under their call, each with its answer, as words', () => {
    for (const body of both(message({ questions: [item()] }))) {
      expect(body).toMatch(
        /Questions and answers on your calls ?[= ]*(- )?Enzymes ?New question: Is <b>steel<\/b> a material\? Yes\. It is\. ?Corrected: May one apply alone\? ?Withdrawn: And the moon\?/,
      );
      expect(body).not.toContain('not repeated');
    }
    expect(renderMail(message({ questions: [item()] })).html).not.toContain('<b>steel');
  });

  it('beyond the newest three of a call are counted', () => {
    const { text } = renderMail(
      message({ questions: [item('Enzymes', { news: 'new', question: 'Left out?', answer: null })] }),
    );
    expect(text).toContain('4 questions new or changed');
    expect(text).not.toContain('Left out?');
  });

  it('are told in French as the French do', () => {
    const { text, subject } = renderMail(message({ language: 'fr', questions: [item()] }));
    const said = text.replaceAll(NB, ' ').replace(/\s+/g, ' ');
    expect(said).toContain('Questions et réponses sur vos appels');
    expect(said).toContain('Nouvelle question : Is <b>steel</b> a material');
    expect(said).toContain('Retirée : And the moon');
    expect(subject.replaceAll(NB, ' ')).toBe(
      'Carnot Europe : 3 questions nouvelles ou modifiées pour le Carnot LISA',
    );
  });

  it('are the subject only where no call is told of', () => {
    const of = (over: Parameters<typeof message>[0]) =>
      renderMail(message({ questions: [item()], ...over })).subject;
    expect(of({})).toBe('Carnot Europe: 3 questions new or changed for Carnot LISA');
    expect(of({ items: [told(alone({ deadlines: [] }))] })).toBe('Carnot Europe: 1 new call for Carnot LISA');
  });

  it('of many calls are cut with a word', () => {
    const { text } = renderMail(
      message({ questions: Array.from({ length: 13 }, (_, i) => item(`Call ${i}`)) }),
    );
    expect(text.match(/^- Call /gm)).toHaveLength(10);
    expect(text).toContain('\n3 more\n');
  });
});
