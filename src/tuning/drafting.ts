import { Injectable } from '@nestjs/common';
import { draftCompetences, type Draft } from '../matching/domain/index.js';
import { Corpus } from '../matching/index.js';

/** Drafts competences from a description, in terms that occur in calls. */
@Injectable()
export class ProfileDrafting {
  constructor(private readonly corpus: Corpus) {}

  /** Saves nothing; the draft is to be reviewed and corrected by a person. */
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
