import type { Viewer } from '../../../ui/viewer.js';
import type { CompetenceFields } from '../profile-form.js';

/** The number of keywords shown of a folded competence. */
const CHIPS = 8;

/**
 * The keywords; while folded, the first ones and how many more. A script asks the matcher how many calls
 * contain each, and fills in the counts.
 */
export function KeywordChips({ v, c }: { v: Viewer; c: CompetenceFields }) {
  const words = c.keywords.split('\n').flatMap((word) => word.trim() || []);
  if (words.length === 0) return <span class="muted">{v.t('profile.keywords.none')}</span>;
  return (
    <>
      {words.map((word, i) => (
        <span key={word} class={i < CHIPS ? 'keyword' : 'keyword unfolded'} data-keyword={word}>
          {word}
        </span>
      ))}
      {words.length > CHIPS && (
        <span class="muted small folded">{v.t('profile.keywords.more', { n: words.length - CHIPS })}</span>
      )}
    </>
  );
}
