import { Inject, Injectable } from '@nestjs/common';
import { summaryOf } from '../../calls/domain/summary.js';
import { statusAt } from '../../calls/domain/status.js';
import { matchIn } from '../../matching/domain/explanation/passage.js';
import type { CallEntity } from '../../calls/store/call.entity.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import { CallFitRepository } from '../../matching/store/call-fit.repository.js';
import { labelsIn } from '../../profiles/domain/label-in.js';
import type { CallItem } from '../domain/content/message.js';
import { fitsEnough } from '../domain/preferences/preferences.js';
import type { Clock } from '../../kernel/ports.js';
import { DigestRepository } from '../store/digest.repository.js';
import { RecipientFitRepository } from '../store/recipient-fit.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import type { Names } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** A call as it would appear in a message, with what decides whether it does. */
export interface TellableCall extends Omit<CallItem, 'changes' | 'urgency'> {
  matchId: string | null;
  status: ReturnType<typeof statusAt>;
  /** Rejected by every institute through whose profile the reader would hear of it. */
  refused: boolean;
  /** Found unwanted by a language model for each of them that has not rejected it. */
  unwanted: boolean;
}

@Injectable()
export class CallItems {
  constructor(
    private readonly digests: DigestRepository,
    private readonly recipientFit: RecipientFitRepository,
    private readonly recent: RecentCallRepository,
    private readonly fit: CallFitRepository,
    private readonly addresses: Addresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns these calls in their current state for a reader, without those no longer stored. `asAnnounced`:
   * only a fit that is enough to announce a call is named.
   */
  async forRecipient(
    context: RecipientContext,
    names: Names,
    callIds: string[],
    { asAnnounced, searches }: { asAnnounced: boolean; searches?: Map<string, string[]> },
  ): Promise<Map<string, TellableCall>> {
    const calls = await this.recent.byIds(callIds);
    const fits = await this.recipientFit.fits(callIds, context);
    const best = callIds.flatMap(
      (callId) =>
        fits
          .get(callId)
          ?.slice(0, 1)
          .map(({ profileId }) => ({ callId, profileId })) ?? [],
    );
    const [results, baseline, totals] = [
      await this.recipientFit.results(best, context),
      await this.digests.neverNew(callIds),
      await this.fit.statedTotals([...calls.values()]),
    ];
    return new Map(
      [...calls].map(([id, call]) => {
        const known = { id, fits: fits.get(id) ?? [], searches: searches?.get(id) ?? [] };
        const named = known.fits.filter((f) => !asAnnounced || fitsEnough(f, context));
        const fitting = named.filter((f) => !f.no);
        const found = fitting.length ? results.get(id) : undefined;
        const called = found && labelsIn(found.competences, context.recipient.language);
        const match = found && matchIn(found.result, called!, call.content);
        return [
          id,
          {
            ...this.plain(context, call),
            baseline: baseline.has(id),
            total: totals.get(id) ?? 'topic',
            match: match ?? null,
            matchId: found?.id ?? null,
            unread: found?.unread ?? false,
            because: names.because({ ...known, fits: named }),
            profiles: fitting.map((f) => ({
              id: f.profileId,
              name: names.profile(f.profileId),
              score: f.score,
            })),
            refused: known.fits.length > 0 && known.fits.every((f) => f.no),
            unwanted: known.fits.length > 0 && known.fits.every((f) => f.no || f.unwanted),
          },
        ];
      }),
    );
  }

  private plain(context: RecipientContext, call: CallEntity) {
    return {
      callId: call.id,
      version: call.version,
      call: call.content,
      binding: call.written?.binding ?? [],
      summary: summaryOf(call, context.recipient.language),
      status: statusAt(call, this.clock.now()),
      pageUrl: this.addresses.call(context, call.id),
    };
  }
}
