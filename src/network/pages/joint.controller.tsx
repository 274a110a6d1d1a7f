import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import { type FormFields, readForm } from '../../ui/form.js';
import type { Actor } from '../../kernel/actor.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
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
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** What somebody changed in a form: others may have changed the fields that it leaves as they were shown. */
const changedIn = (fields: FormFields, read: FormFields): FormFields =>
  Object.fromEntries(
    Object.entries(read).filter(
      ([name]) => !(`shown-${name}` in fields) || fields[name] !== fields[`shown-${name}`],
    ),
  );

/** What the network's form says: an empty field means none. */
const networkIn = (fields: FormFields): FormFields => {
  const { wanted = null, wantedBy = null } = fields;
  return changedIn(fields, { wanted, wantedBy });
};
const membersIn = (fields: FormFields): FormFields => {
  const { lead = null, stage } = fields;
  return { ...networkIn(fields), ...changedIn(fields, { lead, stage }) };
};

const Id = z.uuid();

/**
 * The pages of a joint opportunity, for a member or for the network; `Owner` decorates the parameter that is
 * the institute, null for the network.
 */
export function jointRoutes(
  Owner: () => ParameterDecorator,
  { reads, writes }: Record<'reads' | 'writes', MethodDecorator>,
) {
  class JointRoutes {
    constructor(
      protected readonly joint: JointOpportunities,
      private readonly teams: JointTeam,
      private readonly pipeline: Pipeline,
    ) {}

    /** If an institute has withdrawn meanwhile, nothing is started and the list shows it. */
    @writes
    @Post()
    async begin(
      @View() v: Viewer,
      @CurrentActor() actor: Actor,
      @Owner() profileId: string | null,
      @Body() body: unknown,
    ): Promise<Answer> {
      const sent = readForm(BeginInput, body, v.language, ({ call }) => ({ call }));
      try {
        if (!sent.ok) throw new Conflict('joint-needs-two');
        const { id } = await this.joint.begin(actor, profileId, sent.value.call);
        return redirectTo(jointPath(profileId, id), 'flash.saved');
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        const list = profileId === null ? '/network/joint' : `/institutes/${profileId}/joint`;
        return redirectTo(list, 'flash.step-refused');
      }
    }

    @reads
    @Get(':joint')
    show(
      @View() v: Viewer,
      @Owner() profileId: string | null,
      @Param('joint', { schema: Id }) id: string,
    ): Promise<string> {
      return this.render(v, profileId, id);
    }

    @writes
    @Post(':joint')
    async change(
      @View() v: Viewer,
      @CurrentActor() actor: Actor,
      @Owner() profileId: string | null,
      @Param('joint', { schema: Id }) id: string,
      @Body() body: unknown,
    ): Promise<Answer> {
      const sent =
        profileId === null
          ? readForm(NetworkJointChange, body, v.language, networkIn)
          : readForm(JointChange, body, v.language, membersIn);
      if (!sent.ok) return pageWith(422, await this.render(v, profileId, id, sent));
      await this.joint.change(actor, profileId, id, sent.value);
      return redirectTo(jointPath(profileId, id), 'flash.saved');
    }

    /** An empty message is not sent; the page is as before. */
    @writes
    @Post(':joint/messages')
    async say(
      @View() v: Viewer,
      @CurrentActor() actor: Actor,
      @Owner() profileId: string | null,
      @Param('joint', { schema: Id }) id: string,
      @Body() body: unknown,
    ): Promise<Answer> {
      const sent = readForm(JointMessage, body, v.language);
      if (!sent.ok) return pageWith(422, await this.render(v, profileId, id, sent));
      await this.joint.say(actor, profileId, id, sent.value);
      return redirectTo(jointPath(profileId, id), 'flash.saved');
    }

    /** If there is nothing to undo, or it can no longer be undone, the page says so. */
    @writes
    @Post(':joint/undo')
    undo(
      @CurrentActor() actor: Actor,
      @Owner() profileId: string | null,
      @Param('joint', { schema: Id }) id: string,
    ): Promise<Answer> {
      return this.doing(jointPath(profileId, id), this.joint.undo(actor, profileId, id));
    }

    /** If somebody else was first, the page says so. */
    protected async doing(path: string, work: Promise<unknown>): Promise<Answer> {
      try {
        await work;
        return redirectTo(path, 'flash.saved');
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        return redirectTo(path, 'flash.step-refused');
      }
    }

    private async render(
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
          typed: { ...jointTyped(joint), id: this.joint.newMessageId(), ...sent?.typed },
          errors: sent?.errors ?? {},
        }),
      );
    }
  }
  return JointRoutes;
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

const MemberAnswer = z.enum(['accept', 'decline']);
const OfMember = jointRoutes(() => Param('profile'), {
  reads: Needs('joint.read', 'profile'),
  writes: Needs('joint.write', 'profile'),
});

/** The pages of what an institute does with others: its open interests and its joint opportunities. */
@ApiExcludeController()
@Controller('institutes/:profile/joint')
export class JointPages extends OfMember {
  constructor(
    joint: JointOpportunities,
    teams: JointTeam,
    pipeline: Pipeline,
    private readonly interests: Interests,
  ) {
    super(joint, teams, pipeline);
  }

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

  @Needs('joint.write', 'profile')
  @Post(':joint/members/:member/:answer')
  answer(
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('joint', { schema: Id }) id: string,
    @Param('member') member: string,
    @Param('answer', { schema: MemberAnswer }) answer: z.infer<typeof MemberAnswer>,
  ): Promise<Answer> {
    const given = { member, accepted: answer === 'accept' };
    return this.doing(jointPath(profileId, id), this.joint.answer(actor, profileId, id, given));
  }
}
