import { actionInShort, deadlineInShort } from '../../calls/domain/facts/call-facts.js';
import { moneyPhrase } from '../../calls/domain/facts/budget.js';
import { VERDICT_REASONS } from '../../matching/domain/verdict.js';
import { MAIL_LINK_DAYS } from '../../notifications/domain/content/mail-link.js';
import { webAddress } from '../../kernel/web-address.js';
import { Identifier } from '../../ui/identifier.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { LinkedDecisionShown } from '../linked-decisions.js';

export interface DecideShown {
  v: Viewer;
  shown: LinkedDecisionShown;
  verdict: 'relevant' | 'not';
  /** The page's own address, with the link's secret. */
  path: string;
  /** The address of the list. */
  list: string;
}

/** What everybody may know of the call: the page of a forwarded mail shows nothing of the institute's own. */
function About({ v, shown: { call, total, now } }: DecideShown) {
  const source = webAddress(call.url);
  return (
    <>
      <p class="title" lang={call.language}>
        {call.title}
      </p>
      <p class="row small">
        <Identifier v={v} call={call} />
        {source && (
          <a href={source} rel="noreferrer">
            {v.t('message.source-page')}
          </a>
        )}
      </p>
      <p class="muted small">
        <Dots
          parts={[
            deadlineInShort(call, now, v.language),
            moneyPhrase(call, v.language, total),
            actionInShort(call, v.language),
          ]}
        />
      </p>
    </>
  );
}

/** One button, or one for each reason: a decision is one press, and nothing is typed. */
function Buttons({ v, shown, verdict, path }: DecideShown) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="shown" value={shown.verdict ?? 'none'} />
      <input type="hidden" name="version" value={shown.version} />
      {verdict === 'relevant' ? (
        <button class="primary" type="submit">
          {v.t(shown.verdict === null ? 'verdict.relevant' : 'decide.change')}
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
  );
}

function ownWords({ v, shown: { own }, verdict }: DecideShown): string {
  if (verdict === 'relevant') return v.t('verdict.relevant');
  return v.t('inbox.decided.not', { reason: v.t(`verdict-reason.${own!.reason!}`) });
}

/** Asks for confirmation: programs that scan e-mails open every link in them. */
export function DecidePage(page: DecideShown) {
  const { v, shown, verdict, path, list } = page;
  return (
    <div class="narrow card decide-page">
      <p class="muted">{shown.institute}</p>
      <h1>{v.t(`decide.title.${verdict}`)}</h1>
      <About {...page} />
      {shown.own ? (
        <>
          <p class="notice">{v.t('decide.done', { verdict: ownWords(page) })}</p>
          <form method="post" action={`${path}/undo`}>
            <button type="submit">{v.t('inbox.undo')}</button>
          </form>
        </>
      ) : (
        <>
          {shown.verdict && (
            <p class="notice">{v.t('decide.already', { verdict: v.t(`verdict.${shown.verdict}`) })}</p>
          )}
          {shown.verdict !== verdict && <Buttons {...page} />}
        </>
      )}
      <p>
        <a href={list}>{v.t('decide.list')}</a>
      </p>
      <p class="muted small">{v.t('decide.by-link')}</p>
    </div>
  );
}

/** Why a link decides nothing. */
export type DeadLink = 'expired' | 'ended' | 'unknown';

export const DeadDecideLink = ({
  v,
  title,
  why,
  signIn,
}: {
  v: Viewer;
  title: string;
  why: DeadLink;
  signIn: string;
}) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>{v.t(`decide.${why}`, { days: MAIL_LINK_DAYS })}</p>
    <p>
      <a class="button" href={signIn}>
        {v.t('preferences.sign-in')}
      </a>
    </p>
  </section>
);
