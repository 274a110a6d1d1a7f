import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Actor } from '../kernel/actor.js';
import type { SeveralInput } from './api/proposal-views.js';
import { ProposalSender } from './proposal-sender.js';
import { everybodyOf, Proposing } from './proposing.js';

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
   * Sends one after the other, and returns whether each was sent: not to who was asked before or is no longer
   * on the list. Messages sent before a rate limit is reached stay sent. Throws like a single send.
   */
  async send(
    profileId: string,
    callId: string,
    { id, researchers, word }: SeveralInput,
    actor: Actor,
  ): Promise<boolean> {
    const situation = await this.proposing.situation(profileId, callId);
    const everybody = new Map(everybodyOf(situation).map((r) => [r.id, r]));
    let isAll = true;
    for (const researcher of new Set(researchers)) {
      const person = everybody.get(researcher);
      const message = person && {
        ...this.proposing.draft(situation, person, actor, word),
        id: idOf(id ?? this.sender.newId(), researcher),
      };
      const done = message
        ? await this.sender.send(profileId, callId, { ...message, researcher, again: false }, actor)
        : null;
      if (!done?.sent) isAll = false;
    }
    return isAll;
  }
}
