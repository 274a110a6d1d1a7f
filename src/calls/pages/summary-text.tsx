import type { SummaryView } from '../domain/summary.js';
import type { Viewer } from '../../ui/viewer.js';

/**
 * What a call is about; nothing where its text says nothing. A quoted sentence is marked, and in its
 * language.
 */
export function SummaryText({ v, summary }: { v: Viewer; summary: SummaryView | null }) {
  if (summary === null) return null;
  const said = (
    <span lang={summary.language} dir="auto">
      {summary.sentences.join(' ')}
    </span>
  );
  return (
    <p class="gist">
      {summary.source === 'model' ? (
        said
      ) : (
        <>
          {v.t('summary.quoted')} {v.t('text.quote-open')}
          {said}
          {v.t('text.quote-close')}
        </>
      )}
    </p>
  );
}
