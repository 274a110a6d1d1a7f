import type { CallProjects } from '../../../funded-projects/api/won-views.js';
import {
  type Contactable,
  contactReason,
  organisationText,
  yearsOf,
} from '../../../funded-projects/domain/whom-to-call.js';
import { grouped } from '../../../kernel/collections.js';
import { dayText } from '../../../ui/dates.js';
import { Dots, OutsideLink } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { amountForPeople } from '../../domain/facts/budget.js';
import { callPath, type CallModel } from './model.js';

type Project = CallProjects['projects'][number];
type Organisation = Project['partners'][number];

function Contact({ v, one }: { v: Viewer; one: Contactable }) {
  return (
    <li>
      <OutsideLink v={v} href={one.page}>
        {organisationText(one, v.language)}
      </OutsideLink>
      <span class="row small">{contactReason(one, v.language)}</span>
    </li>
  );
}

/** What official notes state of the editions before, verbatim. */
function Results({ v, model }: { v: Viewer; model: CallModel }) {
  const { results } = model.won;
  if (results.length === 0) return null;
  return (
    <ul class="plain-list neighbours">
      {results.map((one) => (
        <li key={`${one.call} ${one.day}`}>
          <a href={callPath(model.institute, one.call)}>
            {v.t('won.results', {
              identifier: one.identifier,
              submitted: one.submitted,
              funded: one.funded,
            })}
          </a>
          <span class="row small muted">{v.t('won.results-note', { day: dayText(v, one.day) })}</span>
          <blockquote class="small" lang="en" dir="auto">
            {one.quote}
          </blockquote>
        </li>
      ))}
    </ul>
  );
}

const names = (v: Viewer, all: Organisation[]): string =>
  all.map((one) => organisationText(one, v.language)).join(', ');

function Won({ v, project }: { v: Viewer; project: Project }) {
  const { acronym, id, title, contribution, coordinators, partners, more, start, end } = project;
  const years = yearsOf(start, end, v.language);
  return (
    <li>
      <OutsideLink v={v} href={project.page}>
        <strong>{acronym ?? id}</strong>
      </OutsideLink>{' '}
      {title && <span lang="en">{title}</span>}
      <span class="row small muted">
        {years && <span>{years}</span>}
        <span>
          {contribution === null
            ? v.t('won.no-contribution')
            : v.t('won.contribution', { amount: amountForPeople(contribution, 'EUR', v.language) })}
        </span>
        <span>
          {coordinators.length
            ? v.t('won.coordinator', { list: names(v, coordinators) })
            : v.t('won.no-coordinator')}
        </span>
      </span>
      {partners.length > 0 && (
        <p class="small muted">
          {v.t('won.partners', {
            n: partners.length + more,
            list: `${names(v, partners)}${more > 0 ? '…' : ''}`,
          })}
        </p>
      )}
    </li>
  );
}

/** The projects of each topic, folded but for whom to call about them. */
function Topics({ v, won }: { v: Viewer; won: CallProjects }) {
  const byTopic = grouped(won.projects, (p) => [p.topic.code]);
  return (
    <>
      {[...byTopic.values()].map((projects) => {
        const { code, title, lineage } = projects[0]!.topic;
        return (
          <details key={code} class="part">
            <summary>
              <Dots
                parts={[
                  v.t(`won.lineage.${lineage}`),
                  <code>{code}</code>,
                  v.t('won.projects', { n: projects.length }),
                ]}
              />
            </summary>
            {title && (
              <p class="small" lang="en">
                {title}
              </p>
            )}
            <ul class="plain-list neighbours">
              {projects.map((project) => (
                <Won key={project.id} v={v} project={project} />
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

/** Who won under the topics that a call continues or is close to, whom to call, and how many applied. */
export function WonBefore({ v, model }: { v: Viewer; model: CallModel }) {
  const { won } = model;
  const sources = [
    ...(won.asOf ? [v.t('won.from-portal', { when: dayText(v, won.asOf) })] : []),
    ...(won.projects.some((p) => p.by.includes('cordis')) ? [v.t('won.from-cordis')] : []),
  ];
  const shown = won.projects.length;
  return (
    <>
      <Results v={v} model={model} />
      {won.whomToCall.length > 0 && (
        <>
          <h3>{v.t('won.whom')}</h3>
          <p class="small muted">{v.t('won.whom-says')}</p>
          <ul class="plain-list neighbours">
            {won.whomToCall.map((one) => (
              <Contact key={one.pic} v={v} one={one} />
            ))}
          </ul>
        </>
      )}
      <Topics v={v} won={won} />
      {won.total > shown && <p class="small muted">{v.t('won.more', { n: shown })}</p>}
      {sources.length > 0 && (
        <p class="small muted">
          <Dots parts={sources} />
        </p>
      )}
    </>
  );
}
