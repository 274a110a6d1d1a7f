import type { ListedDifference, RunView, SourceReading, SourceView } from '../source-readings.js';
import { documentKey, documentPage } from '../domain/drafts/committee-document.js';
import { dayText, momentText } from '../../ui/dates.js';
import { Dots, Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { AlarmList, Reason, StateBadge } from '../../monitoring/pages/alarm-list.js';
import { ALL, type MessageKey } from '../../i18n/all.js';
import { numberTo } from '../../i18n/message.js';
import type { KnownBackups } from '../../backups/backups.js';
import { sourceAge } from '../../calls/domain/facts/call-facts.js';
import type { AlarmView } from '../../monitoring/alarms.js';
import { sourceSubject } from '../../monitoring/domain/alarm-words.js';

type Listed = NonNullable<SourceReading['documents']>[number];

const TYPES = ['D', 'V', 'A', 'S'] as const;

function DocumentRow({
  v,
  listed: { content, changedAt, topics, proposals },
}: {
  v: Viewer;
  listed: Listed;
}) {
  const { reference, version, title, committee, type, files = [] } = content;
  const known = TYPES.find((t) => t === type) ?? 'O';
  return (
    <li>
      <a href={documentPage(documentKey(content))} lang="en" rel="noopener noreferrer" target="_blank">
        {title}
      </a>{' '}
      <span class="small muted">
        <Dots
          parts={[
            v.t(`committee.type.${known}`),
            `${committee} ${reference}/${version}`,
            dayText(v, changedAt),
            topics > 0 && v.t('committee.topics', { n: topics }),
            proposals.length > 0 && v.t('committee.proposals', { n: proposals.length }),
            files.map((f) => f.name).join(', ') || null,
          ]}
        />
      </span>
    </li>
  );
}

/** The newest documents of a register of committees, also those that nobody is told of. */
function CommitteeDocuments({ v, reading: { documents } }: { v: Viewer; reading: SourceReading }) {
  if (!documents?.length) return null;
  return (
    <details>
      <summary>{v.t('committee.documents')}</summary>
      <ul>
        {documents.map((listed) => (
          <DocumentRow key={`${listed.content.reference}/${listed.content.version}`} v={v} listed={listed} />
        ))}
      </ul>
    </details>
  );
}

type List = NonNullable<SourceView['list']>;
type Stated = ListedDifference['search'];

const TONES: Record<string, string> = { good: 'well', new: 'unknown', doubtful: 'doubt' };

/** The age of its topics and, if it is not healthy, that this is not a failed harvest. */
function asOf(v: Viewer, { state, readAt, living, onlyInList }: List): string[] {
  if (readAt === null) return state === 'new' ? [] : [v.t('sources.list-apart')];
  const when = momentText(v, readAt);
  if (state !== 'good') return [v.t('sources.list-kept', { when }), v.t('sources.list-apart')];
  return [v.t('sources.list-read', { when, n: living, alone: onlyInList })];
}

const statedText = (v: Viewer, stated: Stated): string =>
  stated === null
    ? v.t('sources.differs-absent')
    : [v.t(`status.${stated.status}`), ...stated.deadlines.map((at) => dayText(v, at))].join(', ');

function DifferenceRow({ v, item }: { v: Viewer; item: ListedDifference }) {
  const { callId, title, language, reference } = item;
  return (
    <tr>
      <th scope="row">
        {callId === null ? (
          <span lang={language}>{title ?? reference}</span>
        ) : (
          <a href={`/calls/${callId}`} lang={language}>
            {title ?? reference}
          </a>
        )}
        {title !== null && <span class="small muted reference">{reference}</span>}
      </th>
      <td>{v.t(`sources.differs.${item.what}`)}</td>
      <td data-label={v.t('sources.differs-search')}>{statedText(v, item.search)}</td>
      <td data-label={v.t('sources.differs-list')}>{statedText(v, item.list)}</td>
      <td data-label={v.t('sources.differs-since')}>{dayText(v, item.since)}</td>
    </tr>
  );
}

/** The current disagreements between a source's list and its pages. */
function Differences({
  v,
  name,
  differences,
}: {
  v: Viewer;
  name: string;
  differences: NonNullable<SourceReading['differences']>;
}) {
  const { items, total } = differences;
  if (total === 0) return null;
  return (
    <details class="differences">
      <summary>{v.t('sources.differences', { n: total })}</summary>
      <div class="scroll" role="region" tabIndex={0} aria-label={v.t('sources.differences-of', { name })}>
        <table class="small stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('call.topic')}</th>
              <th scope="col">{v.t('sources.differs-what')}</th>
              <th scope="col">{v.t('sources.differs-search')}</th>
              <th scope="col">{v.t('sources.differs-list')}</th>
              <th scope="col">{v.t('sources.differs-since')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <DifferenceRow key={`${item.reference} ${item.what}`} v={v} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      {total > items.length && (
        <p class="small muted">{v.t('sources.differences-more', { n: total - items.length })}</p>
      )}
    </details>
  );
}

/** The state of a source's own list, which fails independently, and how it differs from the pages. */
function OwnList({ v, reading: { source, differences } }: { v: Viewer; reading: SourceReading }) {
  const { list, state, name } = source;
  if (list === null) return null;
  return (
    <div class="own-list">
      <h3>
        {v.t('sources.list')}{' '}
        <span class={`badge state ${TONES[list.state] ?? 'trouble'}`}>
          {v.t(`sources.list-state.${list.state}`)}
        </span>
      </h3>
      {asOf(v, list).map((text) => (
        <p key={text} class="small">
          {text}
        </p>
      ))}
      {['blocked', 'refused'].includes(state) && list.state === 'good' && (
        <p class="notice">{v.t('sources.list-meanwhile')}</p>
      )}
      {list.reason && <Reason v={v} reason={list.reason} />}
      {list.unread ? <p class="small">{v.t('sources.list-unread', { n: list.unread })}</p> : null}
      {list.unread && list.unreadWhy ? <Reason v={v} reason={list.unreadWhy} /> : null}
      {differences && <Differences v={v} name={name} differences={differences} />}
    </div>
  );
}

/** Returns our words for a source's own term, or the term itself if we have none. */
const wordOf = (v: Viewer, key: string, otherwise: string): string =>
  Object.hasOwn(ALL, key) ? v.t(key as MessageKey) : otherwise;

/** The field by which each kind of call was sorted at the last good reading. */
function Sorted({ v, made }: { v: Viewer; made: NonNullable<SourceView['made']> }) {
  const by = Object.entries(made).map(
    ([kind, field]) =>
      `${wordOf(v, `sources.made.${kind}`, kind)} ${wordOf(v, `sources.by.${field}`, field)}`,
  );
  return (
    <>
      <dt>{v.t('sources.sorted')}</dt>
      <dd>
        <Dots parts={by} />
      </dd>
    </>
  );
}

function spanText(v: Viewer, hours: number): string {
  if (hours === 0) return v.t('sources.same-day');
  return hours < 24
    ? v.t('sources.hours', { n: numberTo(v.language, hours, 1) })
    : v.t('inbox.days', { n: Math.round(hours / 24) });
}

function LagText({
  v,
  what,
  spread,
}: {
  v: Viewer;
  what: 'known' | 'announced';
  spread: SourceView['lag']['known'];
}) {
  if (!spread) return null;
  const { n, medianHours, p90Hours } = spread;
  return (
    <dd class="lag">
      {v.t(`sources.lag-${what}`, { median: spanText(v, medianHours), most: spanText(v, p90Hours), n })}
    </dd>
  );
}

/** How much sooner topics were known from drafts, if any was published since. */
function LeadFact({ v, lead }: { v: Viewer; lead: SourceView['lead'] }) {
  if (!lead?.topics) return null;
  const { topics: n, days, daysToMessage } = lead;
  return (
    <>
      <dt>{v.t('sources.lead')}</dt>
      <dd>{v.t('sources.lead-days', { n, days: numberTo(v.language, days ?? 0, 1) })}</dd>
      {daysToMessage !== null && (
        <dd>{v.t('sources.lead-message', { days: numberTo(v.language, daysToMessage, 1) })}</dd>
      )}
    </>
  );
}

/** The delay from publication until calls and notes were stored and sent, if known for any. */
function LagFact({ v, lag }: { v: Viewer; lag: SourceView['lag'] }) {
  if (!lag.known) return null;
  return (
    <>
      <dt>{v.t('sources.lag')}</dt>
      <LagText v={v} what="known" spread={lag.known} />
      <LagText v={v} what="announced" spread={lag.announced} />
    </>
  );
}

function RunRow({ v, run }: { v: Viewer; run: RunView }) {
  const { counts } = run;
  return (
    <tr>
      <th scope="row">{momentText(v, run.startedAt)}</th>
      <td>
        {v.t(`sources.run.${run.state}`)}
        {run.reason && (
          <span class="small muted reason-of-run" lang="en">
            {run.reason}
          </span>
        )}
      </td>
      {(['calls', 'new', 'changed', 'missing'] as const).map((column) => (
        <td key={column} class="number" data-label={v.t(`sources.run-${column}`)}>
          {counts?.[column] ?? '–'}
        </td>
      ))}
    </tr>
  );
}

/** The results of a source's last full runs. */
function PastRuns({ v, name, past }: { v: Viewer; name: string; past: RunView[] }) {
  if (past.length === 0) return null;
  return (
    <details>
      <summary>{v.t('sources.past')}</summary>
      <div class="scroll" role="region" tabIndex={0} aria-label={v.t('sources.past-of', { name })}>
        <table class="small stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('sources.run-when')}</th>
              <th scope="col">{v.t('sources.run-state')}</th>
              <th scope="col" class="number">
                {v.t('sources.run-calls')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-new')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-changed')}
              </th>
              <th scope="col" class="number">
                {v.t('sources.run-missing')}
              </th>
            </tr>
          </thead>
          <tbody>
            {past.map((run) => (
              <RunRow key={run.id} v={v} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The state of the partner search readings, which says nothing about the source's calls. */
function PartnersFact({ v, partners }: { v: Viewer; partners: NonNullable<SourceView['partnerSearches']> }) {
  const { state, reason, lastGoodAt, unread, unreadWhy } = partners;
  const asOf = lastGoodAt ? [v.t('sources.partners-as-of', { when: momentText(v, lastGoodAt) })] : [];
  const says = [
    v.t(`sources.partners.${state}`),
    ...asOf,
    ...(unread ? [v.t('sources.unread', { n: unread })] : []),
  ];
  const why = reason ?? unreadWhy;
  return (
    <>
      <dt>{v.t('sources.partners')}</dt>
      <dd>
        <Dots parts={says} />
        {why && (
          <span class="small muted reason-of-run" lang="en">
            {why}
          </span>
        )}
      </dd>
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The age of a source's data and, if it cannot be read, the reason, worded as in e-mails. */
const ageText = (v: Viewer, { state, lastGoodRunAt }: SourceView): string =>
  capital(
    sourceAge(
      { state, lastGoodRunAt: lastGoodRunAt === null ? null : new Date(lastGoodRunAt) },
      v.now,
      v.language,
    ),
  );

function nextText(v: Viewer, { run, nextRunAt }: SourceView): string {
  if (run && run.endedAt === null) return v.t('sources.under-way', { when: momentText(v, run.startedAt) });
  if (nextRunAt === null) return v.t('sources.not-planned');
  return Date.parse(nextRunAt) <= v.now.getTime() ? v.t('sources.due') : momentText(v, nextRunAt);
}

/** Whether the source has the expected form; differences are listed in the program's wording. */
function Checks({ v, checks }: { v: Viewer; checks: NonNullable<SourceView['checks']> }) {
  const { at, differ } = checks;
  return (
    <>
      <dt>{v.t('sources.check')}</dt>
      <dd>
        <Dots parts={[momentText(v, at), v.t('sources.check-differ', { n: differ.length })]} />
        {differ.length > 0 && (
          <ul class="small" lang="en">
            {differ.map((d) => (
              <li key={d.id}>
                {d.assumption}: {d.seen}. {d.consequence}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}

/** What a source holds: calls, or what else it gathers. */
function held(v: Viewer, { source, projects, questions }: SourceReading): { name: string; number: string } {
  if (projects) return { name: v.t('record.title'), number: v.t('sources.projects', projects) };
  if (questions) return { name: v.t('sources.questions'), number: v.t('sources.questions-of', questions) };
  return { name: v.t('layout.calls'), number: v.t('sources.calls-shown', { n: source.calls }) };
}

function Facts({ v, reading }: { v: Viewer; reading: SourceReading }) {
  const { source } = reading;
  const { missing, unread, quickCheck, checks, made, lag, lead } = source;
  const { name, number } = held(v, reading);
  const counts = [
    number,
    ...(missing ? [v.t('sources.missing', { n: missing })] : []),
    ...(unread ? [v.t('sources.unread', { n: unread })] : []),
  ];
  return (
    <dl class="facts">
      <dt>{name}</dt>
      <dd>
        <Dots parts={counts} />
      </dd>
      <dt>{v.t('sources.next')}</dt>
      <dd>{nextText(v, source)}</dd>
      {source.partnerSearches && <PartnersFact v={v} partners={source.partnerSearches} />}
      {quickCheck && (
        <>
          <dt>{v.t('sources.quick-check')}</dt>
          <dd>
            <Dots
              parts={[
                momentText(v, quickCheck.endedAt ?? quickCheck.startedAt),
                v.t(`sources.run.${quickCheck.state}`),
              ]}
            />
          </dd>
        </>
      )}
      {checks && <Checks v={v} checks={checks} />}
      {made && <Sorted v={v} made={made} />}
      <LagFact v={v} lag={lag} />
      <LeadFact v={v} lead={lead} />
    </dl>
  );
}

function SourceCard({
  v,
  reading,
  name,
  may,
}: {
  v: Viewer;
  reading: SourceReading;
  name: string;
  may: boolean;
}) {
  const { source, past } = reading;
  return (
    <section class="card source" aria-labelledby={`source-${source.id}`}>
      <div class="row spread">
        <h2 id={`source-${source.id}`}>{name}</h2>
        <p class="how">
          <StateBadge v={v} state={source.state} />
          {source.stateSince && (
            <span class="small muted">
              {v.t('sources.since', { when: momentText(v, source.stateSince) })}
            </span>
          )}
        </p>
      </div>
      <p class="age">{ageText(v, source)}</p>
      {source.reason && <Reason v={v} reason={source.reason} />}
      {source.unreadWhy && <Reason v={v} reason={source.unreadWhy} />}
      {source.acknowledgedAt && (
        <p class="small muted">{v.t('sources.known', { when: momentText(v, source.acknowledgedAt) })}</p>
      )}
      <Facts v={v} reading={reading} />
      <OwnList v={v} reading={reading} />
      <CommitteeDocuments v={v} reading={reading} />
      <PastRuns v={v} name={name} past={past} />
      <div class="row">
        <a href={source.homepage} rel="external noreferrer">
          {v.t('sources.open')} <span class="small muted">{v.t('new-window')}</span>
        </a>
        {may && (
          <form method="post" action={`/sources/${encodeURIComponent(source.id)}/read`}>
            <button type="submit">
              {v.t('sources.read-now')}
              <span class="hidden-visually"> {name}</span>
            </button>
          </form>
        )}
      </div>
    </section>
  );
}

/** When the last backup was made by itself, and when one was last restored as a trial. */
function BackupCard({ v, backups }: { v: Viewer; backups: KnownBackups }) {
  const { last, trial, failed, encrypted } = backups;
  const made = last && [
    momentText(v, last.at),
    v.t('sources.backup-megabytes', { n: last.bytes / 1e6 }),
    v.t(encrypted ? 'sources.backup-encrypted' : 'sources.backup-clear'),
  ];
  return (
    <section class="card source" aria-labelledby="backups">
      <h2 id="backups">{v.t('sources.backup')}</h2>
      <dl class="facts">
        <dt>{v.t('sources.backup-last')}</dt>
        <dd>{made ? <Dots parts={made} /> : v.t('sources.backup-none')}</dd>
        {trial && (
          <>
            <dt>{v.t('sources.backup-trial')}</dt>
            <dd>
              <Dots
                parts={[
                  momentText(v, trial.at),
                  trial.trouble === null
                    ? v.t('sources.backup-rows', { n: trial.rows })
                    : v.t('sources.backup-trial-failed'),
                  ...(trial.scratch ? [v.t(`sources.backup-scratch.${trial.scratch}`)] : []),
                ]}
              />
            </dd>
          </>
        )}
        {failed && (
          <>
            <dt>{v.t('sources.backup-failed')}</dt>
            <dd>{momentText(v, failed.at)}</dd>
          </>
        )}
      </dl>
      {trial?.trouble && <Reason v={v} reason={trial.trouble} />}
      {failed && <Reason v={v} reason={failed.error} />}
    </section>
  );
}

/** All sources; `alarms` is null for users who may not see them. */
export function SourcesView({
  v,
  readings,
  alarms,
  backups,
  names,
  withoutPolicies,
  may,
}: {
  v: Viewer;
  readings: SourceReading[];
  alarms: AlarmView[] | null;
  /** Null for users who may not see them, and where none are made. */
  backups: KnownBackups | null;
  names: ReadonlyMap<string, string>;
  /** Whether the program's database role can see every row. */
  withoutPolicies: boolean;
  may: boolean;
}) {
  return (
    <>
      <h1>{v.t('sources.title')}</h1>
      {withoutPolicies && <p class="notice warn">{v.t('sources.no-row-level-security')}</p>}
      {readings.length === 0 ? (
        <Empty title={v.t('sources.none')}>
          <p>{v.t('sources.none-says')}</p>
        </Empty>
      ) : (
        <p class="muted">{v.t('sources.intro', { n: readings.length })}</p>
      )}
      {alarms && (
        <p>
          <a href="/reader">{v.t('reader.link')}</a>
        </p>
      )}
      {alarms && <AlarmList v={v} alarms={alarms} names={names} may={may} />}
      {backups && <BackupCard v={v} backups={backups} />}
      {readings.map((reading) => (
        <SourceCard
          key={reading.source.id}
          v={v}
          reading={reading}
          name={names.get(sourceSubject(reading.source.id)) ?? reading.source.name}
          may={may}
        />
      ))}
    </>
  );
}
