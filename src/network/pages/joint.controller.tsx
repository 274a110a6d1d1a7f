import { Body, Controller, Get, Injectable, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import { type FormFields, readForm } from '../../ui/form.js';
import type { Actor } from '../../kernel/actor.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { BeginInput, JointChange, JointMessage, NetworkJointChange } from '../domain/joint.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointTeam } from '../joint-team.js';
import { interestPath, jointPath } from './interest.controller.js';
import { JointPage, jointTyped } from './joint-page.js';
import type { JointView } from '../api/joint-views.js';
import { Interests } from '../interests.js';
import { Empty } from '../../ui/parts.js';
import { JointTable } from './joint-table.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';

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

interface Shown {
  v: Viewer;
  profileId: string;
  joint: JointView[];
  interests: Awaited<ReturnType<Interests['ofProfile']>>;
}

const OwnJointPage = ({ v, profileId, joint, interests }: Shown) => (
  <>
    <p class="small">
      <a href={`/institutes/${profileId}/pipeline`}>{v.t('pipeline.title')}</a>
    </p>
    <h1>{v.t('joint.list')}</h1>
    {joint.length > 0 ? (
      <JointTable v={v} profileId={profileId} joint={joint} />
    ) : (
      <Empty title={v.t('joint.none')} />
    )}
    <section aria-labelledby="interests">
      <h2 id="interests">{v.t('joint.interests')}</h2>
      {interests.length === 0 ? (
        <p class="muted">{v.t('joint.no-interests')}</p>
      ) : (
        <ul class="plain-list">
          {interests.map(({ callId, title, others, joint }) => (
            <li key={callId}>
              <a href={interestPath(profileId, callId)}>{title}</a>{' '}
              <span class="muted small">{v.t('joint.interest-others', { n: others })}</span>{' '}
              {joint && joint !== 'outside' && <span class="badge">{v.t(`joint.interest.${joint}`)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  </>
);

const Id = z.uuid();
const Answer = z.enum(['accept', 'decline']);

/** The pages of what an institute does with others: its open interests and its joint opportunities. */
@ApiExcludeController()
@Controller('institutes/:profile/joint')
export class JointPages {
  constructor(
    private readonly joint: JointOpportunities,
    private readonly interests: Interests,
    private readonly screen: JointScreen,
  ) {}

  @Needs('joint.read', 'profile')
  @Get()
  async list(@View() v: Viewer, @Param('profile') profileId: string): Promise<string> {
    const [joint, interests] = await Promise.all([
      this.joint.list(profileId),
      this.interests.ofProfile(profileId),
    ]);
    return page(
      v,
      { title: v.t('joint.list'), wide: true, place: 'pipeline', styles: ['network'] },
      OwnJointPage({ v, profileId, joint, interests }),
    );
  }

  /** If an institute has withdrawn meanwhile, nothing is started and the list shows it. */
  @Needs('joint.write', 'profile')
  @Post()
  begin(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.begin(v, actor, profileId, body, response);
  }

  @Needs('joint.read', 'profile')
  @Get(':joint')
  show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
  ): Promise<string> {
    return this.screen.render(v, profileId, id);
  }

  @Needs('joint.write', 'profile')
  @Post(':joint')
  change(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.change(v, actor, profileId, id, body, response);
  }

  @Needs('joint.write', 'profile')
  @Post(':joint/members/:member/:answer')
  answer(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
    @Param('member') member: string,
    @Param('answer', { schema: Answer }) answer: z.infer<typeof Answer>,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.answer(actor, profileId, id, { member, accepted: answer === 'accept' }, response);
  }

  @Needs('joint.write', 'profile')
  @Post(':joint/messages')
  say(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.say(v, actor, profileId, id, body, response);
  }

  @Needs('joint.write', 'profile')
  @Post(':joint/undo')
  undo(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.screen.undo(actor, profileId, id, response);
  }
}
