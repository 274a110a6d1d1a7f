import type { Viewer } from '../../../ui/viewer.js';
import type { CompetenceFields } from '../profile-form.js';

/** So many are seen of a competence that is folded. */
const CHIPS = 8;

/**
 * Its keywords; while it is folded, the first of them and how many more there are. In how many calls each
 * stands is entered by the script, which asks the matcher.
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
