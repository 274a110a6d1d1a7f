import type { INestApplicationContext } from '@nestjs/common';
import type { QuestionChange } from '../../harvest/domain/questions/question.js';
import { dayOf } from './drafts-told.js';
import { QuestionRepository } from '../../harvest/store/questions/question.repository.js';

const QUESTION_FIELDS: Record<QuestionChange['field'], string> = {
  question: 'question',
  answer: 'answer',
  topics: 'keyword',
};

const text = (value: string | string[] | null): string | null =>
  Array.isArray(value) ? value.join('\n') : value;

/** Returns which questions were new, corrected or withdrawn. Those of the first reading were there before. */
export async function questionEvents(app: INestApplicationContext): Promise<object[]> {
  const questions = await app.get(QuestionRepository).all();
  return questions.flatMap((q) => {
    const about = (at: Date | string) => ({
      day: dayOf(new Date(at)),
      source: 'questions',
      key: q.id,
    });
    return [
      ...(q.isNews ? [{ ...about(q.firstSeenAt), kind: 'new', after: q.question }] : []),
      ...q.changes.map(({ at, field, from, to }) => ({
        ...about(at),
        kind: 'changed',
        field: QUESTION_FIELDS[field],
        before: text(from),
        after: text(to),
      })),
      ...(q.goneAt ? [{ ...about(q.goneAt), kind: 'withdrawn', before: q.question }] : []),
    ];
  });
}
