import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { CallContent } from '../calls/domain/call-content.js';
import type { StatedTotal } from '../calls/domain/page/budget-comparison.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { NotFound } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import { CallFitRepository } from '../matching/store/call-fit.repository.js';
import type { Verdict, VerdictReason } from '../matching/domain/verdict.js';
import { inContext, requestContext } from '../platform/database/request-context.js';
import { rowsOfInstitute } from '../platform/database/row-scope.js';
import { CLOCK } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Reviewed } from './domain/decision.js';
import { reviewedOf, ReviewRepository } from './store/review.repository.js';
import { decidedSince, Verdicts } from './verdicts.js';

/** Whose link of which message is for which decision; `from`: the address of the request. */
export interface LinkedDecision {
  person: { id: string; name: string; insideFrom: Date | null };
  profileId: string;
  callId: string;
  verdict: 'relevant' | 'not';
  message: string;
  from: string | undefined;
}

/** All that whoever has the link is shown: a digest gets forwarded. */
export interface LinkedDecisionShown {
  institute: string;
  call: CallContent;
  total: StatedTotal;
  version: number;
  /** What is decided; null if nobody has. */
  verdict: Verdict | null;
  /** The reason, if this link decided: then it may also undo it. */
  own: { reason: VerdictReason | null } | null;
  now: Date;
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
      const [call, profile, standing] = [
        await this.calls.findById(link.callId),
        await this.profiles.findById(link.profileId),
        await this.standing(link),
      ];
      if (!call || !profile) throw new NotFound('no-call', { id: link.callId });
      return {
        institute: profile.content.name,
        call: call.content,
        total: (await this.fit.statedTotals([call])).get(call.id) ?? 'topic',
        version: call.version,
        verdict: standing.verdict,
        own: isOwn(link, standing) ? { reason: standing.reason } : null,
        now: this.clock.now(),
      };
    });
  }

  /**
   * Decides, in one press. `shown` is what was decided when the page was shown: throws if that has changed
   * since.
   */
  decide(
    link: LinkedDecision,
    { shown, reason, version }: { shown: Verdict | null; reason: VerdictReason | null; version: number },
  ): Promise<void> {
    return this.within(link, async () => {
      const { person, profileId, callId, verdict } = link;
      const standing = await this.standing(link);
      if (standing.verdict !== shown && standing.verdict !== verdict) throw decidedSince(standing);
      const by = { name: person.name, personId: person.id };
      const decision = { verdict, reason, until: null, version, decidedAt: standing.verdictAt };
      await this.verdicts.decide(by, profileId, callId, decision, true);
      await this.audit.note('decision.made', profileId, `call/${callId}`, { verdict });
    });
  }

  /** Undoes the decision of this link alone; throws if it is no longer current. */
  undo(link: LinkedDecision): Promise<void> {
    return this.within(link, async () => {
      const standing = await this.standing(link);
      if (!isOwn(link, standing) || standing.verdictAt === null) throw decidedSince(standing);
      await this.verdicts.undo(link.profileId, link.callId, standing.verdictAt);
      await this.audit.note('decision.undone', link.profileId, `call/${link.callId}`);
    });
  }

  private async standing({ profileId, callId }: LinkedDecision): Promise<Reviewed> {
    return reviewedOf(await this.reviews.findByCall(profileId, callId));
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
