import { VERDICT_REASONS, type VerdictReason } from '../../matching/domain/verdict.js';
import { FACTS, type Facts } from '../domain/opportunity.js';
import { Stage } from '../domain/stage.js';
import type { StepView } from '../api/opportunity-views.js';
import { momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { stageName } from './stage-words.js';

const stageIn = (v: Viewer, value: unknown): string => {
  const stage = Stage.safeParse(value);
  return stage.success ? stageName(v, stage.data) : '';
};

/** What a line changed, in words. */
function whatText(v: Viewer, { kind, changes, why }: StepView): string {
  if (kind === 'stage' && changes['stage'])
    return v.t('pipeline.step.stage', {
      from: stageIn(v, changes['stage'].from),
      to: stageIn(v, changes['stage'].to),
    });
  if (kind === 'facts')
    return v.t('pipeline.step.facts', {
      fields: (Object.keys(FACTS) as (keyof Facts)[])
        .filter((field) => field in changes)
        .map((field) => v.t(`pipeline.facts.${field}`))
        .join(', '),
    });
  if (kind === 'taken-up') return v.t('pipeline.step.taken-up', { why });
  return kind === 'stage' ? '' : v.t(`pipeline.step.${kind}`);
}

/** The reason as a person wrote it; automatic reasons in the reader's language. */
function whyText(v: Viewer, { kind, why }: StepView): string | null {
  if (why === null || kind === 'taken-up') return null;
  if (why === 'yes' || why === 'not') return v.t(`pipeline.because.${why}`);
  return VERDICT_REASONS.includes(why as VerdictReason) ? v.t(`verdict-reason.${why as VerdictReason}`) : why;
}

/** Who changed what, when and why, newest first. */
export const HistoryList = ({ v, history }: { v: Viewer; history: StepView[] }) => (
  <ol class="plain-list pipeline-history">
    {history.map((step) => {
      const why = whyText(v, step);
      return (
        <li key={step.id} class={step.undone ? 'muted' : undefined}>
          {whatText(v, step)}
          {step.undone && (
            <>
              {' '}
              <span class="badge">{v.t('pipeline.step.undone')}</span>
            </>
          )}
          {why !== null && <span class="why-said">: {why}</span>}
          <br />
          <span class="small muted">
            {v.t('pipeline.history-by', { by: step.by, when: momentText(v, step.at) })}
          </span>
        </li>
      );
    })}
  </ol>
);
