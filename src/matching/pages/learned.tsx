import { learnedSentence } from '../domain/explanation/reasons/learned-sentence.js';
import type { LearnedVerdict } from '../learned.js';
import type { Viewer } from '../../ui/viewer.js';

/** Older ones are only available through the API. */
const MOST_SHOWN = 30;

function Row({
  v,
  profileId,
  verdict,
  may,
}: {
  v: Viewer;
  profileId: string;
  verdict: LearnedVerdict;
  may: boolean;
}) {
  const { callId, aside, title, points } = verdict;
  return (
    <li class="row spread">
      <span>
        <a href={`/institutes/${profileId}/calls/${callId}`}>
          {v.t('learned.call')}
          <span class="hidden-visually"> {title}</span>
        </a>{' '}
        {learnedSentence({ ...verdict, upTo: points }, v.language)}
      </span>
      {may && (
        <form method="post" action={`/institutes/${profileId}/learned/${callId}`}>
          <button type="submit" name="counts" value={aside ? 'yes' : 'no'}>
            {v.t(aside ? 'learned.again' : 'learned.forget')}
            <span class="hidden-visually"> {title}</span>
          </button>
        </form>
      )}
    </li>
  );
}

/** What the ranking has learned from the institute's verdicts, each with a button to set it aside. */
export function Learned({
  v,
  profileId,
  learned,
  may,
}: {
  v: Viewer;
  profileId: string;
  learned: LearnedVerdict[];
  may: boolean;
}) {
  return (
    <section class="card" id="learned" aria-labelledby="learned-title">
      <h2 id="learned-title">{v.t('learned.title')}</h2>
      <p class="muted">{v.t(learned.length ? 'learned.help' : 'learned.none')}</p>
      {learned.length > 0 && (
        <ul class="plain-list">
          {learned.slice(0, MOST_SHOWN).map((verdict) => (
            <Row key={verdict.callId} v={v} profileId={profileId} verdict={verdict} may={may} />
          ))}
        </ul>
      )}
    </section>
  );
}
