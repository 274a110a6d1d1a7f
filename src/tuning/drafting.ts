import { Injectable } from '@nestjs/common';
import { draftCompetences, type Draft } from '../matching/domain/index.js';
import { Corpus } from '../matching/index.js';

/** Drafts competences from a description, in words that calls have. */
@Injectable()
export class ProfileDrafting {
  constructor(private readonly corpus: Corpus) {}

  /** Writes nothing; the draft is somebody's to read and correct. */
  async draft(description: string): Promise<Draft> {
    await this.corpus.refresh();
    const {
      matcher: { index },
      model: { terminology },
    } = this.corpus;
    return draftCompetences(description, {
      terminology,
      calls: (language) => index.sizeIn(language),
      holding: (text, language) => index.holding(text, language),
    });
  }
}
