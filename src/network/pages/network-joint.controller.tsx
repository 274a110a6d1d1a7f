import { Controller, createParamDecorator, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { may } from '../../kernel/actor.js';
import type { JointView } from '../api/joint-views.js';
import { dayText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { JointTable } from './joint-table.js';
import { Groups, membersOf } from '../groups.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { type CallToBegin, Cockpit } from '../cockpit.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointTeam } from '../joint-team.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import { jointRoutes } from './joint.controller.js';

interface Shown {
  v: Viewer;
  group: string | undefined;
  groups: { id: string; name: string }[];
  joint: JointView[];
  open: CallToBegin[];
}

/** Most shown; the matrix has all of them. */
const SHOWN = 10;

function Open({ v, open }: Shown) {
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="open">
      <h2 id="open">{v.t('cockpit.could-begin')}</h2>
      <ul class="open-list">
        {open.slice(0, SHOWN).map(({ call, names }) => (
          <li key={call.id}>
            <div class="row">
              <span>
                <a href={`/calls/${call.id}`} lang={call.language}>
                  {call.title}
                </a>{' '}
                <span class="muted small">
                  {names.join(', ')}
                  {call.nextDeadline !== null && ` (${dayText(v, call.nextDeadline)})`}
                </span>
              </span>
              {may(v.actor, 'network.write') && (
                <form method="post" action="/network/joint">
                  <input type="hidden" name="call" value={call.id} />
                  <button type="submit" aria-label={v.t('cockpit.begin-one', { title: call.title })}>
                    {v.t('cockpit.begin')}
                  </button>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
      {open.length > SHOWN && (
        <p>
          <a href="/network?show=wanted&sort=deadline">
            {v.t('cockpit.more-wanted', { n: open.length - SHOWN })}
          </a>
        </p>
      )}
    </section>
  );
}

/** All joint opportunities by deadline, and calls that could become one. */
function NetworkJointList(shown: Shown) {
  const { v, group, groups, joint } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/joint" />
      <h1>{v.t('cockpit.tab.joint')}</h1>
      <form method="get" action="/network/joint" class="row no-print">
        <GroupField v={v} groups={groups} chosen={group} />
        <button type="submit">{v.t('calls.go')}</button>
      </form>
      {joint.length > 0 ? (
        <JointTable v={v} profileId={null} joint={joint} />
      ) : (
        <Empty title={v.t('joint.none')}>
          <p>
            {v.t('cockpit.joint-none-says')} <a href="/network?show=wanted">{v.t('cockpit.title')}</a>
          </p>
        </Empty>
      )}
      <Open {...shown} />
    </>
  );
}

const LIST_FIELDS = { group: z.string().max(63).optional() };
const OfNetwork = jointRoutes(
  createParamDecorator(() => null),
  { reads: Needs('network.read'), writes: Needs('network.write') },
);

@ApiExcludeController()
@Controller('network/joint')
export class NetworkJointPages extends OfNetwork {
  constructor(
    joint: JointOpportunities,
    teams: JointTeam,
    pipeline: Pipeline,
    private readonly cockpit: Cockpit,
    private readonly groups: Groups,
  ) {
    super(joint, teams, pipeline);
  }

  @Needs('network.read')
  @Get()
  async list(
    @View() v: Viewer,
    @PageQuery(LIST_FIELDS) { group: asked }: { group: string | undefined },
  ): Promise<string> {
    const groups = this.groups.named(v.language);
    const group = this.groups.all.find((g) => g.id === asked) ?? null;
    const [joint, open] = await Promise.all([
      this.joint.list(null, group && membersOf(group)),
      this.cockpit.toBegin(group),
    ]);
    return page(
      v,
      { title: v.t('cockpit.tab.joint'), wide: true, place: 'cockpit', styles: ['calls', 'network'] },
      NetworkJointList({
        v,
        group: group?.id,
        groups,
        joint,
        open,
      }),
    );
  }
}
