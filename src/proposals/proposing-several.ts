import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Actor } from '../kernel/actor.js';
import type { SeveralInput } from './api/proposal-views.js';
import { ProposalSender } from './proposal-sender.js';
import { everybodyOf, Proposing } from './proposing.js';

/** The outcome for each researcher of a proposal to several. */
export interface Outcome {
  researcher: string;
  /** Null if nothing was sent. */
  sent: string | null;
  /** Null if it was sent. `gone`: they are no longer on the list. */
  why: 'asked' | 'taken' | 'gone' | null;
}

/** The id of the message to one researcher, derived from the form's id, so that a double click sends once. */
function idOf(form: string, researcher: string): string {
  const hex = createHash('sha256').update(`${form}/${researcher}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Proposes a call to several researchers, to each with their own reasons and in their language. */
@Injectable()
export class ProposingSeveral {
  constructor(
    private readonly proposing: Proposing,
    private readonly sender: ProposalSender,
  ) {}

  /**
   * Sends one after the other: messages sent before a rate limit is reached stay sent. Throws like a single
   * send.
   */
  async send(
    profileId: string,
    callId: string,
    { id, researchers, word }: SeveralInput,
    actor: Actor,
  ): Promise<Outcome[]> {
    const situation = await this.proposing.situation(profileId, callId);
    const everybody = new Map(everybodyOf(situation).map((r) => [r.id, r]));
    const outcomes: Outcome[] = [];
    for (const researcher of new Set(researchers)) {
      const person = everybody.get(researcher);
      if (!person) {
        outcomes.push({ researcher, sent: null, why: 'gone' });
        continue;
      }
      const message = {
        ...this.proposing.draft(situation, person, actor, word),
        id: idOf(id ?? this.sender.newId(), researcher),
      };
      const done = await this.sender.send(profileId, callId, { ...message, researcher, again: false }, actor);
      outcomes.push({ researcher, sent: done.sent, why: done.sent === null ? done.why : null });
    }
    return outcomes;
  }
}
