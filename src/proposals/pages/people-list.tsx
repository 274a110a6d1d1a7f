import { labelIn, type Labelled } from '../../profiles/domain/label-in.js';
import { may } from '../../kernel/actor.js';
import type { ResearcherView } from '../api/researcher-views.js';
import { grouped } from '../../kernel/grouping.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';

/** More for one competence are on a page of their own: an institute may have a thousand people. */
const MOST_NAMED = 20;

interface Listed {
  v: Viewer;
  profileId: string;
  /** The only competence shown, with everyone who has it. */
  only: string | undefined;
  competences: Labelled[];
  researchers: ResearcherView[];
  /** Days until a researcher who has not answered is reminded; null for never. */
  remindAfterDays: number | null;
}

const base = (profileId: string): string => `/institutes/${profileId}/people`;

/** One person; the name links to their form for people who may write. */
function Person({ v, profileId, researcher }: { v: Viewer; profileId: string; researcher: ResearcherView }) {
  const { id, name, email, language, gone } = researcher;
  return (
    <li class="person">
      {may(v.actor, 'proposal.write') ? <a href={`${base(profileId)}/${id}`}>{name}</a> : <span>{name}</span>}
      <span class="muted small">
        {email}, {v.t('people.writes-in', { language })}
      </span>
      {gone.map((competence) => (
        <span key={competence} class="badge changed">
          {v.t('people.gone', { competence })}
        </span>
      ))}
    </li>
  );
}

function Competence({
  v,
  profileId,
  competence,
  people,
  most,
}: {
  v: Viewer;
  profileId: string;
  competence: Labelled;
  people: ResearcherView[];
  most: number;
}) {
  const name = labelIn(competence, v.language);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {people.length > 0 ? (
          <>
            <ul class="persons">
              {people.slice(0, most).map((r) => (
                <Person key={r.id} v={v} profileId={profileId} researcher={r} />
              ))}
            </ul>
            {people.length > most && (
              <a class="small" href={withQuery(base(profileId), { competence: competence.label })}>
                {v.t('people.all', { n: people.length })}
              </a>
            )}
          </>
        ) : (
          <p class="nobody">
            <span class="badge status-closed">{v.t('people.nobody')}</span>
            {may(v.actor, 'proposal.write') && (
              <a class="small" href={withQuery(`${base(profileId)}/new`, { competence: competence.label })}>
                {v.t('people.add')}
                <span class="hidden-visually"> {v.t('people.add-for', { competence: name })}</span>
              </a>
            )}
          </p>
        )}
      </td>
    </tr>
  );
}

function Actions({ v, profileId }: { v: Viewer; profileId: string }) {
  return (
    <p class="row">
      {may(v.actor, 'proposal.write') && (
        <a class="button primary" href={`${base(profileId)}/new`}>
          {v.t('people.add')}
        </a>
      )}
      {may(v.actor, 'proposal.write') && (
        <a class="button" href={`${base(profileId)}/paste`}>
          {v.t('people.paste')}
        </a>
      )}
      <a class="button" href={`${base(profileId)}/asked`}>
        {v.t('people.asked')}
      </a>
    </p>
  );
}

/** The setting for when researchers are reminded. */
function Reminders({ v, profileId, remindAfterDays }: Pick<Listed, 'v' | 'profileId' | 'remindAfterDays'>) {
  return (
    <section class="card" aria-labelledby="reminders">
      <h2 id="reminders">{v.t('people.reminders')}</h2>
      {may(v.actor, 'proposal.write') ? (
        <form method="post" action={`/institutes/${profileId}/proposal-settings`}>
          <div class="field">
            <label for="remind-after">{v.t('people.remind-after')}</label>
            <input
              id="remind-after"
              type="number"
              name="remindAfterDays"
              min={1}
              max={90}
              value={remindAfterDays ?? ''}
              aria-describedby="remind-after-help"
            />
            <p class="help" id="remind-after-help">
              {v.t('people.remind-help')}
            </p>
          </div>
          <button type="submit">{v.t('pipeline.save')}</button>
        </form>
      ) : (
        <p>
          {remindAfterDays === null
            ? v.t('people.remind-never')
            : v.t('people.remind-days', { n: remindAfterDays })}
        </p>
      )}
    </section>
  );
}

/**
 * The people for each competence of the profile, including competences without anybody, and people without a
 * competence.
 */
export function PeopleList({ v, profileId, only, competences, researchers, remindAfterDays }: Listed) {
  const labels = new Set(competences.map((c) => c.label));
  const people = grouped(researchers, (r) => r.competences);
  const loose =
    only === undefined ? researchers.filter((r) => !r.competences.some((c) => labels.has(c))) : [];
  return (
    <>
      {only !== undefined && (
        <p>
          <a href={base(profileId)}>{v.t('people.all-competences')}</a>
        </p>
      )}
      <h1>{v.t('people.title')}</h1>
      <p>{v.t('people.intro', { n: researchers.length })}</p>
      <Actions v={v} profileId={profileId} />
      <table class="behind">
        <caption class="hidden-visually">{v.t('people.by-competence')}</caption>
        <thead>
          <tr>
            <th scope="col">{v.t('people.competence')}</th>
            <th scope="col">{v.t('people.persons')}</th>
          </tr>
        </thead>
        <tbody>
          {competences
            .filter(({ label }) => only === undefined || label === only)
            .map((competence) => (
              <Competence
                key={competence.label}
                v={v}
                profileId={profileId}
                competence={competence}
                people={people.get(competence.label) ?? []}
                most={only === undefined ? MOST_NAMED : Infinity}
              />
            ))}
        </tbody>
      </table>
      {loose.length > 0 && (
        <section class="card">
          <h2>{v.t('people.loose')}</h2>
          <p class="muted">{v.t('people.loose-why')}</p>
          <ul class="persons">
            {loose.map((r) => (
              <Person key={r.id} v={v} profileId={profileId} researcher={r} />
            ))}
          </ul>
        </section>
      )}
      <Reminders v={v} profileId={profileId} remindAfterDays={remindAfterDays} />
    </>
  );
}
