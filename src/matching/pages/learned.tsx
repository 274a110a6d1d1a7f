import { learnedSentence, thresholdSentence } from '../domain/explanation/reason-sentence.js';
import type { LearnedVerdict, Threshold } from '../learned.js';
import type { Viewer } from '../../ui/viewer.js';

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

/** Sets the decisions aside for the threshold, or takes them into account again. */
export const ThresholdForm = ({
  v,
  profileId,
  threshold,
}: {
  v: Viewer;
  profileId: string;
  threshold: Pick<Threshold, 'aside'>;
}) => (
  <form method="post" action={`/institutes/${profileId}/learned`}>
    <button type="submit" name="counts" value={threshold.aside ? 'yes' : 'no'}>
      {v.t(threshold.aside ? 'threshold.again' : 'threshold.forget')}
    </button>
  </form>
);

/** What the ranking has learned from the institute's verdicts, each with a button to set it aside. */
export function Learned({
  v,
  profileId,
  learned,
  threshold,
  may,
}: {
  v: Viewer;
  profileId: string;
  learned: LearnedVerdict[];
  threshold: Threshold | null;
  may: boolean;
}) {
  return (
    <section class="card" id="learned" aria-labelledby="learned-title">
      <h2 id="learned-title">{v.t('learned.title')}</h2>
      <p class="muted">{v.t(learned.length ? 'learned.help' : 'learned.none')}</p>
      {threshold && (
        <div class="row spread">
          <p>{thresholdSentence(threshold, v.language)}</p>
          {may && <ThresholdForm v={v} profileId={profileId} threshold={threshold} />}
        </div>
      )}
      {learned.length > 0 && (
        <ul class="plain-list">
          {learned.map((verdict) => (
            <Row key={verdict.callId} v={v} profileId={profileId} verdict={verdict} may={may} />
          ))}
        </ul>
      )}
    </section>
  );
}
