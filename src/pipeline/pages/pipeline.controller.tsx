import { z } from 'zod';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LEADS, ROLES } from '../domain/opportunity.js';
import { BEFORE_SUBMISSION, ENDED, OVER, type Stage, STAGES } from '../domain/stage.js';
import { withQuery } from '../../ui/address.js';
import {
  BidTitle,
  deadlineNow,
  movedText,
  movedTo,
  MoveForm,
  opportunityPath,
  pipelinePath,
  questionText,
  stageName,
} from './move-form.js';
import { labelFor, submittedFor } from '../domain/milestones.js';
import { may } from '../../kernel/actor.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import { dayText } from '../../ui/dates.js';
import { DaysLeft, Dots, Downloads, Empty, Fold, Pager, StatusBadge, Tabs } from '../../ui/parts.js';
import { numberTo } from '../../i18n/message.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { Pipeline } from '../pipeline.js';

/** The filters of the page, named as in its query. */
const PIPELINE_FIELDS = {
  view: z.enum(['board', 'table']).default('board'),
  q: z.string().trim().min(1).max(200).optional(),
  stage: z.enum(STAGES).optional(),
  lead: z.enum(LEADS).optional(),
  role: z.enum(ROLES).optional(),
  mine: z.enum(['true']).optional(),
  cursor: z.string().max(1_000).optional(),
};
type PipelineQuery = z.infer<z.ZodObject<typeof PIPELINE_FIELDS>>;

/** The page's address with these changes; null removes a filter. */
const pipelineAddress = (
  profileId: string,
  { cursor: _, view, ...filters }: PipelineQuery,
  change: Partial<Record<keyof PipelineQuery, string | null>> = {},
): string =>
  withQuery(pipelinePath(profileId), { ...filters, view: view === 'board' ? null : view, ...change });

const filtersOf = ({ q, stage, lead, role, mine }: PipelineQuery): string[] =>
  [q, stage, lead, role, mine].filter((value) => value !== undefined);

interface PipelineShown {
  v: Viewer;
  profileId: string;
  query: PipelineQuery;
  opportunities: OpportunityView[];
  counts: Record<Stage, number>;
  next: string | null;
}

/** The institute's next milestone that is not done, while something is left to do. */
function nextMilestone({ stage, milestones, deadline: deadlineAt }: OpportunityView) {
  const over = submittedFor({ stage, deadlineAt }) ?? '';
  return ENDED.includes(stage) ? undefined : milestones.find((m) => m.doneAt === null && m.on > over);
}

function Card({ v, profileId, o, back }: { v: Viewer; profileId: string; o: OpportunityView; back: string }) {
  const milestone = nextMilestone(o);
  const deadline = deadlineNow(o);
  return (
    <li>
      <article class="card pipeline-card" tabIndex={-1} aria-labelledby={`o-${o.id}`}>
        <h3 id={`o-${o.id}`}>
          <a class="open" href={opportunityPath(profileId, o.id)}>
            <BidTitle opportunity={o} />
          </a>
        </h3>
        <p class="small muted">
          <Dots
            parts={[
              o.call.identifier,
              o.role && v.t(`pipeline.role.${o.role}`),
              o.leadName,
              o.probability === null
                ? null
                : v.t('pipeline.chance', { n: numberTo(v.language, o.probability) }),
            ]}
          />
        </p>
        {o.call.status === 'withdrawn' && BEFORE_SUBMISSION.includes(o.stage) && (
          <p class="small">
            <StatusBadge v={v} status={o.call.status} />
          </p>
        )}
        {deadline !== null && BEFORE_SUBMISSION.includes(o.stage) && (
          <p class="small">
            <DaysLeft v={v} at={deadline} status={o.call.status} />{' '}
            <span class="muted">{dayText(v, deadline)}</span>
          </p>
        )}
        {movedTo(o) !== null && (
          <p class="small changes">
            <strong>{movedText(v, o)}</strong>
          </p>
        )}
        {o.question !== null && (
          <p class="small changes">
            <strong>{questionText(v, o)}</strong>
          </p>
        )}
        {milestone && (
          <p class="small">
            {v.t('pipeline.milestone-is', {
              label: labelFor(milestone.label, v.language),
              day: dayText(v, milestone.on),
            })}
          </p>
        )}
        {may(v.actor, 'pipeline.write') && (
          <MoveForm v={v} profileId={profileId} opportunity={o} back={back} />
        )}
      </article>
    </li>
  );
}

