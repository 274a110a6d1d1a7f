import { FormError } from '../../ui/parts.js';
import { may } from '../../kernel/actor.js';
import type { Viewer } from '../../ui/viewer.js';
import { pipelinePath } from './bid-words.js';

/** A line as typed. */
export interface TemplateLine {
  label: string;
  before: string;
}
const BLANK = 3;

interface Shown {
  v: Viewer;
  profileId: string;
  lines: TemplateLine[];
  wrong: boolean;
}

/** The form for an institute's milestone template. */
export function TemplatePage({ v, profileId, lines, wrong }: Shown) {
  const writes = may(v.actor, 'pipeline.write');
  const said = (what: 'label' | 'before', i: number): string =>
    v.t('pipeline.milestone.nth', { what: v.t(`pipeline.milestone.${what}`), n: i + 1 });
  const shown = writes
    ? [...lines, ...Array.from({ length: BLANK }, () => ({ label: '', before: '' }))]
    : lines;
  return (
    <>
      <p class="small">
        <a href={pipelinePath(profileId)}>{v.t('pipeline.title')}</a>
      </p>
      <h1>{v.t('pipeline.template-title')}</h1>
      <p class="muted lead">{v.t('pipeline.template-lead')}</p>
      <form method="post" action={`/institutes/${profileId}/milestone-template`} class="card">
        <FormError says={wrong && v.t('pipeline.wrong-template')} />
        <ol class="plain-list milestones">
          {shown.map((line, i) => (
            <li key={i} class="row">
              <input
                name={`label-${i}`}
                value={line.label}
                maxLength={120}
                placeholder={v.t('pipeline.milestone.label')}
                aria-label={said('label', i)}
                disabled={!writes}
              />
              <label>
                {v.t('pipeline.milestone.before')}{' '}
                <input
                  type="number"
                  min={0}
                  max={1000}
                  name={`before-${i}`}
                  value={line.before}
                  aria-label={said('before', i)}
                  disabled={!writes}
                />
              </label>
            </li>
          ))}
        </ol>
        {writes && (
          <button type="submit" class="primary">
            {v.t('pipeline.save')}
          </button>
        )}
      </form>
    </>
  );
}
