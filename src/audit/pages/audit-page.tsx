import type { Page } from '../../platform/api/paging.js';
import { momentText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { AuditView } from '../api/audit-view.js';
import type { Action } from '../domain/index.js';

/** Some bytes are enough to tell one from another. */
const SHORT = 8;

function who(v: Viewer, { kind, name, pseudonym, institute }: AuditView['actor']): string {
  if (kind === 'operator' || kind === 'system' || kind === 'nobody') return v.t(`audit.by.${kind}`);
  const named = name ?? v.t('audit.erased', { pseudonym: (pseudonym ?? '').slice(0, SHORT) });
  return institute === null ? named : `${named} (${institute})`;
}

/** What its own columns say already: which institute, and by which session. */
const SAID = /^(profile|session)\//;

function what({ subject, detail }: AuditView): string {
  const named =
    subject === null || SAID.test(subject.id)
      ? null
      : subject.id.replace(/^(?:person|researcher|address)\/(.{8}).*$/, '$1').replace(/^path(?=\/)/, '');
  const parts = [subject?.name ?? named];
  const { from, to } = detail;
  if (typeof from === 'string' && typeof to === 'string') parts.push(`${from} → ${to}`);
  if (Array.isArray(detail['fields'])) parts.push(detail['fields'].join(', '));
  return parts.filter(Boolean).join(' · ');
}

/** Newest first. */
export function AuditPage({ v, found }: { v: Viewer; found: Page<AuditView> }) {
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
                  <td>{what(entry)}</td>
                  <td data-label={v.t('audit.institute')}>{entry.institute ?? '–'}</td>
                  <td data-label={v.t('audit.who')}>{who(v, entry.actor)}</td>
                  <td data-label={v.t('audit.from')}>{entry.from ?? '–'}</td>
                  <td data-label={v.t('audit.via')}>{entry.via?.replace(/^(\w+\/.{8}).*$/, '$1') ?? '–'}</td>
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