function Column({ shown, stage }: { shown: PipelineShown; stage: Stage }) {
  const { v, profileId, query, opportunities, counts } = shown;
  const own = opportunities.filter((o) => o.stage === stage);
  const more = counts[stage] - own.length;
  return (
    <section class="pipeline-stage" aria-labelledby={`stage-${stage}`}>
      <h2 id={`stage-${stage}`}>
        {stageName(v, stage)} <span class="count">{numberTo(v.language, counts[stage])}</span>
      </h2>
      {own.length === 0 && counts[stage] === 0 && <p class="muted small">{v.t('pipeline.none-here')}</p>}
      {own.length > 0 && (
        <ol class="plain-list">
          {own.map((o) => (
            <Card key={o.id} v={v} profileId={profileId} o={o} back={pipelineAddress(profileId, query)} />
          ))}
        </ol>
      )}
      {more > 0 && (
        <p class="small">
          <a href={pipelineAddress(profileId, query, { view: 'table', stage })}>
            {v.t('pipeline.more', { n: more })}
          </a>
        </p>
      )}
    </section>
  );
}

/** A column for each stage in progress, with the results below. */
const Board = (shown: PipelineShown) => (
  <>
    <div class="pipeline-board">
      {STAGES.filter((stage) => !OVER.includes(stage)).map((stage) => (
        <Column key={stage} shown={shown} stage={stage} />
      ))}
    </div>
    <details class="pipeline-results" open={OVER.some((s) => s === shown.query.stage)}>
      <summary>
        {shown.v.t('pipeline.results')}{' '}
        <span class="count">
          {numberTo(
            shown.v.language,
            OVER.reduce((sum, stage) => sum + shown.counts[stage], 0),
          )}
        </span>
      </summary>
      <div class="pipeline-board">
        {OVER.map((stage) => (
          <Column key={stage} shown={shown} stage={stage} />
        ))}
      </div>
    </details>
  </>
);

