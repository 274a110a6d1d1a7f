import { Inject, Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { requirementsOf, type Requirements } from '../calls/domain/requirements.js';
import { summaryOf } from '../calls/domain/summary.js';
import { ownIdentifier } from '../calls/domain/related-calls.js';
import { matchIn } from '../matching/domain/explanation/passage.js';
import { ProjectsOfCall } from '../funded-projects/projects-of-call.js';
import { Translations } from '../matching/translations.js';
import { labelsIn } from '../profiles/domain/names-in.js';
import type { Document } from '../kernel/document.js';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { briefOf, passagesOf, type TranslatedPassages } from './domain/brief.js';
import { Proposing } from './proposing.js';

/** One-page summaries of calls, for people who have not read them. */
@Injectable()
export class Briefs {
  constructor(
    private readonly proposing: Proposing,
    private readonly translations: Translations,
    private readonly projects: ProjectsOfCall,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The summary and its file name. A model that translates may take 30 seconds the first time. */
  async forCall(
    profileId: string,
    callId: string,
    language: Language,
  ): Promise<{ name: string; document: Document }> {
    const { profile, call, total, why, matched } = await this.proposing.situation(profileId, callId);
    const called = labelsIn(profile.competences, language);
    const stated = requirementsOf(call.content, call.written?.binding);
    const { whomToCall, results } = await this.projects.forCall(callId, [profileId]);
    const document = briefOf({
      call: call.content,
      stated,
      total,
      summary: summaryOf(call, language),
      institute: profile.name,
      whomToCall,
      results,
      why: why.map((one) => ({ ...one, competence: called(one.competence) })),
      matched: matched && {
        match: matchIn(matched.match.result, called, matched.matched),
        content: matched.matched,
      },
      language,
      translated: await this.translated(profileId, callId, { content: call.content, stated }, language),
      now: this.clock.now(),
    });
    return { name: ownIdentifier(call.content) ?? `call-${callId.slice(0, 8)}`, document };
  }

  private async translated(
    profileId: string,
    callId: string,
    { content, stated }: { content: CallContent; stated: Requirements },
    to: Language,
  ): Promise<TranslatedPassages | null> {
    if (content.language === to) return null;
    const { title, purpose, rules } = passagesOf(content, stated);
    const made = await this.translations.translate({
      callId,
      profileId,
      to,
      texts: [title, ...purpose, ...rules],
    });
    if (!made) return null;
    const [newTitle = title, ...rest] = made.texts;
    return {
      title: newTitle,
      purpose: rest.slice(0, purpose.length),
      rules: rest.slice(purpose.length),
      model: made.model,
    };
  }
}
