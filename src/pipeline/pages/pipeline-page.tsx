import type { OpportunityView } from '../api/opportunity-views.js';
import { labelFor } from '../domain/milestones.js';
import { LEADS, ROLES } from '../domain/opportunity.js';
import { STAGES } from '../domain/stage.js';
import { dayText } from '../../ui/dates.js';
import { Downloads } from '../../ui/downloads.js';
import { Empty, Fold, Pager } from '../../ui/parts.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { Board, nextMilestone, type PipelineShown } from './board.js';
import { filtersOf, pipelineAddress, PIPELINE_FIELDS } from './pipeline-address.js';
import { opportunityPath, pipelinePath, stageName } from './stage-words.js';

function Filters({ v, profileId, query }: PipelineShown) {
  const choice = (
    name: 'stage' | 'lead' | 'role',
    label: string,
    options: { value: string; text: string }[],
  ) => (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">{v.t('pipeline.filter.any')}</option>
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
        v.t('pipeline.filter.stage'),
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
      <button type="submit">{v.t('pipeline.filter.show')}</button>
    </form>
  );
}

function Line({ v, profileId, o }: Pick<PipelineShown, 'v' | 'profileId'> & { o: OpportunityView }) {
  const milestone = nextMilestone(o);
  return (
    <tr>
      <th scope="row">
        <a href={opportunityPath(profileId, o.id)} lang={o.call.language}>
          {o.call.title}
        </a>
        {o.call.identifier && <span class="identifier muted"> {o.call.identifier}</span>}
      </th>
      <td>{stageName(v, o.stage)}</td>
      <td class="day" data-label={v.t('pipeline.deadline')}>
        {o.deadline && dayText(v, o.deadline)}
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
              <th scope="col">{v.t('pipeline.filter.stage')}</th>
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
  <nav class="tabs no-print" aria-label={v.t('pipeline.view')}>
    <ul>
      {PIPELINE_FIELDS.view.unwrap().options.map((view) => (
        <li key={view}>
          <a
            href={pipelineAddress(profileId, query, { view: view === 'board' ? null : view })}
            aria-current={view === query.view ? 'page' : undefined}
          >
            {v.t(`pipeline.view.${view}`)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
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
        <a href={`/institutes/${profileId}/sheets`}>{v.t('layout.sheets')}</a>
      </p>
    </Empty>
  );

/** The institute's pipeline, as a board or a table. */
export function PipelineView(shown: PipelineShown) {
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
            {v.actor?.writes && (
              <p class="small muted keys-hint script-only no-print">{v.t('pipeline.keys')}</p>
            )}
            <Board {...shown} />
          </>
        )}
      </div>
    </>
  );
}
