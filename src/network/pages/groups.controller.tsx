import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { nextDeadlineAt } from '../../calls/domain/facts/deadline.js';
import { listTo } from '../../i18n/message.js';
import { may } from '../../kernel/actor.js';
import type { GroupMatch, GroupView } from '../api/network-views.js';
import type { JointView } from '../api/joint-views.js';
import { dayText } from '../../ui/dates.js';
import { Dots } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CockpitTabs } from './cockpit-tabs.js';
import { JointTable } from './joint-table.js';
import { namedIn } from '../../kernel/language.js';
import { Groups, membersOf } from '../groups.js';
import { Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { JointOpportunities } from '../joint-opportunities.js';

const groupPath = (id: string): string => `/network/groups/${encodeURIComponent(id)}`;

/** All groups of institutes. */
const GroupsPage = ({ v, groups }: { v: Viewer; groups: GroupView[] }) => (
  <>
    <CockpitTabs v={v} path="/network/groups" />
    <h1>{v.t('cockpit.groups')}</h1>
    <ul class="plain-list">
      {groups.map((g) => (
        <li key={g.id}>
          <p>
            <a href={groupPath(g.id)}>{namedIn(g.name, v.language)}</a>{' '}
            <span class="muted small">
              <Dots
                parts={[
                  v.t('bid.institutes', { n: g.members.length }),
                  !g.confirmed && v.t('cockpit.group.unconfirmed'),
                ]}
              />
            </span>
          </p>
        </li>
      ))}
    </ul>
  </>
);

interface Shown {
  v: Viewer;
  group: GroupView;
  joint: JointView[];
  best: GroupMatch[];
}

function Best({ v, best }: Shown) {
  if (best.length === 0) return <p class="muted">{v.t('cockpit.group.no-calls')}</p>;
  return (
    <ol>
      {best.map(({ call, members }) => {
        const fitting = listTo(
          v.language,
          members.map((m) => m.name),
        );
        const next = nextDeadlineAt(call.deadlines, v.now);
        return (
          <li key={call.id}>
            <a href={`/calls/${call.id}`}>{call.title}</a>{' '}
            <span class="muted small">
              {next ? v.t('text.labelled', { label: dayText(v, next), value: fitting }) : fitting}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The page of a group: members, joint bids, and the calls that fit it best. */
function GroupPage(shown: Shown) {
  const { v, group, joint } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/groups" />
      <h1>{namedIn(group.name, v.language)}</h1>
      <p class="row no-print">
        <a href={withQuery('/network', { group: group.id })}>{v.t('cockpit.group.matrix')}</a>
        {may(v.actor, 'network.write') && (
          <>
            <a href={withQuery('/network/papers', { group: group.id })}>{v.t('cockpit.group.pack')}</a>
          </>
        )}
      </p>
      <section class="card" aria-labelledby="members">
        <h2 id="members">{v.t('bid.institutes', { n: group.members.length })}</h2>
        <p>
          <Dots
            parts={group.members.map((m) => (
              <a href={`/institutes/${m.id}/profile`}>{m.name}</a>
            ))}
          />
        </p>
        {group.source !== null && (
          <p class="muted small">
            {group.sourceByLanguage ? namedIn(group.sourceByLanguage, v.language) : group.source}
          </p>
        )}
      </section>
      {joint.length > 0 && (
        <section aria-labelledby="joint">
          <h2 id="joint">{v.t('cockpit.tab.joint')}</h2>
          <JointTable v={v} profileId={null} joint={joint} />
        </section>
      )}
      <section class="card" aria-labelledby="best">
        <h2 id="best">{v.t('cockpit.group.best')}</h2>
        <Best {...shown} />
      </section>
    </>
  );
}

const BEST = 15;
const LOOK = { place: 'cockpit' as const, styles: ['calls', 'network'] };

@ApiExcludeController()
@Controller('network/groups')
export class GroupPages {
  constructor(
    private readonly groups: Groups,
    private readonly joint: JointOpportunities,
  ) {}

  @Needs('network.read')
  @Get()
  async list(@View() v: Viewer): Promise<string> {
    const groups = await this.groups.views(this.groups.all);
    return page(v, { ...LOOK, title: v.t('cockpit.groups'), wide: true }, GroupsPage({ v, groups }));
  }

  @Needs('network.read')
  @Get(':group')
  async show(@View() v: Viewer, @Param('group') id: string): Promise<string> {
    const found = this.groups.findById(id);
    const [[group], joint, best] = await Promise.all([
      this.groups.views([found]),
      this.joint.list(null, membersOf(found)),
      this.groups.matches(id, { limit: BEST, cursor: undefined }),
    ]);
    return page(
      v,
      { ...LOOK, title: namedIn(found.name, v.language), wide: true },
      GroupPage({ v, group: group!, joint, best: best.items }),
    );
  }
}
