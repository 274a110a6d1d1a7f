import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { JointView } from '../api/joint-views.js';
import { Interests } from '../interests.js';
import { Empty } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { interestPath } from './interest-card.js';
import { JointTable } from './joint-table.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointScreen } from './joint-screen.js';

interface Shown {
  v: Viewer;
  profileId: string;
  joint: JointView[];
  interests: Awaited<ReturnType<Interests['ofProfile']>>;
}

/** The joint opportunities and open interests of an institute. */
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
