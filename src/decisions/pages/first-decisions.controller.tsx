import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { SummaryText } from '../../calls/pages/summary-text.js';
import { Empty } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { InboxItem } from '../api/inbox-views.js';
import { Inbox, type InboxHead } from '../inbox.js';
import { Decided } from './inbox-decision.js';
import { About, When } from './inbox-row.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { FIRST_DECISIONS } from '../domain/first-decisions.js';
import { FirstDecisions } from '../first-decisions.js';

export const firstDecisionsPath = (profileId: string): string => `/institutes/${profileId}/first-decisions`;

/** The link from the inbox to the first decisions. */
export const FirstDecisionsLink = ({ v, head, left }: { v: Viewer; head: InboxHead; left: number }) =>
  left === 0 ? null : (
    <p class="small">
      <a href={firstDecisionsPath(head.id)}>{v.t('first-decisions.waiting', { n: left })}</a>
    </p>
  );

/** As in the inbox. */
const KEYS = { yes: 's', no: 'n' };

/** One call and its two buttons, which two keys press. */
function Question({
  v,
  item,
  profileId,
  next,
}: {
  v: Viewer;
  item: InboxItem;
  profileId: string;
  next: number;
}) {
  return (
    <article class="card" aria-labelledby="asked">
      <h2 id="asked">
        <a href={`/institutes/${profileId}/calls/${item.id}`} lang={item.language}>
          {item.title}
        </a>
      </h2>
      <About v={v} item={item} />
      <SummaryText v={v} summary={item.summary} />
      {item.reason !== null && <p class="reason">{item.reason}</p>}
      <When v={v} item={item} />
      <form
        class="row first-decision"
        method="post"
        action={`/institutes/${profileId}/calls/${item.id}/verdict`}
        aria-label={v.t('inbox.decide', { title: item.title })}
      >
        <input type="hidden" name="version" value={item.version} />
        <input type="hidden" name="decidedAt" value={item.review?.at ?? 'none'} />
        <input type="hidden" name="back" value={firstDecisionsPath(profileId)} />
        <button type="submit" name="verdict" value="relevant" class="primary" data-key={KEYS.yes}>
          {v.t('first-decisions.yes')}{' '}
          <kbd class="script-only" aria-hidden="true">
            {KEYS.yes}
          </kbd>
        </button>
        <button type="submit" name="reason" value="topic" data-key={KEYS.no}>
          {v.t('first-decisions.no')}{' '}
          <kbd class="script-only" aria-hidden="true">
            {KEYS.no}
          </kbd>
        </button>
        <a href={`${firstDecisionsPath(profileId)}?from=${next}`}>{v.t('first-decisions.skip')}</a>
      </form>
    </article>
  );
}

/** What stands behind the last question. `left`: how many calls were skipped. */
const End = ({ v, profileId, left }: { v: Viewer; profileId: string; left: number }) => (
  <section class="card">
    <p>{v.t(left === 0 ? 'first-decisions.done' : 'first-decisions.skipped')}</p>
    <p class="row">
      <a class="button primary" href={`/institutes/${profileId}/inbox`}>
        {v.t('start.to-inbox')}
      </a>
      {left > 0 && (
        <a class="button" href={firstDecisionsPath(profileId)}>
          {v.t('first-decisions.again')}
        </a>
      )}
    </p>
  </section>
);

const DecidedSoFar = ({ v, items, profileId }: { v: Viewer; items: InboxItem[]; profileId: string }) => (
  <details>
    <summary>{v.t('first-decisions.decided', { n: items.length })}</summary>
    <ol class="recall-sample-list">
      {items.map((item) => (
        <li key={item.id} class="card">
          <p lang={item.language}>{item.title}</p>
          <Decided
            v={v}
            item={item}
            place={{ profileId, decides: true, back: firstDecisionsPath(profileId), interested: new Map() }}
            alone
          />
        </li>
      ))}
    </ol>
  </details>
);

/** The calls on which a new institute's decisions tell most, one at a time. `from`: the first not skipped. */
function FirstDecisionsPage({
  v,
  profileId,
  items,
  matched,
  from,
}: {
  v: Viewer;
  profileId: string;
  items: InboxItem[];
  matched: boolean;
  from: number;
}) {
  const isOpen = ({ review }: InboxItem): boolean => review === null || review.verdict === null || review.due;
  const decided = items.filter((item) => !isOpen(item));
  const at = items.findIndex((item, i) => i >= from && isOpen(item));
  return (
    <>
      <h1>{v.t('first-decisions.title')}</h1>
      {items.length === 0 ? (
        <Empty title={v.t('first-decisions.none')}>
          <p>{v.t(matched ? 'first-decisions.none-says' : 'inbox.empty.matching-says')}</p>
        </Empty>
      ) : (
        <>
          <p class="lead">{v.t('first-decisions.lead', { n: items.length })}</p>
          <p role="status">
            <progress max={items.length} value={decided.length} aria-labelledby="first-progress" />{' '}
            <span id="first-progress">
              {v.t('first-decisions.progress', { n: decided.length, of: items.length })}
            </span>
          </p>
          {at >= 0 ? (
            <Question v={v} item={items[at]!} profileId={profileId} next={at + 1} />
          ) : (
            <End v={v} profileId={profileId} left={items.length - decided.length} />
          )}
          {decided.length > 0 && <DecidedSoFar v={v} items={decided} profileId={profileId} />}
        </>
      )}
    </>
  );
}

const QUERY = { from: z.coerce.number().int().min(0).max(FIRST_DECISIONS).catch(0) };

/** Three minutes at the start: a new institute decides on the calls that tell most of it. */
@ApiExcludeController()
@Controller('institutes/:profile/first-decisions')
export class FirstDecisionsPages {
  constructor(
    private readonly first: FirstDecisions,
    private readonly inbox: Inbox,
  ) {}

  @Needs('decision.write', 'profile')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(QUERY) { from }: { from: number },
  ): Promise<string> {
    const { matched } = await this.inbox.head(profileId, true);
    const items = await this.first.list(actor, profileId, v.language);
    return page(
      v,
      {
        title: v.t('first-decisions.title'),
        place: 'inbox',
        styles: ['inbox'],
        scripts: ['first-decisions'],
      },
      FirstDecisionsPage({ v, profileId, items, matched, from }),
    );
  }
}
