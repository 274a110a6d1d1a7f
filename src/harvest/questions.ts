import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NotFound } from '../kernel/errors.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { questionView, type QuestionView } from './api/question-views.js';
import { questionPlace, QuestionRepository } from './store/questions/question.repository.js';

const Place = z.object({ at: InCursor.date, id: InCursor.text });

/** The newest questions on a call with all the words looked for, how many there are, and how many in all. */
export interface QuestionsOfCall {
  words: string;
  items: QuestionView[];
  found: number;
  total: number;
}

/** The questions on the topics of calls, the same for all users. */
@Injectable()
export class QuestionsOfCalls {
  constructor(
    private readonly calls: CallRepository,
    private readonly questions: QuestionRepository,
  ) {}

  async newest(callId: string, words: string, most: number): Promise<QuestionsOfCall> {
    const [rows, found, total] = await Promise.all([
      this.questions.list(callId, { words, limit: most, after: null }),
      this.questions.count(callId, words),
      this.questions.count(callId),
    ]);
    return { words, items: rows.map(questionView), found, total };
  }

  /** Returns a page of those with all these words, newest first. Throws NotFound if there is no such call. */
  async page(
    callId: string,
    { q = '', limit, cursor }: { q?: string; limit: number; cursor?: string },
  ): Promise<Page<QuestionView>> {
    if (!(await this.calls.findById(callId))) throw new NotFound('no-call', { id: callId });
    const after = placeOf(cursor, Place);
    const [rows, total] = await Promise.all([
      this.questions.list(callId, { words: q, limit: ahead(limit), after }),
      this.questions.count(callId, q),
    ]);
    return page(rows, limit, total, questionView, questionPlace);
  }
}
