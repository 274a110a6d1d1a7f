import { Inject, Injectable } from '@nestjs/common';
import type { RankedCall } from '../matching/domain/scoring/match.js';
import {
  messageRate,
  type MessageRate,
  periodOf,
  type PastProfile,
} from '../notifications/domain/schedule/past-recipient.js';
import {
  installationPreferences,
  leastScoreOf,
  preferencesOf,
} from '../notifications/domain/preferences/preferences.js';
import { PastCallRepository } from '../notifications/store/past-call.repository.js';
import { RecipientRepository } from '../notifications/store/recipient.repository.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

/** Whose messages; decisions count for readers inside the institute only. */
interface ForecastOf {
  profileId: string;
  inside: boolean;
  /** The score from which calls are sent to them. */
  threshold: number;
}

/** Simulates how often a profile would have caused messages in the past. */
@Injectable()
export class MessageForecast {
  constructor(
    private readonly past: PastCallRepository,
    private readonly recipients: RecipientRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Profiles that cause more messages a week get a warning. */
  get warnAbove(): number {
    return this.settings.notifications.warnAbovePerWeek;
  }

  /**
   * The messages for each ranking of a profile's calls, to a reader with the institute's default settings;
   * null if less than a week is stored. Scores are those of the calls' current text.
   */
  async forecast(
    { profileId, inside, threshold }: ForecastOf,
    rankings: RankedCall[][],
    signal?: AbortSignal,
  ): Promise<MessageRate[] | null> {
    const period = periodOf(await this.past.firstSeen(), this.clock.now());
    if (!period) return null;
    const common = await this.common(profileId, inside, threshold);
    const scores = rankings.map(
      (ranked) =>
        new Map(
          ranked
            .filter((r) => r.match.score >= common.minScore)
            .map((r): [string, number] => [r.id, r.match.score]),
        ),
    );
    const decided = new Set([...common.verdicts.keys(), ...common.bids.keys()]);
    const ids = [...new Set([...scores.flatMap((s) => [...s.keys()]), ...decided])];
    const [versions, bottomUp] = [await this.past.versions(ids), await this.past.bottomUp(ids)];
    const rates: MessageRate[] = [];
    for (const one of scores) {
      const concerned = versions.filter((v) => one.has(v.callId) || decided.has(v.callId));
      rates.push(
        await inTimeSlices(messageRate(concerned, { ...common, bottomUp, scores: one }, period), signal),
      );
    }
    return rates;
  }

  private async common(
    profileId: string,
    inside: boolean,
    threshold: number,
  ): Promise<Omit<PastProfile, 'scores' | 'bottomUp'>> {
    const defaults = (await this.recipients.defaults([profileId])).get(profileId)?.preferences;
    const preferences = preferencesOf({}, defaults ?? {}, installationPreferences(this.settings));
    const { maxItems, first } = this.settings.digest;
    return {
      profileId,
      preferences,
      least: leastScoreOf(preferences, threshold),
      minScore: threshold,
      maxItems,
      first,
      verdicts: inside ? await this.past.verdicts(profileId) : new Map(),
      bids: inside ? await this.past.bids(profileId) : new Map(),
    };
  }
}
