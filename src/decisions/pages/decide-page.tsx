import { actionInShort, deadlineInShort } from '../../calls/domain/facts/call-facts.js';
import { moneyPhrase } from '../../calls/domain/facts/budget.js';
import { VERDICT_REASONS } from '../../matching/domain/verdict.js';
import type { InboxItem } from '../api/inbox-views.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { actionsAt, ByWhom, verdictWords } from './inbox-decision.js';

export interface DecideShown {
  v: Viewer;
  item: InboxItem;
  profileId: string;
  verdict: 'relevant' | 'not';
}

/** The call to decide on, as in the e-mail. */
function About({ v, item }: DecideShown) {
  return (
    <>
      <p class="title" lang={item.language}>
        {item.title}
      </p>
      {item.reason !== null && <p>{item.reason}</p>}
      <p class="muted small">
        <Dots
          parts={[
            deadlineInShort(item, v.now, v.language),
            moneyPhrase(item, v.language, item.budgetFor),
            actionInShort(item, v.language),
          ]}
        />
      </p>
    </>
  );
}

/** Asks for confirmation: programs that scan e-mails open every link in them. */
export function DecidePage(shown: DecideShown) {
  const { v, item, profileId, verdict } = shown;
  const page = `/institutes/${profileId}/calls/${item.id}`;
  const { review } = item;
  return (
    <div class="narrow card decide-page">
      <h1>{v.t(`decide.title.${verdict}`)}</h1>
      <About {...shown} />
      {review?.verdict ? (
        <div class="notice">
          <p>
            <strong>{verdictWords(v, review)}</strong>
          </p>
          <ByWhom v={v} item={item} />
        </div>
      ) : null}
      <form method="post" action={actionsAt(profileId, item.id)}>
        <input type="hidden" name="back" value={page} />
        <input type="hidden" name="version" value={item.version} />
        <input type="hidden" name="decidedAt" value={review?.at ?? 'none'} />
        {verdict === 'relevant' ? (
          <button class="primary" type="submit" name="verdict" value="relevant">
            {v.t('verdict.relevant')}
          </button>
        ) : (
          <fieldset class="reasons">
            <legend>{v.t('inbox.not-because')}</legend>
            {VERDICT_REASONS.map((reason) => (
              <button key={reason} type="submit" name="reason" value={reason}>
                {v.t(`verdict-reason.${reason}`)}
              </button>
            ))}
          </fieldset>
        )}
      </form>
      <p>
        <a class="button" href={page}>
          {v.t('decide.read')}
        </a>
      </p>
    </div>
  );
}
