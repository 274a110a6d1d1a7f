import { Inject, Injectable } from '@nestjs/common';
import { Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { openSchemeOf } from '../calls/domain/bottom-up.js';
import { statusAt } from '../calls/domain/status.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { ContactStanding, WhyNotFacts } from './domain/why-not/facts.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import { LearnedVerdicts } from '../matching/learned.js';
import { CallsNamed, type NamedCall } from './topic-test.js';
import { FreshScore, type Fresh } from './fresh-score.js';
import { ContactStandings } from './contact-standings.js';

/** The current relation of an institute and a call. */
export interface Explained {
  call: CallEntity;
  fresh: Fresh;
  facts: WhyNotFacts;
}

/** The call that a text names; null if it names several or none, with the candidates. */
export interface Wanted extends Pick<NamedCall, 'candidates' | 'nearest'> {
  call: CallEntity | null;
}

/** The states that say nothing about this call. */
const OF_CONTACT: ContactStanding['state'][] = ['unconfirmed', 'stopped', 'first-mail'];
const fromOutside = (contact: ContactStanding): ContactStanding =>
  OF_CONTACT.includes(contact.state)
    ? contact
    : { ...contact, state: 'nothing', at: null, notification: null, place: null, next: null };

/** Explains why an institute is notified of a call or not, for any pair, even one never matched. */
@Injectable()
export class Explaining {
  constructor(
    private readonly named: CallsNamed,
    private readonly calls: CallRepository,
    private readonly fresh: FreshScore,
    private readonly standings: ContactStandings,
    private readonly learned: LearnedVerdicts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `wanted` is the id of a call, or anything else that names it. */
  async findCall(wanted: string): Promise<Wanted> {
    const [named] = await this.named.findByTopics([wanted]);
    return {
      call: named?.call ? await this.calls.findById(named.call.id) : null,
      candidates: named?.candidates ?? [],
      nearest: named?.nearest ?? [],
    };
  }

  /** Returns the call that a text names. Throws if it names none, or several. */
  async getCall(text: string): Promise<CallEntity> {
    const { call, candidates, nearest } = await this.findCall(text);
    if (call) return call;
    if (candidates.length) {
      const ids = candidates.slice(0, 5).map(({ id }) => id);
      throw new Invalid([
        wrong(['call'], 'several-calls', { count: candidates.length, ids: ids.join(', ') }),
      ]);
    }
    if (!nearest.length) throw new NotFound('no-call-matches', { text });
    throw new NotFound('no-call-matches-but', { text, nearest: nearest.join(', ') });
  }

  /**
   * Only readers `inside` the institute see the verdict, and what was sent of the call: that depends on
   * verdicts too.
   */
  async explain(profile: Profile, call: CallEntity, inside: boolean, now: Date): Promise<Explained> {
    const fresh = await this.fresh.score(profile, call, inside);
    const announced = await this.standings.forCall(profile.id, call, fresh.score >= fresh.least);
    const status = statusAt(call, now);
    return {
      call,
      fresh,
      facts: {
        ...announced,
        verdict: inside ? announced.verdict : null,
        contacts: inside ? announced.contacts : announced.contacts.map(fromOutside),
        status,
        passed: status === 'closed' ? call.lastDeadlineAt : null,
        scheme: openSchemeOf(call.content),
        score: fresh.score,
        freed: fresh.freed,
        exclusions: fresh.exclusions,
        addressed: fresh.addressed,
        nearest: fresh.nearest,
        reading: fresh.reading,
        threshold: inside ? await this.threshold(profile.id, fresh) : null,
        least: fresh.least,
        room: this.settings.digest.maxItems,
      },
    };
  }

  /** A call that a language model has read is decided by its reading. */
  private async threshold(profileId: string, { score, reading }: Fresh): Promise<WhyNotFacts['threshold']> {
    const threshold =
      typeof reading === 'string' || reading === null ? await this.learned.threshold(profileId) : null;
    if (!threshold) return null;
    const { likely, ...near } = await this.learned.suchCalls(profileId, score);
    return { ...threshold, likely, near };
  }
}
