import { pageFromMail } from '../access/domain/landing.js';
import { Inject, Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { type Status, statusAt } from '../calls/domain/status.js';
import { sha256 } from '../kernel/hash.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import { keptOf, type Answer, type AnswerGiven, type AnswerState } from './domain/answer.js';
import { answerMail } from './domain/proposal-mails.js';
import type { ProposalEntity } from './store/proposal.entity.js';
import { ProposalRepository } from './store/proposal.repository.js';
import { ResearcherRepository } from './store/researcher.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { MAIL } from '../outbox/mail.job.js';
import { TAKE_UP } from '../decisions/jobs.js';

/** What a researcher sees behind the e-mail link: no more about the institute than the e-mail said. */
export interface Question {
  askedBy: string;
  askedAt: Date;
  researcher: string;
  language: Language;
  /** The message as sent. */
  text: string;
  call: Pick<CallContent, 'title' | 'kind' | 'identifier' | 'language' | 'deadlines' | 'url'>;
  status: Status;
  answered: (AnswerState & { at: Date }) | null;
}

/** Answers of researchers, authenticated by the secret in their link only. */
@Injectable()
export class Answers {
  constructor(
    private readonly proposals: ProposalRepository,
    private readonly researchers: ResearcherRepository,
    private readonly calls: CallRepository,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The question behind a link; null if the link is unknown. Read-only. */
  async question(secret: string): Promise<Question | null> {
    const found = await this.findBySecret(secret);
    return found && this.view(found.proposal, found.call);
  }

  /**
   * Stores an answer, replacing an earlier one, and notifies the person who asked. Null if the link is
   * unknown; not taken once the call is closed.
   */
  async give(secret: string, given: AnswerGiven): Promise<{ taken: boolean } | null> {
    const found = await this.findBySecret(secret);
    if (!found) return null;
    const { proposal, call } = found;
    const now = this.clock.now();
    if (statusAt(call, now) === 'closed') return { taken: false };
    const kept = keptOf(given);
    const officer = await this.proposals.asker(proposal);
    const mailId = await this.proposals.answer(
      proposal.id,
      kept,
      now,
      (before) => officer && this.mailTo(officer, before, call, kept, now),
    );
    await this.queues.hurry([
      ...(mailId === null ? [] : [job(MAIL, { mailId })]),
      job(TAKE_UP, { profileId: proposal.profileId }),
    ]);
    return { taken: true };
  }

  /**
   * Records that the researcher wants no more calls from the institute: they are removed from its list for
   * good, and no reminders of earlier proposals are sent. Idempotent. Returns false if the link is unknown.
   */
  async object(secret: string): Promise<boolean> {
    const found = await this.findBySecret(secret);
    if (!found) return false;
    // Empty if the person was erased since.
    if (found.proposal.email) await this.researchers.object(found.proposal, this.clock.now());
    return true;
  }

  private async findBySecret(secret: string): Promise<{ proposal: ProposalEntity; call: CallEntity } | null> {
    const proposal = await this.proposals.byToken(sha256(secret));
    const call = proposal && (await this.calls.findById(proposal.callId));
    return proposal && call ? { proposal, call } : null;
  }

  private view(p: ProposalEntity, call: CallEntity): Question {
    const { title, kind, identifier, language, deadlines, url } = call.content;
    return {
      askedBy: p.askedBy,
      askedAt: p.createdAt,
      researcher: p.name,
      language: p.language,
      text: p.text,
      call: { title, kind, identifier, language, deadlines, url },
      status: statusAt(call, this.clock.now()),
      answered: p.answeredAt && { answer: p.answer, word: p.word, other: p.other, at: p.answeredAt },
    };
  }

  private mailTo(
    officer: PersonEntity,
    proposal: ProposalEntity,
    call: CallEntity,
    given: AnswerState & { answer: Answer },
    now: Date,
  ): NewTransactionalMail {
    const mail = answerMail({
      language: officer.language,
      officer: officer.name,
      researcher: proposal.name,
      given,
      changed: proposal.answer !== null,
      askedAt: proposal.createdAt,
      title: call.content.title,
      page: pageFromMail(this.env, officer, `/institutes/${proposal.profileId}/calls/${call.id}`),
    });
    return newTransactionalMail(this.env, {
      kind: 'answer',
      profileId: proposal.profileId,
      toName: officer.name,
      toAddress: officer.email,
      replyTo: proposal.email,
      ...mail,
      createdAt: now,
    });
  }
}
