import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../kernel/ports.js';
import { aimedAt } from '../pipeline/domain/milestones.js';
import { NO_FACTS } from '../pipeline/domain/opportunity.js';
import { OpportunityRepository } from '../pipeline/store/opportunity.repository.js';
import { CLOCK } from '../platform/tokens.js';
import {
  filledIn,
  JOINT_NOT_UNDONE,
  jointStateOf,
  type JointChange,
  type JointMessage,
  type JointStanding,
  type JointState,
  type JointStep,
  type JointStepKind,
  type Part,
} from './domain/joint.js';
import {
  type Filling,
  type JointDoing,
  JointOpportunityRepository,
  type JointRow,
} from './store/joint-opportunity.repository.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import type { Actor } from '../kernel/actor.js';
import { given } from '../kernel/collections.js';
import { before, changesBetween, lastToUndo } from '../pipeline/domain/history.js';
import { jointStepView, type JointStepView, jointView, type JointView } from './api/joint-views.js';
import { Newcomers } from './joint-team.js';
import type { NewTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import { InterestRepository, type NamedInterest } from './store/interest.repository.js';

/** The author in the history of members' own bids: people of other institutes are not named there. */
const BY = 'Carnot';

/** Enters a joint bid into the pipelines of its members, each with its role and the lead. */
@Injectable()
export class OwnBids {
  constructor(
    private readonly opportunities: OpportunityRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Fills in what changed for each member between `before` and `now`, in the transaction of the change. */
  readonly fill: Filling = (before, now, tx) =>
    acrossInstitutes('a joint opportunity stands in the pipelines of all its members', async () => {
      for (const { profileId } of now.members)
        await this.fillOne(before && partOf(before, profileId), partOf(now, profileId)!, now, tx);
    });

  private async fillOne(
    before: Part | null,
    part: Part,
    { row, call }: JointRow,
    tx: Parameters<Filling>[2],
  ): Promise<void> {
    const { profileId } = part;
    const [callId, at] = [row.callId, this.clock.now()];
    const doing = { kind: 'joint' as const, by: BY, personId: null, at, why: null };
    const deadlineAt = aimedAt(call.content.deadlines, at);
    const state = { ...NO_FACTS, stage: 'to-study' as const, deadlineAt, milestones: [], tasks: [] };
    const first = filledIn(state, null, part);
    if ((await this.opportunities.begin({ profileId, callId }, first, doing, tx)) !== null) return;
    const standing = await this.opportunities.findByCall(profileId, callId, tx);
    if (standing)
      await this.opportunities.change(
        profileId,
        standing.id,
        (own) => ({ state: filledIn(own, before, part), doing }),
        tx,
      );
  }
}

/** What to fill into a member's pipeline; null if it is not a member. */
function partOf({ row, members }: JointRow, profileId: string): Part | null {
  if (!members.some((m) => m.profileId === profileId)) return null;
  const lead = members.find((m) => m.profileId === row.leadId);
  return {
    profileId,
    lead: lead ? { id: lead.profileId, name: lead.name } : null,
    others: members.filter((m) => m.profileId !== profileId).map((m) => m.name),
  };
}

/** The joint opportunity of a call as everyone may know it, and how an institute stands towards it. */
export interface KnownJoint {
  id: string;
  lead: string | null;
  standing: JointStanding;
}

/** The fewest interested institutes for a joint bid. */
const FEWEST = 2;

/**
 * Joint bids of institutes, begun from the interests they opened; whoever is interested later asks its
 * members to join. `profileId` is the member that calls, null for the network.
 */
@Injectable()
export class JointOpportunities {
  constructor(
    private readonly joint: JointOpportunityRepository,
    private readonly interests: InterestRepository,
    private readonly bids: OwnBids,
    private readonly newcomers: Newcomers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By deadline; those of an institute, or with a member in a group. */
  async list(profileId: string | null, group: readonly string[] | null = null): Promise<JointView[]> {
    const now = this.clock.now();
    const rows = await this.joint.list({ ...(profileId !== null && { profileId }), group }, now);
    return rows.map((row) => jointView(row, now));
  }

  /** A joint opportunity of which the institute is a member; throws 404 for all others. */
  async get(profileId: string | null, id: string): Promise<JointView> {
    return jointView(await this.found(profileId, id), this.clock.now());
  }

  /**
   * The joint opportunity of a call, its lead, and how an institute stands towards it, which everyone may
   * know; null if there is none.
   */
  async ofCall(callId: string, profileId: string | null): Promise<KnownJoint | null> {
    const found = await this.known(callId);
    const lead = found?.members.find((m) => m.profileId === found.row.leadId);
    return found && { id: found.row.id, lead: lead?.name ?? null, standing: standingOf(found, profileId) };
  }

  /**
   * Starts a joint opportunity from the interests in a call. Throws if the institute has none itself, or
   * nobody else has, or if it has yet to be accepted in the one that there is (409).
   */
  async begin(actor: Actor, profileId: string | null, callId: string): Promise<JointView> {
    const interested = await this.interests.findByCalls([callId]);
    if (
      interested.length < FEWEST ||
      (profileId !== null && !interested.some((i) => i.profileId === profileId))
    )
      throw new Conflict('joint-needs-two');
    const leads = interested.filter((i) => i.leads);
    const lead = leads.length === 1 ? leads[0]!.profileId : null;
    await this.joint.begin(callId, lead, this.doing(actor, profileId, 'begun'), this.bids.fill);
    const made = await this.joint.ofCall(callId);
    if (!made) throw new Conflict('joint-exists');
    return jointView(made, this.clock.now());
  }

  /**
   * Changes the lead, the stage, or the wanted decision; the network changes the latter alone. Throws if the
   * lead is not a member (400).
   */
  async change(actor: Actor, profileId: string | null, id: string, change: JointChange): Promise<JointView> {
    const standing = await this.found(profileId, id);
    const { lead, stage, wanted, wantedBy } = change;
    await this.joint.change(
      id,
      lastBefore(standing, profileId),
      (state, _history, members) => {
        stillMember(members, profileId, id);
        if (lead !== undefined && lead !== null && !members.has(lead))
          throw new Invalid([wrong(['lead'], 'not-a-member')]);
        return {
          state: { ...state, ...given<Partial<JointState>>({ leadId: lead, stage, wanted, wantedBy }) },
          doing: this.doing(actor, profileId, 'changed'),
        };
      },
      this.bids.fill,
    );
    return this.get(profileId, id);
  }

  /**
   * Undoes the last change of lead, stage or decision not yet undone, of those that the caller sees. Throws
   * if there is none, if it belongs to the members, or if the previous lead has withdrawn (409).
   */
  async undo(actor: Actor, profileId: string | null, id: string): Promise<JointView> {
    const standing = await this.found(profileId, id);
    await this.joint.change(
      id,
      lastBefore(standing, profileId),
      (now, history, members) => {
        stillMember(members, profileId, id);
        const last = toUndo(now, history);
        if (!last) throw new Conflict('nothing-to-undo');
        if (!mayUndo(last, profileId)) throw new Conflict('lead-and-stage-of-members');
        const state = before(now, last);
        if (state.leadId !== null && !members.has(state.leadId)) throw new Conflict('lead-has-left');
        return { state, doing: { ...this.doing(actor, profileId, 'undo'), undoes: last.id } };
      },
      this.bids.fill,
    );
    return this.get(profileId, id);
  }

  /** An id for a message being written, so that sending it twice has no effect. */
  newMessageId(): string {
    return randomUUID();
  }

  /**
   * Says something to all who take part; whoever joins later does not see it. Sent twice under the same id,
   * it is said once.
   */
  async say(actor: Actor, profileId: string | null, id: string, said: JointMessage): Promise<void> {
    await this.found(profileId, id);
    await this.joint.say(
      id,
      said,
      (members) => stillMember(members, profileId, id),
      this.doing(actor, profileId, 'said'),
    );
  }

  /**
   * Its history as the reader may see it, newest first: for a member what came after it joined; and whether a
   * change can be undone.
   */
  async history(profileId: string | null, id: string): Promise<{ steps: JointStepView[]; canUndo: boolean }> {
    const found = await this.found(profileId, id);
    const lines = await this.joint.history(id, lastBefore(found, profileId));
    const undone = new Set(lines.map((s) => s.undoes));
    const { members, asking, declined } = found;
    const names = new Map([...members, ...asking, ...declined].map((m) => [m.profileId, m.name]));
    const last = toUndo(jointStateOf(found.row), lines);
    return {
      steps: lines.map((line) => jointStepView(line, undone, { profileId, names })),
      canUndo: last !== null && mayUndo(last, profileId),
    };
  }

  /**
   * A member accepts or declines an institute that asks to join, which is told. Throws 404 if there is no
   * such institute, and 409 if it does not ask.
   */
  async answer(
    actor: Actor,
    profileId: string,
    id: string,
    { member, accepted }: { member: string; accepted: boolean },
  ): Promise<JointView> {
    const standing = await this.found(profileId, id);
    const { members, asking, declined } = standing;
    const asked = [...members, ...asking, ...declined].find((i) => i.profileId === member);
    if (!asked) throw new NotFound('no-interest');
    const mails = await this.newcomers.answering(standing, member, accepted);
    const doing = this.doing(actor, profileId, 'joined');
    if (!(await this.joint.answer(id, member, accepted, doing, mails, this.bids.fill)))
      throw new Conflict('not-asking');
    await this.newcomers.hurry(mails);
    return this.get(profileId, id);
  }

  /**
   * Returns the e-mails that tell the members of the call's joint bid, if there is one, that an institute
   * asks to join it by opening its interest.
   */
  async asking(
    callId: string,
    newcomer: { id: string; name: string; brings: string | null },
  ): Promise<NewTransactionalMail[]> {
    const found = await this.known(callId);
    return found ? this.newcomers.asking(found, newcomer) : [];
  }

  /** Called when an institute has opened its interest. */
  async asked(callId: string, mails: readonly NewTransactionalMail[]): Promise<void> {
    // A joint bid without members is theirs who are still interested.
    await this.joint.inherit(callId, this.clock.now(), this.bids.fill);
    await this.newcomers.hurry(mails);
  }

  /**
   * An institute withdraws its interest: it no longer takes part or leads, which the other members are told.
   * Its own pipeline is unchanged. Idempotent.
   */
  async leave(callId: string, profileId: string): Promise<void> {
    const found = await this.known(callId);
    const mails = found ? await this.newcomers.leaving(found, profileId) : [];
    await this.joint.leave(callId, profileId, this.clock.now(), mails, this.bids.fill);
    await this.newcomers.hurry(mails);
  }

  private known(callId: string): Promise<JointRow | null> {
    return acrossInstitutes('that institutes bid together, and who leads, is open to all institutes', () =>
      this.joint.ofCall(callId),
    );
  }

  private doing({ name: by, personId }: Actor, profileId: string | null, kind: JointStepKind): JointDoing {
    return { kind, by, personId, profileId, at: this.clock.now() };
  }

  private async found(profileId: string | null, id: string): Promise<JointRow> {
    const found = await this.joint.findById(id);
    if (!found) throw unknownJoint(id);
    stillMember(new Set(found.members.map((m) => m.profileId)), profileId, id);
    return found;
  }
}

const unknownJoint = (id: string) => new NotFound('no-joint-opportunity', { id });

/** Throws 404 for an institute that is not a member; the network sees all. */
function stillMember(members: ReadonlySet<string>, profileId: string | null, id: string): void {
  if (profileId !== null && !members.has(profileId)) throw unknownJoint(id);
}

/** The line of the history up to which a member sees nothing; the network sees all. */
const lastBefore = ({ members }: JointRow, profileId: string | null): number =>
  members.find((m) => m.profileId === profileId)?.joinedAfter ?? 0;

/** The line to undo. One whose change is gone by itself, as a lead who withdrew, has nothing to undo. */
const toUndo = (now: JointState, history: readonly JointStep[]): JointStep | null =>
  lastToUndo(
    history.filter(
      (line) => line.kind === 'undo' || Object.keys(changesBetween(now, before(now, line))).length > 0,
    ),
    JOINT_NOT_UNDONE,
  );

/** Lead and stage belong to the members. */
const mayUndo = ({ changes }: Pick<JointStep, 'changes'>, profileId: string | null): boolean =>
  profileId !== null || (!changes.leadId && !changes.stage);

function standingOf({ members, asking, declined }: JointRow, profileId: string | null): JointStanding {
  const among = (all: NamedInterest[]): boolean => all.some((i) => i.profileId === profileId);
  if (among(members)) return 'member';
  if (among(asking)) return 'asking';
  return among(declined) ? 'declined' : 'outside';
}
