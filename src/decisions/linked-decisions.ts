import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { CallContent } from '../calls/domain/call-content.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { isOver, type Status, statusAt } from '../calls/domain/status.js';
import type { StatedTotal } from '../calls/domain/page/budget-comparison.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { NotFound } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import type { Verdict, VerdictReason } from '../matching/domain/verdict.js';
import { inContext, requestContext, rowsOfInstitute } from '../platform/database/request-context.js';
import { CLOCK } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Reviewed } from './domain/decision.js';
import { reviewedOf, ReviewRepository } from './store/review.repository.js';
import { decidedSince, Verdicts } from './verdicts.js';

/** Whose link of which message is for which decision on which calls; `from`: the address of the request. */
export interface LinkedDecision {
  person: { id: string; name: string; insideFrom: Date | null };
  profileId: string;
  callIds: readonly string[];
  verdict: 'relevant' | 'not';
  message: string;
  from: string | undefined;
}

export interface LinkedCall {
  id: string;
  content: CallContent;
  total: StatedTotal;
  status: Status;
  version: number;
  /** What is decided; null if nobody has. */
  verdict: Verdict | null;
  /** The reason, if this link decided: then it may also undo it. */
  own: { reason: VerdictReason | null } | null;
  /** Whether the link decides on it now: one for several leaves alone what is decided, or over. */
  open: boolean;
}

/** All that whoever has the link is shown: a digest gets forwarded. */
export interface LinkedDecisionShown {
  institute: string;
  calls: LinkedCall[];
  now: Date;
}

/** What was decided on a call when the page was shown, and its version then. */
export interface AsShown {
  verdict: Verdict | null;
  version: number;
}

/** Decisions by the link in a mail: in its reader's name, within their institute, by the inbox's rules. */
@Injectable()
export class LinkedDecisions {
  constructor(
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly profiles: ProfileRepository,
    private readonly reviews: ReviewRepository,
    private readonly verdicts: Verdicts,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Changes nothing: mail scanners open every link. Throws if the call is no longer stored. */
  show(link: LinkedDecision): Promise<LinkedDecisionShown> {
    return this.within(link, async () => {
      const profile = await this.profiles.findById(link.profileId);
      const calls: LinkedCall[] = [];
      if (!profile) throw new NotFound('no-profile', { id: link.profileId });
      for (const { call, status, standing } of await this.standing(link))
        calls.push({
          id: call.id,
          content: call.content,
          total: (await this.fit.statedTotals([call])).get(call.id) ?? 'topic',
          status,
          version: call.version,
          verdict: standing.verdict,
          own: isOwn(link, standing) ? { reason: standing.reason } : null,
          open: isOpen(link, standing, status),
        });
      return { institute: profile.content.name, calls, now: this.clock.now() };
    });
  }

  /**
   * Decides, in one press. `shown`: each call as the page showed it; throws if something else has been
   * decided since.
   */
  decide(
    link: LinkedDecision,
    { shown, reason }: { shown: readonly AsShown[]; reason: VerdictReason | null },
  ): Promise<void> {
    return this.within(link, async () => {
      const { person, profileId, verdict } = link;
      const calls = await this.standing(link);
      const since = calls.find(
        ({ standing }, i) => standing.verdict !== shown[i]!.verdict && standing.verdict !== verdict,
      );
      if (since) throw decidedSince(since.standing);
      const by = { name: person.name, personId: person.id };
      for (const [i, { call, status, standing }] of calls.entries()) {
        if (!isOpen(link, standing, status)) continue;
        const { version } = shown[i]!;
        const decision = { verdict, reason, until: null, version, decidedAt: standing.verdictAt };
        await this.verdicts.decide(by, profileId, call.id, decision, true);
        await this.audit.note('decision.made', profileId, `call/${call.id}`, { verdict });
      }
    });
  }

  /** Undoes the decisions of this link alone; throws if none is current. */
  undo(link: LinkedDecision): Promise<void> {
    return this.within(link, async () => {
      const calls = await this.standing(link);
      const own = calls.filter(({ standing }) => isOwn(link, standing));
      if (own.length === 0) throw decidedSince(calls[0]!.standing);
      for (const { call, standing } of own) {
        await this.verdicts.undo(link.profileId, call.id, standing.verdictAt!);
        await this.audit.note('decision.undone', link.profileId, `call/${call.id}`);
      }
    });
  }

  private async standing({ profileId, callIds }: LinkedDecision) {
    const all: { call: CallEntity; status: Status; standing: Reviewed }[] = [];
    for (const id of callIds) {
      const call = await this.calls.findById(id);
      if (!call) throw new NotFound('no-call', { id });
      const standing = reviewedOf(await this.reviews.findByCall(profileId, id));
      all.push({ call, status: statusAt(call, this.clock.now()), standing });
    }
    return all;
  }

  /** The rows and the name of its reader, as if they had signed in. */
  private within<T>(
    { person, profileId, message, from }: LinkedDecision,
    work: () => Promise<T>,
  ): Promise<T> {
    return inContext(
      {
        kind: 'person',
        person: person.id,
        profile: profileId,
        via: `mail/${message}`,
        ...(from !== undefined && { from }),
        work: requestContext()?.work ?? {},
        rows: rowsOfInstitute(profileId, person.insideFrom),
      },
      work,
    );
  }
}

/** Whether that decision was made by a link to the same person, for the same. */
const isOwn = ({ person, verdict }: LinkedDecision, standing: Reviewed): boolean =>
  standing.verdictByLink && standing.verdictById === person.id && standing.verdict === verdict;

/** Whether a press decides: a link for one call also changes what is decided. */
const isOpen = ({ callIds, verdict }: LinkedDecision, standing: Reviewed, status: Status): boolean =>
  callIds.length === 1 ? standing.verdict !== verdict : standing.verdict === null && !isOver(status);
