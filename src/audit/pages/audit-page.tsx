import type { Page } from '../../platform/api/paging.js';
import { momentText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { AuditView } from '../api/audit-view.js';
import type { Action } from '../domain/actions.js';
import { actorWords, entryWords, thing } from './entry-words.js';

/** Newest first. */
export function AuditPage({
  v,
  found,
  names,
}: {
  v: Viewer;
  found: Page<AuditView>;
  /** Names of institutes by id. */
  names: ReadonlyMap<string, string>;
}) {
  const institute = (id: string): string => names.get(id) ?? id;
  return (
    <>
      <h1>{v.t('audit.title')}</h1>
      <p class="muted">{v.t(v.actor?.profileId ? 'audit.says.institute' : 'audit.says.network')}</p>
      {found.items.length === 0 ? (
        <Empty title={v.t('audit.none')} />
      ) : (
        <div class="scroll" role="region" tabIndex={0} aria-label={v.t('audit.title')}>
          <table class="small stacked">
            <thead>
              <tr>
                {(['when', 'action', 'subject', 'institute', 'who', 'from', 'via'] as const).map((column) => (
                  <th key={column} scope="col">
                    {v.t(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.items.map((entry) => (
                <tr key={entry.position}>
                  <td>{momentText(v, entry.at)}</td>
                  <td>{v.t(`audit.action.${entry.action as Action}`)}</td>
                  <td>
                    {entryWords(v, entry).map((line) => (
                      <div key={line}>{line}</div>
                    ))}
                  </td>
                  <td data-label={v.t('audit.institute')}>
                    {entry.institute === null ? '–' : institute(entry.institute)}
                  </td>
                  <td data-label={v.t('audit.who')}>{actorWords(v, entry, institute)}</td>
                  <td data-label={v.t('audit.from')}>{entry.from ?? '–'}</td>
                  <td data-label={v.t('audit.via')}>{entry.via === null ? '–' : thing(v, entry.via)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.next && (
        <p>
          <a href={`/audit?cursor=${encodeURIComponent(found.next)}`}>{v.t('audit.older')}</a>
        </p>
      )}
    </>
  );
}
