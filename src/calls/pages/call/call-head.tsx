import { documentPage } from '../../../harvest/domain/drafts/committee-document.js';
import { stepTexts, summaryText, wouldText } from '../../../harvest/domain/drafts/draft-text.js';
import { listTo } from '../../../i18n/message.js';
import { dayText, momentText } from '../../../ui/dates.js';
import {
  BandWord,
  DaysLeft,
  Dots,
  DraftWords,
  Identifier,
  OutsideLink,
  Score,
  StatusBadge,
} from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { type CallModel, callPath } from './model.js';
import { actionShort } from '../../domain/action-code.js';
import { budgetForPeople } from '../../domain/facts/budget.js';
import { nextOrLast } from '../../domain/facts/deadline.js';
import { typeOfAction } from '../../domain/facts/call-facts.js';
import { webAddress } from '../../../kernel/web-address.js';
import { isOf, may } from '../../../kernel/actor.js';
import { markedParagraphs } from '../../domain/page/marking.js';
import { languageOfTypes, programmeOfCall } from '../../domain/names-in.js';
import { FollowButton } from '../../../notifications/pages/preferences/follow-button.js';
import { SummaryText } from '../summary-text.js';
import { MarkedLine } from './reasons.js';
import { budgetsOf, statedOf } from './budgets.js';

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

function Badges({ v, model: { call, own } }: { v: Viewer; model: CallModel }) {
  const seen = own?.standing.seenVersion ?? null;
  return (
    <p class="badges">
      <StatusBadge v={v} status={call.status} />
      <DraftWords v={v} draft={call.draft} />
      {own && seen === null && own.standing.verdict === null && (
        <span class="badge new">{v.t('call.new')}</span>
      )}
      {own?.changed && <span class="badge changed">{v.t('call.changed')}</span>}
      <Identifier v={v} call={call} />
      {call.programme && <span class="muted">{programmeOfCall(call.programme, v.language)}</span>}
    </p>
  );
}

function Summary({ v, model }: { v: Viewer; model: CallModel }) {
  const { call, match } = model;
  const shown = nextOrLast(call.deadlines, v.now);
  const shorts = [...new Set(call.typesOfAction.map(actionShort))];
  const known = shorts.length === 1 ? shorts[0] : null;
  return (
    <ul class="summary">
      {match && (
        <li>
          <span class="label-of">{v.t('call.score')}</span> <Score score={match.match.score} />{' '}
          <BandWord v={v} score={match.match.score} />
        </li>
      )}
      {shorts.length > 0 && (
        <li>
          {known ? (
            <>
              <strong>{known}</strong>{' '}
              <span class="muted" lang={languageOfTypes(call.typesOfAction, call.language, v.language)}>
                {typeOfAction(call, v.language)}
              </span>
            </>
          ) : (
            <strong>{typeOfAction(call, v.language)}</strong>
          )}
        </li>
      )}
      <li class="sums">
        {call.budget ? budgetForPeople(call, v.language, statedOf(model)) : v.t('inbox.money.none')}
        {budgetsOf(model)?.pooled && (
          <>
            {' '}
            <a class="small" href="#budgets">
              {v.t('call.pooled-short')}
            </a>
          </>
        )}
      </li>
      <li>
        <DaysLeft v={v} at={shown?.at ?? null} status={call.status} />{' '}
        {shown && (
          <span class="small muted">
            <time dateTime={shown.at}>{momentText(v, shown.at)}</time>
            {!shown.timeTold && ` (${v.t('call.time-by-rule')})`}
          </span>
        )}
      </li>
    </ul>
  );
}

/** The actions on a call. Not a paragraph: a form ends one, and what follows would end up outside. */
function Actions({ v, model, portal }: { v: Viewer; model: CallModel; portal: string | null }) {
  const { call, institute, following } = model;
  const inside = institute && v.actor && isOf(v.actor, institute.id);
  return (
    <div class="row actions no-print">
      {inside && may(v.actor, 'decision.write') && (
        <a class="button primary" href={`${callPath(institute, call.id)}/propose`} data-key="p">
          {v.t('propose.title')}
        </a>
      )}
      {inside && (
        <span class="small">
          {v.t('call.brief')}{' '}
          <Dots
            parts={['docx', 'pdf'].map((format) => (
              <a
                href={`${callPath(institute, call.id)}/brief.${format}`}
                aria-label={`${v.t('call.brief')}, ${format.toUpperCase()}`}
                download
              >
                {format.toUpperCase()}
              </a>
            ))}
          />
        </span>
      )}
      <FollowButton
        v={v}
        shown={{
          kind: 'call',
          target: call.id,
          name: call.title,
          following,
          back: callPath(institute, call.id),
        }}
      />
      {portal && (
        <a class="button" href={portal} rel="noopener noreferrer" target="_blank" data-key="o">
          {v.t('call.portal')} <span class="hidden-visually">{v.t('new-window')}</span>
        </a>
      )}
    </div>
  );
}

/** The heading of a call, and its actions. */
export function CallHead({ v, model }: { v: Viewer; model: CallModel }) {
  const { call, institute, reasons } = model;
  const portal = webAddress(call.url);
  return (
    <header class="call-head">
      <p class="back no-print">
        <a href={institute ? `/institutes/${institute.id}/inbox` : '/calls'} data-key="b">
          {v.t(institute ? 'call.back-inbox' : 'call.back-calls')}
        </a>
      </p>
      <Badges v={v} model={model} />
      <h1 lang={call.language}>
        {markedParagraphs(call.title, reasons?.marks.get('title') ?? []).map((line, i) => (
          <MarkedLine key={i} line={line} />
        ))}
      </h1>
      <SummaryText v={v} summary={call.summary} />
      <Summary v={v} model={model} />
      <Actions v={v} model={model} portal={portal} />
      {portal && <p class="print-only">{portal}</p>}
    </header>
  );
}
