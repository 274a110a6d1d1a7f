import { Inject, Injectable } from '@nestjs/common';
import { Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { MatchOfCall } from '../matching/match-of-call.js';
import type { Labelled } from '../profiles/domain/names-in.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Actor } from '../kernel/actor.js';
import { grouped } from '../kernel/collections.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { openedView } from './api/joint-views.js';
import { unknownCompetences, type InterestInput, type OpenedInterest } from './domain/interest.js';
import type { JointStanding } from './domain/joint.js';
import { JointOpportunities } from './joint-opportunities.js';
import { InterestRepository } from './store/interest.repository.js';

/** The interest an institute shares in a call, and the competences it can choose from. */
export interface OwnInterest {
  /** The joint opportunity of the call, and how the institute stands towards it. */
  joint: { id: string; state: JointStanding } | null;
  opened: (InterestInput & { by: string; openedAt: string }) | null;
  /** Its competences; `fits` if they make the call fit. */
  competences: (Labelled & { fits: boolean })[];
}

/**
 * Interest in calls that institutes share with one another; only by their own action, never through a verdict
 * or a proposal.
 */
@Injectable()
export class Interests {
  constructor(
    private readonly interests: InterestRepository,
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
    private readonly matches: MatchOfCall,
    private readonly joint: JointOpportunities,
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All interests in a call, as everyone sees them. Throws if the call does not exist. */
  async forCall(callId: string): Promise<OpenedInterest[]> {
    await this.call(callId);
    return (await this.interests.findByCalls([callId])).map(openedView);
  }

  /** The names of the institutes interested in each of these calls, without the given one. */
  async others(callIds: readonly string[], profileId: string | null): Promise<Map<string, string[]>> {
    const all = (await this.interests.findByCalls(callIds)).filter((i) => i.profileId !== profileId);
    return new Map(
      [...grouped(all, (i) => [i.callId])].map(([callId, of]) => [callId, of.map((i) => i.name)]),
    );
  }

  ofProfile(profileId: string): ReturnType<InterestRepository['findByProfile']> {
    return this.interests.findByProfile(profileId);
  }

  async own(profileId: string, callId: string): Promise<OwnInterest> {
    await this.call(callId);
    const [row, profile, match, joint] = await Promise.all([
      this.interests.findByCall(profileId, callId),
      this.profiles.findById(profileId),
      this.matches.forPair(profileId, callId),
      this.joint.ofCall(callId, profileId),
    ]);
    const fitting = new Set(
      match?.match.result.competences.filter((c) => c.score > 0).map((c) => c.competence),
    );
    return {
      joint: joint && { id: joint.id, state: joint.standing },
      opened: row && { ...inputOf(row), by: row.by, openedAt: row.openedAt.toISOString() },
      competences: profile!.content.competences.map(({ label, labels }) => ({
        label,
        labels,
        fits: fitting.has(label),
      })),
    };
  }

  /** Who gets e-mails about the interest of others; null if nobody wants them, or whoever did has left. */
  async told(profileId: string, callId: string): Promise<Pick<PersonEntity, 'id' | 'name'> | null> {
    const row = await this.interests.findByCall(profileId, callId);
    const person = row?.tell && row.personId !== null ? await this.people.findById(row.personId) : null;
    return person?.profileId === profileId ? person : null;
  }

  /**
   * Shares the interest or changes it; if `keepsTold`, whoever is told of others stays so. Throws if a
   * competence is not the institute's own (400).
   */
  async open(
    actor: Actor,
    profileId: string,
    callId: string,
    input: InterestInput,
    keepsTold = false,
  ): Promise<OwnInterest> {
    await this.call(callId);
    const [profile, standing] = await Promise.all([
      this.profiles.findById(profileId),
      this.interests.findByCall(profileId, callId),
    ]);
    // A competence renamed since may keep the name under which it was shared.
    const own = [...profile!.content.competences.map((c) => c.label), ...(standing?.competences ?? [])];
    const unknown = unknownCompetences(input.competences, own);
    if (unknown.length)
      throw new Invalid(unknown.map((i) => wrong(['competences', i], 'not-an-own-competence')));
    const { name: by, personId } = actor;
    const who = { by, personId, at: this.clock.now(), keeps: keepsTold };
    // A changed interest asks nothing anew.
    const mails = standing
      ? []
      : await this.joint.asking(callId, {
          id: profileId,
          name: profile!.content.name,
          brings: input.brings,
        });
    if (await this.interests.open(profileId, callId, input, who, mails))
      await this.joint.asked(callId, mails);
    return this.own(profileId, callId);
  }

  /** Deletes the interest; the institute's own pipeline is unchanged. Idempotent. */
  withdraw(profileId: string, callId: string): Promise<void> {
    return this.joint.leave(callId, profileId);
  }

  private async call(callId: string): Promise<void> {
    if (!(await this.calls.findById(callId))) throw new NotFound('no-call', { id: callId });
  }
}

const inputOf = ({ brings, competences, leads, tell }: InterestInput): InterestInput => ({
  brings,
  competences,
  leads,
  tell,
});
