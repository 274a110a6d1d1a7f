import type { SourceView } from '../api/source-views.js';
import { ALL, type MessageKey } from '../../i18n/all.js';
import { Dots } from '../../ui/parts.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';

/** Returns our words for a source's own term, or the term itself if we have none. */
const wordOf = (v: Viewer, key: string, otherwise: string): string =>
  Object.hasOwn(ALL, key) ? v.t(key as MessageKey) : otherwise;

/** The field by which each kind of call was sorted at the last good reading. */
export function Sorted({ v, made }: { v: Viewer; made: NonNullable<SourceView['made']> }) {
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
    : v.t('sources.days', { n: Math.round(hours / 24) });
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
export function LeadFact({ v, lead }: { v: Viewer; lead: SourceView['lead'] }) {
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
export function LagFact({ v, lag }: { v: Viewer; lag: SourceView['lag'] }) {
  if (!lag.known) return null;
  return (
    <>
      <dt>{v.t('sources.lag')}</dt>
      <LagText v={v} what="known" spread={lag.known} />
      <LagText v={v} what="announced" spread={lag.announced} />
    </>
  );
}
