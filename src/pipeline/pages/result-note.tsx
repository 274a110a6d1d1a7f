import { isoDay } from '../../ui/dates.js';
import { Dots, OutsideLink } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import { namedText, resultText } from '../domain/result-text.js';

type Shown = OpportunityView['results'][number];

/** A call may be awarded in many batches; older ones than these say nothing new. */
const SHOWN = 3;

function Links({ v, result: { url, voteUrl, title } }: { v: Viewer; result: Shown }) {
  const link = (href: string, what: 'result.decision' | 'result.vote') => (
    <OutsideLink v={v} href={href} title={title}>
      {v.t(what)}
    </OutsideLink>
  );
  return <Dots parts={[link(url, 'result.decision'), voteUrl !== null && link(voteUrl, 'result.vote')]} />;
}

/** What the register of committees says of the result that a bid waits for, or had. */
export function ResultNote({ v, results }: { v: Viewer; results: OpportunityView['results'] }) {
  if (results.length === 0) return null;
  return (
    <ul class="plain-list results">
      {results.slice(0, SHOWN).map((result) => (
        <li key={result.document}>
          <p>
            {resultText({ ...result, voted: result.vote !== null }, isoDay(v.now), v.language)}{' '}
            {result.named && <strong>{namedText(result.named, v.language)}</strong>}
          </p>
          <p class="small">
            <span class="muted" lang="en">
              {result.title}
            </span>
            <br />
            <Links v={v} result={result} />
          </p>
        </li>
      ))}
    </ul>
  );
}
