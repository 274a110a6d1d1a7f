import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { given } from '../kernel/given.js';
import type { Clock } from '../kernel/ports.js';
import { before, lastToUndo } from '../pipeline/domain/index.js';
import { acrossInstitutes } from '../platform/database/acting.js';
import { invalid } from '../platform/api/problem.js';
import { CLOCK } from '../platform/tokens.js';
import { jointView, type JointView } from './api/joint-views.js';
import { jointStepView, type JointStepView } from './api/joint-step-views.js';
import type { JointChange } from './domain/joint.js';
import { JOINT_NOT_UNDONE, type JointState, type JointStepKind } from './domain/joint-history.js';
import { OwnBids } from './own-bids.js';
import { InterestRepository, type NamedInterest } from './store/interest.repository.js';
import {
  JointOpportunityRepository,
  type JointDoing,
  type JointRow,
} from './store/joint-opportunity.repository.js';

/** The fewest interested institutes for a joint bid. */
const FEWEST = 2;

/**
 * Joint bids of institutes, based on the interests they opened. `profileId` is the member that calls, null
 * for the network.
 */
@Injectable()
export class JointOpportunities {
  constructor(
    private readonly joint: JointOpportunityRepository,
    private readonly interests: InterestRepository,
    private readonly bids: OwnBids,
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

  /** The joint opportunity of a call and its lead, which everyone may know; null if there is none. */
  async ofCall(callId: string): Promise<{ id: string; lead: string | null } | null> {
    const found = await acrossInstitutes(
      'that institutes bid together, and who leads, is open to all institutes',
      () => this.joint.ofCall(callId),
    );
    const lead = found?.members.find((m) => m.profileId === found.row.leadId);
    return found && { id: found.row.id, lead: lead?.name ?? null };
  }

  /**
   * Starts a joint opportunity from the interests in a call. Throws if the institute has none itself, or
   * nobody else has (409).
   */
  async begin(actor: Actor, profileId: string | null, callId: string): Promise<JointView> {
    const interested = await this.interests.of([callId]);
    if (
      interested.length < FEWEST ||
      (profileId !== null && !interested.some((i) => i.profileId === profileId))
    )
      throw new ConflictException(
        'A joint opportunity needs two institutes that are interested in the call, your own among them.',
      );
    const leads = interested.filter((i) => i.leads);
    const lead = leads.length === 1 ? leads[0]!.profileId : null;
    await this.joint.begin(callId, lead, this.doing(actor, profileId, 'begun'));
    const made = (await this.joint.ofCall(callId))!;
    await this.bids.fill(null, made);
    return jointView(made, this.clock.now());
  }

  /** Changes the lead, the stage, or the wanted decision. Throws if the lead is not a member (400). */
  async change(actor: Actor, profileId: string | null, id: string, change: JointChange): Promise<JointView> {
    const standing = await this.found(profileId, id);
    const { lead, stage, wanted, wantedBy } = change;
    if (lead !== undefined && lead !== null && !standing.members.some((m) => m.profileId === lead))
      throw invalid([{ path: ['lead'], message: 'is not a member of the joint opportunity' }]);
    await this.joint.change(id, (state) => ({
      state: { ...state, ...given<Partial<JointState>>({ leadId: lead, stage, wanted, wantedBy }) },
      doing: this.doing(actor, profileId, 'changed'),
    }));
    return this.filled(standing);
  }

  /**
   * Undoes the last change of lead, stage or decision not yet undone. Throws if there is none, or if the
   * previous lead has withdrawn (409).
   */
  async undo(actor: Actor, profileId: string | null, id: string): Promise<JointView> {
    const standing = await this.found(profileId, id);
    await this.joint.change(id, (now, history) => {
      const last = lastToUndo(history, JOINT_NOT_UNDONE);
      if (!last) throw new ConflictException('There is nothing left to undo.');
      const state = before(now, last);
      if (state.leadId !== null && !standing.members.some((m) => m.profileId === state.leadId))
        throw new ConflictException('The institute that led then has withdrawn. Nothing was undone.');
      return { state, doing: { ...this.doing(actor, profileId, 'undo'), undoes: last.id } };
    });
    return this.filled(standing);
  }

  /** Its history as the reader may see it, newest first, and whether a change can be undone. */
  async history(profileId: string | null, id: string): Promise<{ steps: JointStepView[]; canUndo: boolean }> {
    const { members } = await this.found(profileId, id);
    const lines = await this.joint.history(id);
    const undone = new Set(lines.map((s) => s.undoes));
    const names = new Map(members.map((m) => [m.profileId, m.name]));
    return {
      steps: lines.map((line) => jointStepView(line, undone, { profileId, names })),
      canUndo: lastToUndo(lines, JOINT_NOT_UNDONE) !== null,
    };
  }

  /** Called when an institute opens its interest: it joins the joint bid of the call, if any. */
  async joined(profileId: string, callId: string): Promise<void> {
    const now = await this.joint.ofCall(callId);
    if (!now) return;
    const before = { ...now, members: now.members.filter((m) => m.profileId !== profileId) };
    await this.bids.fill(before, now);
  }

  /** Called when an institute withdraws: it no longer takes part or leads. Its own pipeline is unchanged. */
  left(interest: NamedInterest): Promise<void> {
    // The institute can no longer see the joint bid.
    return acrossInstitutes('an institute that withdrew leads a joint opportunity no more', async () => {
      const now = await this.joint.ofCall(interest.callId);
      if (!now) return;
      const { profileId } = interest;
      await this.joint.change(now.row.id, (state) => ({
        state: { ...state, leadId: state.leadId === profileId ? null : state.leadId },
        doing: { kind: 'left', by: '', personId: null, profileId, at: this.clock.now() },
      }));
      const after = (await this.joint.find(now.row.id))!;
      await this.bids.fill({ ...now, members: [...now.members, interest] }, after);
    });
  }

  /** Updates the pipelines of the members and returns the current state. */
  private async filled(before: JointRow): Promise<JointView> {
    const after = (await this.joint.find(before.row.id))!;
    await this.bids.fill(before, after);
    return jointView(after, this.clock.now());
  }

  private doing({ name: by, personId }: Actor, profileId: string | null, kind: JointStepKind): JointDoing {
    return { kind, by, personId, profileId, at: this.clock.now() };
  }

  private async found(profileId: string | null, id: string): Promise<JointRow> {
    const found = await this.joint.find(id);
    if (!found || (profileId !== null && !found.members.some((m) => m.profileId === profileId)))
      throw new NotFoundException(`There is no joint opportunity ${id}.`);
    return found;
  }
}
