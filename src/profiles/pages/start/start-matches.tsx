import { programmeName } from '../../../calls/domain/names-in.js';
import { matchIn } from '../../../matching/domain/explanation/match-in.js';
import { reasonSentence } from '../../../matching/domain/explanation/reason-sentence.js';
import type { BestCall } from '../../../explain/preview.js';
import { labelsIn } from '../../domain/label-in.js';
import { unmetSentence } from '../../domain/preference-sentences.js';
import { unmetPreferences } from '../../domain/preferences.js';
import type { Profile } from '../../domain/profile.js';
import { But, DaysLeft, Empty, Score } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { firstDecisionsPath } from '../../../decisions/pages/first-decisions-page.js';
import { StartFrame, startPath } from './start-frame.js';

function Match({ v, profile, found: { call, match } }: { v: Viewer; profile: Profile; found: BestCall }) {
  const coming = call.content.deadlines.find((d) => Date.parse(d.at) > v.now.getTime());
  const unmet = unmetPreferences(profile.preferences, call.content, v.now);
  return (
    <li class="card">
      <h2>
        <a href={`/institutes/${profile.id}/calls/${call.id}`} lang={call.content.language}>
          {call.content.title}
        </a>
      </h2>
      <p class="row">
        <Score score={match.score} />
        <DaysLeft v={v} at={coming?.at ?? null} />
        {call.content.programme?.name && (
          <span class="muted">{programmeName(call.content.programme.name, v.language)}</span>
        )}
      </p>
      <p>{reasonSentence(matchIn(match, labelsIn(profile.competences, v.language)), v.language)}</p>
      <But v={v} says={unmet.map((u) => unmetSentence(u, v.language))} />
    </li>
  );
}

/** What happens next. `first`: whether the reader decides on some calls first. */
function Next({ v, id, told, first }: { v: Viewer; id: string; told: boolean; first: boolean }) {
  const at = `/institutes/${id}`;
  return (
    <section class="card" aria-labelledby="next-title">
      <h2 id="next-title">{v.t('start.then')}</h2>
      <ul>
        <li>{v.t('start.then.inbox')}</li>
        <li>{v.t(told ? 'start.then.mail' : 'start.then.no-mail')}</li>
        <li>
          <a href={`${at}/profile`}>{v.t('start.then.profile')}</a>
        </li>
        <li>
          <a href={`${at}/team`}>{v.t('start.then.team')}</a>
        </li>
      </ul>
      <p class="row">
        {first && (
          <a class="button primary" href={firstDecisionsPath(id)}>
            {v.t('start.to-first-decisions')}
          </a>
        )}
        <a class={first ? 'button' : 'button primary'} href={`${at}/inbox`}>
          {v.t('start.to-inbox')}
        </a>
        <a class="button" href={`${startPath(id)}/profile`}>
          {v.t('start.back')}
        </a>
      </p>
    </section>
  );
}

/** Third: the best calls right away, and what happens next. `told`: whether anyone is notified of calls.
 * `decides`: whether the reader decides for this institute. */
export function MatchesStep({
  v,
  profile,
  told,
  passing,
  decides,
  calls,
}: {
  v: Viewer;
  profile: Profile;
  told: boolean;
  passing: number;
  decides: boolean;
  calls: BestCall[];
}) {
  return (
    <StartFrame v={v} step={2} title={v.t('start.matches', { n: calls.length })}>
      {calls.length === 0 ? (
        <Empty title={v.t('start.no-matches')}>
          <p>{v.t('start.no-matches.help')}</p>
          <p>
            <a class="button primary" href={`${startPath(profile.id)}/profile`}>
              {v.t('start.back')}
            </a>
          </p>
        </Empty>
      ) : (
        <>
          <p class="lead">{v.t('start.matches.help', { passing })}</p>
          <ol class="best">
            {calls.map((f) => (
              <Match key={f.call.id} v={v} profile={profile} found={f} />
            ))}
          </ol>
        </>
      )}
      <Next v={v} id={profile.id} told={told} first={decides && calls.length > 0} />
    </StartFrame>
  );
}
