import { Conflict } from '../../kernel/errors.js';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Pipeline } from '../../pipeline/pipeline.js';
import { type FormFields, readForm } from '../../ui/form.js';
import type { Actor } from '../../kernel/actor.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, type Viewer } from '../../ui/viewer.js';
import { JointChange, BeginInput, JointMessage, NetworkJointChange } from '../domain/joint.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointTeam } from '../joint-team.js';
import { jointPath } from './interest-card.js';
import { JointPage, jointTyped } from './joint-page.js';

/** What the network's form says: an empty field means none. */
const networkIn = ({ wanted, wantedBy }: FormFields): FormFields => ({
  wanted: wanted ?? null,
  wantedBy: wantedBy ?? null,
});
const membersIn = (fields: FormFields): FormFields => ({
  ...networkIn(fields),
  lead: fields['lead'] ?? null,
  stage: fields['stage'],
});

/** Renders the page of a joint opportunity and handles its forms, for a member or the network (null). */
@Injectable()
export class JointScreen {
  constructor(
    private readonly joint: JointOpportunities,
    private readonly teams: JointTeam,
    private readonly pipeline: Pipeline,
  ) {}

  async render(
    v: Viewer,
    profileId: string | null,
    id: string,
    sent?: { typed: Record<string, string>; errors: Record<string, string> },
  ): Promise<string> {
    const joint = await this.joint.get(profileId, id);
    const [{ steps, canUndo }, team, contacts, own] = await Promise.all([
      this.joint.history(profileId, id),
      this.teams.forJointOpportunity(joint, v.language),
      this.teams.contactsOf(joint),
      profileId === null ? null : this.pipeline.ofCall(profileId, joint.call.id),
    ]);
    const place = profileId === null ? ('cockpit' as const) : ('pipeline' as const);
    return page(
      v,
      { title: joint.call.title, place, styles: ['call', 'network'], wide: true },
      JointPage({
        v,
        profileId,
        joint,
        team,
        contacts,
        steps,
        canUndo,
        ownId: own?.id ?? null,
        typed: { ...jointTyped(joint), ...sent?.typed },
        errors: sent?.errors ?? {},
      }),
    );
  }

  /** If an institute has withdrawn meanwhile, nothing is started and the list shows it. */
  async begin(
    v: Viewer,
    actor: Actor,
    profileId: string | null,
    body: unknown,
    response: Response,
  ): Promise<void> {
    const sent = readForm(BeginInput, body, v.language, ({ call }) => ({ call }));
    try {
      if (!sent.ok) throw new Conflict('joint-needs-two');
      const { id } = await this.joint.begin(actor, profileId, sent.value.call);
      redirectWithFlash(response, jointPath(profileId, id), 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const list = profileId === null ? '/network/joint' : `/institutes/${profileId}/joint`;
      redirectWithFlash(response, list, 'flash.step-refused');
    }
  }

  async change(
    v: Viewer,
    actor: Actor,
    profileId: string | null,
    id: string,
    body: unknown,
    response: Response,
  ): Promise<void> {
    const sent =
      profileId === null
        ? readForm(NetworkJointChange, body, v.language, networkIn)
        : readForm(JointChange, body, v.language, membersIn);
    if (!sent.ok) {
      return void response
        .status(422)
        .type('html')
        .send(await this.render(v, profileId, id, sent));
    }
    await this.joint.change(actor, profileId, id, sent.value);
    redirectWithFlash(response, jointPath(profileId, id), 'flash.saved');
  }

  /** An empty message is not sent; the page is as before. */
  async say(
    v: Viewer,
    actor: Actor,
    profileId: string | null,
    id: string,
    body: unknown,
    response: Response,
  ): Promise<void> {
    const sent = readForm(JointMessage, body, v.language);
    if (!sent.ok) {
      return void response
        .status(422)
        .type('html')
        .send(await this.render(v, profileId, id, sent));
    }
    await this.joint.say(actor, profileId, id, sent.value.message);
    redirectWithFlash(response, jointPath(profileId, id), 'flash.saved');
  }

  /** If somebody else has answered meanwhile, the page says so. */
  async answer(
    actor: Actor,
    profileId: string,
    id: string,
    given: { member: string; accepted: boolean },
    response: Response,
  ): Promise<void> {
    await this.doing(response, jointPath(profileId, id), () =>
      this.joint.answer(actor, profileId, id, given),
    );
  }

  /** If there is nothing to undo, or it can no longer be undone, the page says so. */
  async undo(actor: Actor, profileId: string | null, id: string, response: Response): Promise<void> {
    await this.doing(response, jointPath(profileId, id), () => this.joint.undo(actor, profileId, id));
  }

  private async doing(response: Response, path: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      redirectWithFlash(response, path, 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      redirectWithFlash(response, path, 'flash.step-refused');
    }
  }
}
