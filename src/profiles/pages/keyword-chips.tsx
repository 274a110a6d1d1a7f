import type { Viewer } from '../../ui/viewer.js';
import type { CompetenceFields } from './profile-form.js';

const CHIPS = 8;

/** The first of its keywords, and how many more there are. */
export function KeywordChips({ v, c }: { v: Viewer; c: CompetenceFields }) {
  const words = c.keywords.split('\n').filter((word) => word.trim() !== '');
  if (words.length === 0) return <span class="muted">{v.t('profile.keywords.none')}</span>;
  return (
    <>
      {words.slice(0, CHIPS).map((word) => (
        <span key={word} class="keyword">
          {word}
        </span>
      ))}
      {words.length > CHIPS && (
        <span class="muted small">{v.t('profile.keywords.more', { n: words.length - CHIPS })}</span>
      )}
    </>
  );
}
