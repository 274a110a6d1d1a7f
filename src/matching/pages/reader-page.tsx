import { momentText } from '../../ui/dates.js';
import { Dots, Empty } from '../../ui/parts.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';
import type { ReaderView } from '../api/reader-views.js';

interface Shown {
  v: Viewer;
  reader: ReaderView;
}

const TONES: Record<Exclude<ReaderView['state'], 'off'>, string> = {
  done: 'well',
  reading: 'well',
  failing: 'doubt',
  paused: 'trouble',
  limit: 'doubt',
};

const moneyText = (v: Viewer, money: number, currency: string | null): string =>
  `${numberTo(v.language, money, 2)}\u00a0${currency ?? ''}`;

function spentText(
  v: Viewer,
  { prompt, completion, money }: ReaderView['today'],
  currency: string | null,
): string {
  const n = prompt + completion;
  return money === null
    ? v.t('reader.tokens', { n })
    : v.t('reader.tokens-money', { n, money: moneyText(v, money, currency) });
}

function limitText(v: Viewer, { dailyLimit: { tokens, money }, currency }: ReaderView): string {
  const limits = [
    ...(tokens === null ? [] : [v.t('reader.tokens', { n: tokens })]),
    ...(money === null ? [] : [moneyText(v, money, currency)]),
  ];
  return limits.join(' · ') || v.t('reader.no-limit');
}

function Facts({ v, reader }: Shown) {
  const { state, pausedUntil, lastError, waiting, today, month, currency } = reader;
  return (
    <section class="card source" aria-labelledby="state">
      <h2 id="state">
        {v.t('reader.state')}{' '}
        {state !== 'off' && <span class={`badge state ${TONES[state]}`}>{v.t(`reader.state.${state}`)}</span>}
      </h2>
      {pausedUntil && <p>{v.t('reader.until', { when: momentText(v, pausedUntil) })}</p>}
      <dl class="facts">
        <dt>{v.t('reader.waiting')}</dt>
        <dd>
          {waiting.calls === 0
            ? v.t('reader.nothing')
            : v.t('reader.waiting-says', {
                calls: waiting.calls,
                pairs: waiting.pairs,
                summaries: waiting.summaries,
                spent: spentText(v, waiting.expected, currency),
              })}
        </dd>
        <dt>{v.t('reader.today')}</dt>
        <dd>{spentText(v, today, currency)}</dd>
        <dt>{v.t('reader.month')}</dt>
        <dd>{spentText(v, month, currency)}</dd>
        <dt>{v.t('reader.limit')}</dt>
        <dd>{limitText(v, reader)}</dd>
        {lastError && (
          <>
            <dt>{v.t('reader.error')}</dt>
            <dd>
              <Dots parts={[momentText(v, lastError.at), <span lang="en">{lastError.says}</span>]} />
            </dd>
          </>
        )}
      </dl>
      {currency === null && <p class="muted small">{v.t('reader.no-prices')}</p>}
    </section>
  );
}

function Outcome({ v, one }: { v: Viewer; one: ReaderView['last'][number] }) {
  if (one.error !== null)
    return (
      <span class="reason-of-run" lang="en">
        {one.error}
      </span>
    );
  if (one.tokens === null) return <>{v.t('reader.outcome.asked')}</>;
  return (
    <>{one.refused > 0 ? v.t('reader.outcome.refused', { n: one.refused }) : v.t('reader.outcome.read')}</>
  );
}

function Last({ v, reader: { last } }: Shown) {
  return (
    <section class="card source" aria-labelledby="last">
      <h2 id="last">{v.t('reader.last')}</h2>
      {last.length === 0 ? (
        <p>{v.t('reader.last-none')}</p>
      ) : (
        <div class="scroll" role="region" tabIndex={0} aria-labelledby="last">
          <table class="small">
            <thead>
              <tr>
                <th scope="col">{v.t('reader.when')}</th>
                <th scope="col">{v.t('reader.call')}</th>
                <th scope="col">{v.t('reader.institutes')}</th>
                <th scope="col" class="number">
                  {v.t('reader.spent')}
                </th>
                <th scope="col">{v.t('reader.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {last.map((one) => (
                <tr key={`${one.askedAt} ${one.callId}`}>
                  <td>{momentText(v, one.askedAt)}</td>
                  <th scope="row">
                    <a href={`/calls/${one.callId}`}>{one.title}</a>
                  </th>
                  <td>{one.institutes.join(', ') || v.t('reader.for-all')}</td>
                  <td class="number">{one.tokens === null ? '–' : numberTo(v.language, one.tokens)}</td>
                  <td>
                    <Outcome v={v} one={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Left({ v, reader: { left, summariesLeft } }: Shown) {
  return (
    <section class="card source" aria-labelledby="left">
      <h2 id="left">{v.t('reader.left')}</h2>
      <p>{v.t('reader.left-says', { n: left.total })}</p>
      {summariesLeft > 0 && <p>{v.t('reader.summaries-left', { n: summariesLeft })}</p>}
      {left.pairs.length > 0 && (
        <ul class="small">
          {left.pairs.map(({ callId, profileId, title, why }) => (
            <li key={`${callId} ${profileId}`}>
              <Dots
                parts={[<a href={`/calls/${callId}`}>{title}</a>, profileId, <span lang="en">{why}</span>]}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Leaves({ v, reader: { prompt } }: Shown) {
  return (
    <section class="card source" aria-labelledby="leaves">
      <h2 id="leaves">{v.t('reader.leaves')}</h2>
      <p>{v.t('reader.leaves-says')}</p>
      <details>
        <summary>{v.t('reader.prompt', { n: prompt.version })}</summary>
        {prompt.says.split('\n').map((line) => (
          <p key={line} class="small" lang="en">
            {line}
          </p>
        ))}
      </details>
    </section>
  );
}

/** The language model: its state and cost, what it has read, and its prompt. */
export function ReaderPage({ v, reader }: Shown) {
  const { model, server } = reader;
  return (
    <>
      <h1>{v.t('reader.title')}</h1>
      {model === null ? (
        <Empty title={v.t('reader.none')}>
          <p>{v.t('reader.none-says')}</p>
        </Empty>
      ) : (
        <>
          <p class="muted">{v.t('reader.intro', { model, server: server ?? '' })}</p>
          <Facts v={v} reader={reader} />
          <Last v={v} reader={reader} />
          <Left v={v} reader={reader} />
        </>
      )}
      <Leaves v={v} reader={reader} />
    </>
  );
}
