import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, Invalid } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { brusselsDate } from '../kernel/brussels.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import {
  keptLabel,
  laterDeadline,
  movedDeadline,
  MOST_MILESTONES,
  movedMilestones,
  planned,
  unplanned,
  usualTemplate,
  type MilestoneTemplate,
} from './domain/milestones.js';
import { MilestoneTemplateRepository } from './store/milestone.repository.js';
import type { MilestonesInput, OpportunityView } from './api/opportunity-views.js';
import { Pipeline } from './pipeline.js';

/** An institute's own milestones before a closing date. */
@Injectable()
export class Planning {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly templates: MilestoneTemplateRepository,
    private readonly people: PersonRepository,
    private readonly profiles: ProfileRepository,
    private readonly calls: CallRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The people of the institute, any of whom can be responsible for a milestone. */
  async peopleOf(profileId: string): Promise<{ id: string; name: string }[]> {
    return (await this.people.findByProfile(profileId)).map(({ id, name }) => ({ id, name }));
  }

  /** The milestone template of the institute: its own, or the default one. */
  async template(profileId: string): Promise<MilestoneTemplate> {
    const own = await this.templates.findByProfile(profileId);
    if (own) return own.milestones;
    const profile = await this.profiles.findById(profileId);
    return usualTemplate(profile?.content.language ?? 'fr');
  }

  async changeTemplate(
    actor: Actor,
    profileId: string,
    milestones: MilestoneTemplate,
  ): Promise<MilestoneTemplate> {
    const sorted = [...milestones].sort((a, b) => b.before - a.before);
    await this.templates.put(profileId, sorted, actor, this.clock.now());
    return sorted;
  }

  /**
   * Adds the milestones of the template that are missing; those with the same name are kept. Throws if the
   * call states no closing date, or there would be too many (409).
   */
  async plan(actor: Actor, profileId: string, id: string): Promise<OpportunityView> {
    const template = await this.template(profileId);
    return this.pipeline.change(profileId, id, (state) => {
      if (state.deadlineAt === null) throw new Conflict('no-closing-date');
      const added = planned(
        unplanned(template, state.milestones),
        state.deadlineAt,
        brusselsDate(this.clock.now()),
        randomUUID,
      );
      const milestones = inOrder([...state.milestones, ...added]);
      // The form would refuse to save them.
      if (milestones.length > MOST_MILESTONES) throw new Conflict('most-dates', { most: MOST_MILESTONES });
      return {
        state: { ...state, milestones },
        doing: this.pipeline.doing(actor, 'milestones', null),
      };
    });
  }

  /**
   * Replaces all milestones, or those `shown` in a form: a colleague may have added others meanwhile. Those
   * responsible must be people of the institute.
   */
  async put(
    actor: Actor,
    profileId: string,
    id: string,
    { milestones }: MilestonesInput,
    shown?: readonly string[],
  ): Promise<OpportunityView> {
    const own = new Set((await this.people.findByProfile(profileId)).map((p) => p.id));
    const now = this.clock.now().toISOString();
    return this.pipeline.change(profileId, id, (state) => {
      const standing = new Map(state.milestones.map((m) => [m.id, m]));
      const problems = milestones.flatMap(({ id: of, personId }, i) => [
        ...(of === undefined || standing.has(of) ? [] : [wrong(['milestones', i, 'id'], 'not-a-milestone')]),
        ...(personId === null || own.has(personId)
          ? []
          : [wrong(['milestones', i, 'personId'], 'not-a-person')]),
      ]);
      if (problems.length > 0) throw new Invalid(problems);
      const after = milestones.map(({ done, id: of = randomUUID(), ...milestone }) => ({
        id: of,
        label: keptLabel(milestone.label, standing.get(of)?.label),
        on: milestone.on,
        // A day changed by hand no longer follows the deadline.
        before: standing.has(of) && standing.get(of)!.on !== milestone.on ? null : milestone.before,
        personId: milestone.personId,
        doneAt: done ? (standing.get(of)?.doneAt ?? now) : null,
      }));
      // What the same form, sent twice, has added already is no colleague's.
      const sentAgain = (m: { label: string; on: string }): boolean =>
        after.some(({ id: of, label, on }) => !standing.has(of) && label === m.label && on === m.on);
      const added = shown ? state.milestones.filter((m) => !shown.includes(m.id) && !sentAgain(m)) : [];
      if (added.length + after.length > MOST_MILESTONES)
        throw new Conflict('most-dates', { most: MOST_MILESTONES });
      return {
        state: { ...state, milestones: inOrder([...after, ...added]) },
        doing: this.pipeline.doing(actor, 'milestones', null),
      };
    });
  }

  /**
   * Moves the milestones with the deadline of the call, or to its second stage or next cut-off, for which the
   * bid is prepared from then on. Throws if the call's deadline is no longer the accepted one (409).
   */
  async acceptDeadline(
    actor: Actor,
    profileId: string,
    id: string,
    deadline: string,
  ): Promise<OpportunityView> {
    const { call } = await this.pipeline.get(profileId, id);
    const deadlines = (await this.calls.findById(call.id))!.content.deadlines;
    const now = this.clock.now();
    return this.pipeline.change(profileId, id, (state) => {
      const later = laterDeadline(state, deadlines, now)?.at;
      const to = [movedDeadline(state.deadlineAt, deadlines), later].find(
        (at) => at && Date.parse(at) === Date.parse(deadline),
      );
      if (!to) throw new Conflict('deadline-moved');
      const milestones = inOrder(movedMilestones(state, to, brusselsDate(now)));
      const stage = to === later && state.stage === 'submitted' ? 'preparing' : state.stage;
      return {
        state: { ...state, stage, deadlineAt: to, milestones },
        doing: this.pipeline.doing(actor, 'moved', null),
      };
    });
  }
}

const inOrder = <M extends { on: string }>(milestones: M[]): M[] =>
  [...milestones].sort((a, b) => a.on.localeCompare(b.on));