function Filters({ v, profileId, query }: PipelineShown) {
  const choice = (
    name: 'stage' | 'lead' | 'role',
    label: string,
    options: { value: string; text: string }[],
  ) => (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">{v.t('form.any')}</option>
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={query[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form method="get" action={pipelinePath(profileId)} class="row filters" role="search">
      {query.view !== 'board' && <input type="hidden" name="view" value={query.view} />}
      <label>
        {v.t('pipeline.filter.q')} <input type="search" name="q" value={query.q ?? ''} />
      </label>
      {choice(
        'stage',
        v.t('sheet-column.stage'),
        STAGES.map((s) => ({ value: s, text: stageName(v, s) })),
      )}
      {choice(
        'lead',
        v.t('pipeline.facts.lead'),
        LEADS.map((l) => ({ value: l, text: v.t(`pipeline.lead.${l}`) })),
      )}
      {choice(
        'role',
        v.t('pipeline.facts.role'),
        ROLES.map((r) => ({ value: r, text: v.t(`pipeline.role.${r}`) })),
      )}
      {v.actor?.personId && (
        <label class="choice">
          <input type="checkbox" name="mine" value="true" checked={query.mine === 'true'} />{' '}
          {v.t('pipeline.filter.mine')}
        </label>
      )}
      <button type="submit">{v.t('form.show')}</button>
    </form>
  );
}

function Line({ v, profileId, o }: Pick<PipelineShown, 'v' | 'profileId'> & { o: OpportunityView }) {
  const milestone = nextMilestone(o);
  const deadline = deadlineNow(o);
  return (
    <tr>
      <th scope="row">
        <a href={opportunityPath(profileId, o.id)}>
          <BidTitle opportunity={o} />
        </a>
        {o.call.identifier && <span class="identifier muted"> {o.call.identifier}</span>}
      </th>
      <td class="stage">{stageName(v, o.stage)}</td>
      <td class="day" data-label={v.t('pipeline.deadline')}>
        {deadline && dayText(v, deadline)}
      </td>
      <td data-label={v.t('pipeline.next-milestone')}>
        {milestone &&
          v.t('pipeline.milestone-is', {
            label: labelFor(milestone.label, v.language),
            day: dayText(v, milestone.on),
          })}
      </td>
      <td data-label={v.t('pipeline.facts.role')}>{o.role && v.t(`pipeline.role.${o.role}`)}</td>
      <td data-label={v.t('pipeline.facts.leadName')}>{o.leadName}</td>
      <td class="number" data-label={v.t('pipeline.facts.share')}>
        {o.share !== null && amountForPeople(o.share, o.currency, v.language)}
      </td>
      <td class="number" data-label={v.t('pipeline.facts.probability')}>
        {o.probability}
      </td>
    </tr>
  );
}

function Table(shown: PipelineShown) {
  const { v, profileId, query, opportunities, next } = shown;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={v.t('pipeline.title')}>
        <table class="pipeline-table stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('pipeline.call')}</th>
              <th scope="col">{v.t('sheet-column.stage')}</th>
              <th scope="col">{v.t('pipeline.deadline')}</th>
              <th scope="col">{v.t('pipeline.next-milestone')}</th>
              <th scope="col">{v.t('pipeline.facts.role')}</th>
              <th scope="col">{v.t('pipeline.facts.leadName')}</th>
              <th scope="col" class="number">
                {v.t('pipeline.facts.share')}
              </th>
              <th scope="col" class="number">
                {v.t('pipeline.facts.probability')}
              </th>
            </tr>
          </thead>
          <tbody>
            {opportunities.map((o) => (
              <Line key={o.id} v={v} profileId={profileId} o={o} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        v={v}
        next={next}
        first={query.cursor === undefined}
        href={(cursor) => pipelineAddress(profileId, query, { cursor })}
      />
    </>
  );
}

type Where = Pick<PipelineShown, 'v' | 'profileId' | 'query'>;

const Views = ({ v, profileId, query }: Where) => (
  <Tabs
    label={v.t('pipeline.view')}
    tabs={PIPELINE_FIELDS.view.unwrap().options.map((view) => ({
      path: pipelineAddress(profileId, query, { view: view === 'board' ? null : view }),
      name: v.t(`pipeline.view.${view}`),
      isShown: view === query.view,
    }))}
  />
);

/** Says why the list is empty and what to do. */
const Nothing = ({ v, profileId, query }: Where) =>
  filtersOf(query).length > 0 ? (
    <Empty title={v.t('pipeline.empty-filtered')}>
      <p>
        <a href={pipelinePath(profileId)}>{v.t('inbox.chips-clear')}</a>
      </p>
    </Empty>
  ) : (
    <Empty title={v.t('pipeline.empty')}>
      <p>{v.t('pipeline.empty-says')}</p>
      <p>
        <a href={`/institutes/${profileId}/sheets`}>{v.t('sheets.title')}</a>
      </p>
    </Empty>
  );

/** The institute's pipeline, as a board or a table. */
function PipelineView(shown: PipelineShown) {
  const { v, profileId, query, opportunities } = shown;
  const nothing = opportunities.length === 0;
  const figures = (
    <>
      <a href={`/institutes/${profileId}/figures`}>{v.t('figures.title')}</a>{' '}
      <a href={`/institutes/${profileId}/joint`}>{v.t('joint.list')}</a>
    </>
  );
  return (
    <>
      <h1>{v.t('pipeline.title')}</h1>
      <p class="muted small lead">{v.t('pipeline.lead')}</p>
      <div class="pipeline-head">
        <Views v={v} profileId={profileId} query={query} />
        <Fold v={v} label={v.t('inbox.tools')} count={filtersOf(query).length}>
          <Filters {...shown} />
        </Fold>
      </div>
      <div class="pipeline-list">
        {nothing ? (
          <p>{figures}</p>
        ) : (
          <Downloads v={v} path={pipelinePath(profileId)} query="">
            {figures}
          </Downloads>
        )}
        {nothing && <Nothing v={v} profileId={profileId} query={query} />}
        {!nothing && query.view === 'table' && <Table {...shown} />}
        {!nothing && query.view === 'board' && (
          <>
            {may(v.actor, 'pipeline.write') && (
              <p class="small muted keys-hint script-only no-print">{v.t('pipeline.keys')}</p>
            )}
            <Board {...shown} />
          </>
        )}
      </div>
    </>
  );
}

/** Most cards on the board; the rest are in the table. */
const ON_BOARD = 60;
const IN_LIST = 50;

@ApiExcludeController()
@Controller('institutes/:profile/pipeline')
export class PipelinePages {
  constructor(private readonly pipeline: Pipeline) {}

  @Needs('pipeline.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(PIPELINE_FIELDS) query: PipelineQuery,
  ): Promise<string> {
    const { view, mine, stage, cursor, ...filter } = query;
    const found = await this.pipeline.list(profileId, {
      ...filter,
      stages: stage && [stage],
      personId: (mine && v.actor?.personId) ?? undefined,
      limit: view === 'board' ? ON_BOARD : IN_LIST,
      cursor: view === 'board' ? undefined : cursor,
    });
    const options = {
      title: v.t('pipeline.title'),
      place: 'pipeline' as const,
      styles: ['pipeline'],
      scripts: ['pipeline'],
      wide: true,
    };
    const { items: opportunities, counts, next } = found;
    return page(v, options, PipelineView({ v, profileId, query, opportunities, counts, next }));
  }
}
