import { z } from 'zod';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { CHANGE_KINDS } from '../domain/versions/diff.js';
import { beginning, monthAt, monthsLater } from '../../kernel/brussels.js';
import { CallEvents, type EventsAsked } from '../call-events.js';
import type { EventView } from '../api/change-views.js';
import { isoDay, momentText } from '../../ui/dates.js';
import { Downloads, Empty, Field, Identifier, Pager, StatusBadge } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CallTabs } from './tabs.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';

export const ADDRESS = {
  kind: z.enum(CHANGE_KINDS).optional(),
  since: z.iso
    .date()
    .refine((day) => /^20/.test(day))
    .optional(),
  /** Only what fits the viewer's own institute. */
  show: z.enum(['mine']).optional(),
  cursor: z.string().max(1_000).optional(),
};
export type ChangesAddress = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Older changes are listed from a day that is asked for: nobody goes through those of ten years. */
const MONTHS_BACK = 12;

/** Returns the day from which changes are listed: the one asked for, or a year ago. */
const firstDay = ({ since }: Pick<ChangesAddress, 'since'>, now: Date): string =>
  since ?? `${monthsLater(monthAt(now), -MONTHS_BACK)}-01`;

/** Returns the event query for a URL's query. The network has no calls of its own, so it sees all of them. */
export function askedBy(actor: Actor, address: ChangesAddress, now: Date): EventsAsked {
  const { kind, show } = address;
  const profile = show === 'mine' ? actor.profileId : null;
  return {
    ...(kind && { kinds: [kind] }),
    since: beginning(firstDay(address, now)),
    ...(profile !== null && { profile }),
  };
}

interface Shown {
  v: Viewer;
  address: ChangesAddress;
  found: Awaited<ReturnType<CallEvents['page']>>;
}

function Filters({ v, address }: Shown) {
  const asked = address.kind ?? address.since ?? address.show;
  return (
    <form class="card filters no-print" method="get" action="/changes" aria-label={v.t('form.filter')}>
      <Field id="kind" label={v.t('calls.kind')}>
        <select id="kind" name="kind">
          <option value="">{v.t('form.any')}</option>
          {CHANGE_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={address.kind === kind}>
              {v.t(`call.kind.${kind}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="since" label={v.t('calls.since')}>
        <input id="since" name="since" type="date" value={firstDay(address, v.now)} />
      </Field>
      {v.actor?.profileId !== null && (
        <label class="choice">
          <input type="checkbox" name="show" value="mine" checked={address.show === 'mine'} />{' '}
          {v.t('calls.mine')}
        </label>
      )}
      <div class="row ends">
        <button class="primary" type="submit">
          {v.t('calls.go')}
        </button>
        {asked && <a href="/changes">{v.t('form.clear-filters')}</a>}
      </div>
    </form>
  );
}

function Happened({ v, event }: { v: Viewer; event: EventView }) {
  return (
    <li class="happened">
      <p class="row small muted">
        <time dateTime={isoDay(event.seenAt)}>{momentText(v, event.seenAt)}</time>{' '}
        <span class="badge changed">{v.t(`call.kind.${event.kind}`)}</span>{' '}
        <StatusBadge v={v} status={event.call.status} /> <Identifier v={v} call={event.call} />
      </p>
      <p>
        <a href={`/calls/${event.call.id}`} lang={event.call.language}>
          {event.call.title}
        </a>
      </p>
      <ul>
        {event.says[v.language].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </li>
  );
}

const NoChanges = ({ v, filtered }: { v: Viewer; filtered: boolean }) =>
  filtered ? (
    <Empty title={v.t('calls.no-changes')}>
      <p>
        <a href="/changes">{v.t('form.clear-filters')}</a>
      </p>
    </Empty>
  ) : (
    <Empty title={v.t('calls.no-changes-yet')}>
      <p>{v.t('calls.no-changes-help')}</p>
    </Empty>
  );

/** Call events, in sentences. */
function ChangesPage(shown: Shown) {
  const { v, address, found } = shown;
  return (
    <>
      <CallTabs v={v} path="/changes" />
      <h1>{v.t('calls.changes')}</h1>
      <Filters {...shown} />
      <div class="row spread list-head">
        <p class={found.total === 0 ? 'hidden-visually' : 'muted'} role="status">
          {v.t('calls.changes-total', { n: found.total })}
        </p>
        {found.items.length > 0 && (
          <Downloads
            v={v}
            path="/changes"
            query={withQuery('', { ...address, cursor: null }).replace(/^\?/, '')}
          />
        )}
      </div>
      {found.items.length ? (
        <ul class="events">
          {found.items.map((event) => (
            <Happened key={event.id} v={v} event={event} />
          ))}
        </ul>
      ) : (
        <NoChanges v={v} filtered={(address.kind ?? address.since ?? address.show) !== undefined} />
      )}
      <Pager
        v={v}
        next={found.next}
        first={address.cursor === undefined}
        href={(cursor) => withQuery('/changes', { ...address, cursor })}
      />
    </>
  );
}

const PAGE_SIZE = 30;

/** Call events, newest first. */
@ApiExcludeController()
@Needs('call.read')
@Controller('changes')
export class ChangesPages {
  constructor(private readonly events: CallEvents) {}

  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery(ADDRESS) address: ChangesAddress,
  ): Promise<string> {
    const found = await this.events.page(askedBy(actor, address, v.now), {
      limit: PAGE_SIZE,
      cursor: address.cursor,
    });
    return page(
      v,
      { title: v.t('calls.changes'), place: 'calls', styles: ['calls'], wide: true },
      ChangesPage({ v, address, found }),
    );
  }
}
