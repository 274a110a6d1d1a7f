import type { RunView } from '../source-readings.js';
import { momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

function RunRow({ v, run }: { v: Viewer; run: RunView }) {
  const { counts } = run;
  return (
    <tr>
      <th scope="row">{momentText(v, run.startedAt)}</th>
      <td>
        {v.t(`sources.run.${run.state}`)}
        {run.reason && (
          <span class="small muted reason-of-run" lang="en">
            {run.reason}
          </span>
        )}
      </td>
      {(['calls', 'new', 'changed', 'missing'] as const).map((column) => (
        <td key={column} class="number" data-label={v.t(`sources.run-${column}`)}>
          {counts?.[column] ?? '–'}
        </td>
      ))}
    </tr>
  );
}

/** The results of a source's last full runs. */
export function PastRuns({ v, name, past }: { v: Viewer; name: string; past: RunView[] }) {
  if (past.length === 0) return null;
  return (
    <details>
      <summary>{v.t('sources.past')}</summary>
      <div class="scroll" role="region" tabIndex={0} aria-label={v.t('sources.past-of', { name })}>
        <table class="small stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('sources.run-when')}</th>
              <th scope="col">{v.t('sources.run-state')}</th>
              <th scope="col" class="number">
                {v.t('sources.run-calls')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-new')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-changed')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-missing')}
              </th>
            </tr>
          </thead>
          <tbody>
            {past.map((run) => (
              <RunRow key={run.id} v={v} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
