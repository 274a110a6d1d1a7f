import { documentPage } from '../../../harvest/domain/drafts/committee-document.js';
import { stepTexts, summaryText, wouldText } from '../../../harvest/domain/drafts/draft-text.js';
import { listTo } from '../../../i18n/formats.js';
import { dayText } from '../../../ui/dates.js';
import { OutsideLink } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel } from './model.js';

const RegisterLink = ({ v, document, label }: { v: Viewer; document: string; label: string }) => (
  <OutsideLink v={v} href={documentPage(document)}>
    {label}
  </OutsideLink>
);

/**
 * What a draft would change in a published call, or the call that a topic went into; the rest of the page is
 * what its publisher says.
 */
export function DraftNote({ v, model }: { v: Viewer; model: CallModel }) {
  const { drafted, mergedInto } = model;
  if (mergedInto)
    return (
      <section class="card draft-note" aria-labelledby="draft-note">
        <h2 id="draft-note">{v.t('draft-note.merged')}</h2>
        <p>
          <a href={callPath(model.institute, mergedInto.callId)}>
            {mergedInto.identifier} {mergedInto.title}
          </a>
        </p>
      </section>
    );
  if (!drafted) return null;
  const { day, version, document, changes } = drafted;
  return (
    <section class="card draft-note" aria-labelledby="draft-note">
      <h2 id="draft-note">{v.t('draft-note.heading')}</h2>
      <p>
        {v.t('draft-news.would', {
          day: dayText(v, day),
          version,
          changes: listTo(
            v.language,
            changes.map((change) => wouldText(change, v.language)),
          ),
        })}
      </p>
      <p class="small">
        <RegisterLink v={v} document={document} label={v.t('draft.document')} />
      </p>
    </section>
  );
}

/** How a topic has changed from its first draft on, oldest first, and in a sentence. */
export function DraftHistory({ v, model: { draftHistory } }: { v: Viewer; model: CallModel }) {
  if (!draftHistory) return null;
  const { steps, summary } = draftHistory;
  return (
    <>
      <p>{summaryText(summary, v.language)}</p>
      <ol class="plain-list">
        {steps.map((step, i) => {
          const day = dayText(v, step.day);
          const texts = stepTexts(step, v.language);
          const unchanged = v.t(i ? 'draft-history.same' : 'draft-history.first');
          return (
            <li key={step.draft?.document ?? 'published'}>
              {step.draft ? (
                <RegisterLink
                  v={v}
                  document={step.draft.document}
                  label={v.t('draft-history.draft', { day, version: step.draft.version })}
                />
              ) : (
                v.t('draft-history.published', { day })
              )}
              <br />
              <span class="small muted">{texts.length ? texts.join(', ') : unchanged}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
