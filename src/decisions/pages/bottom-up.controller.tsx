import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { OPEN_SCHEMES } from '../../calls/domain/bottom-up.js';
import type { Deadline } from '../../calls/domain/call-content.js';
import { typeInWords } from '../../calls/domain/names-in.js';
import { budgetForPeople } from '../../calls/domain/facts/budget.js';
import { BottomUp, type OpenCall } from '../bottom-up.js';
import { dayText, isoDay, monthText } from '../../ui/dates.js';
import { CallTabs } from '../../calls/pages/tabs.js';
import { DaysLeft, Empty, StatusBadge } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';

interface Shown {
  v: Viewer;
  calls: OpenCall[];
  /** The institute whose call pages are linked; null for the network. */ profileId: string | null;
}
/** A call at one of its deadlines. */
interface Entry {
  call: OpenCall;
  deadline: Deadline | null;
}

/** Each call at each of its remaining deadlines, by month; those without a deadline last. */
function months({ v, calls }: Shown): [string | null, Entry[]][] {
  const entries = calls.flatMap((call): Entry[] => {
    const coming = call.deadlines.filter((d) => Date.parse(d.at) > v.now.getTime());
    return coming.length ? coming.map((deadline) => ({ call, deadline })) : [{ call, deadline: null }];
  });
  const byMonth = new Map<string | null, Entry[]>();
  for (const entry of entries) {
    const month = entry.deadline && isoDay(entry.deadline.at).slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), entry]);
  }
  const place = (month: string | null): string => month ?? '9999';
  return [...byMonth].sort(([a], [b]) => (place(a) < place(b) ? -1 : 1));
}

const hrefOf = (profileId: string | null, id: string): string =>
  profileId === null ? `/calls/${id}` : `/institutes/${profileId}/calls/${id}`;

function Item({
  v,
  entry: { call, deadline },
  profileId,
}: {
  v: Viewer;
  entry: Entry;
  profileId: string | null;
}) {
  return (
    <li class="open-item">
      <p class="open-when">
        {deadline ? (
          <>
            <strong>{dayText(v, deadline.at)}</strong> <DaysLeft v={v} at={deadline.at} />
          </>
        ) : (
          <DaysLeft v={v} at={null} />
        )}
        {deadline?.kind === 'cut-off' && <span class="small muted">{v.t('open.cut-off')}</span>}
        {(deadline?.kind === 'stage-1' || deadline?.kind === 'stage-2') && (
          <span class="small muted">{v.t('open.stage', { n: deadline.kind.slice(-1) })}</span>
        )}
      </p>
      <div>
        <p class="open-title">
          <a href={hrefOf(profileId, call.id)} lang={call.language}>
            {call.title}
          </a>{' '}
          {call.status !== 'open' && <StatusBadge v={v} status={call.status} />}
        </p>
        <p class="about dotted small muted">
          <span>{call.identifier}</span>
          {call.typesOfAction[0] !== undefined && (
            <span>{typeInWords(call.typesOfAction[0], v.language)}</span>
          )}
          <span>{budgetForPeople(call, v.language, call.budgetFor)}</span>
        </p>
      </div>
    </li>
  );
}

function Month({
  v,
  month,
  entries,
  profileId,
}: {
  v: Viewer;
  month: string | null;
  entries: Entry[];
  profileId: string | null;
}) {
  const id = `month-${month ?? 'undated'}`;
  return (
    <section class="card month" aria-labelledby={id}>
      <h2 id={id}>{month === null ? v.t('open.undated') : monthText(v, `${month}-15`)}</h2>
      {OPEN_SCHEMES.flatMap((scheme) => {
        const own = entries.filter((e) => e.call.scheme === scheme);
        if (own.length === 0) return [];
        const sorted = own.sort((a, b) => (a.deadline?.at ?? '').localeCompare(b.deadline?.at ?? ''));
        return [
          <div key={scheme} class="scheme">
            <h3>{v.t(`open.scheme.${scheme}`)}</h3>
            <ul>
              {sorted.map((entry) => (
                <Item
                  key={`${entry.call.id} ${entry.deadline?.at}`}
                  v={v}
                  entry={entry}
                  profileId={profileId}
                />
              ))}
            </ul>
          </div>,
        ];
      })}
    </section>
  );
}

/** The months in which calls open to any subject close. */
function BottomUpView(shown: Shown) {
  const { v, profileId } = shown;
  const all = months(shown);
  return (
    <>
      <CallTabs v={v} path="/bottom-up" />
      <h1>{v.t('open.title')}</h1>
      <p class="muted lead">{v.t('open.lead')}</p>
      {all.length === 0 && (
        <Empty title={v.t('open.empty')}>
          <p>{v.t('open.empty-says')}</p>
        </Empty>
      )}
      {all.length > 1 && (
        <nav class="month-links no-print" aria-label={v.t('open.months')}>
          <ul>
            {all.map(([month, entries]) => (
              <li key={month}>
                <a href={`#month-${month ?? 'undated'}`}>
                  {month === null ? v.t('open.undated') : monthText(v, `${month}-15`)}{' '}
                  <span class="count">{entries.length}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {all.map(([month, entries]) => (
        <Month key={month} v={v} month={month} entries={entries} profileId={profileId} />
      ))}
    </>
  );
}

/** Finding them takes one scan of all calls, however many are read. */
const AT_ONCE = 1_000;

/** The calls open to any subject, as a calendar. */
@ApiExcludeController()
@Controller('bottom-up')
export class BottomUpPages {
  constructor(private readonly open: BottomUp) {}

  @Needs('call.read')
  @Get()
  async show(@CurrentActor() actor: Actor, @View() v: Viewer): Promise<string> {
    const calls: OpenCall[] = [];
    // There are a few dozen a year: the calendar shows all of them.
    for (let cursor: string | undefined; ;) {
      const { items, next } = await this.open.list({ limit: AT_ONCE, cursor });
      calls.push(...items);
      if (next === null) break;
      cursor = next;
    }
    return page(
      v,
      { title: v.t('open.title'), wide: true, place: 'calls', styles: ['calls', 'inbox'] },
      BottomUpView({ v, calls, profileId: actor.profileId }),
    );
  }
}
