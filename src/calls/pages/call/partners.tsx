import { countryInWords } from '../../domain/countries.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { PartnerSearchView } from '../../../harvest/api/partner-search-views.js';
import { dayText } from '../../../ui/dates.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

/** The most partner searches shown on the page of a call. */
export const PARTNERS_SHOWN = 20;

function Search({ v, one }: { v: Viewer; one: PartnerSearchView }) {
  const { wants, country, organisationType, summary, publishedAt } = one;
  const where = country && countryInWords(country, v.language);
  return (
    <li>
      <span class="row small">
        <strong>{v.t(`call.partners-${wants}`)}</strong>
        {where && <span>{where}</span>}
        {organisationType?.name && <span lang="en">{organisationType.name}</span>}
        {publishedAt && <span class="muted">{dayText(v, publishedAt)}</span>}
      </span>
      {summary && (
        <p class="small" dir="auto">
          {summary}
        </p>
      )}
    </li>
  );
}

/**
 * Organisations looking for partners for a topic: how many, and what the newest say. Their names are on the
 * topic's own page.
 */
export function Partners({
  v,
  model: {
    call,
    partners: { offers, requests, items },
  },
}: {
  v: Viewer;
  model: CallModel;
}) {
  const counts = [
    ...(offers ? [v.t('call.partners-offers', { n: offers })] : []),
    ...(requests ? [v.t('call.partners-requests', { n: requests })] : []),
  ];
  const [older, portal] = [offers + requests - items.length, webAddress(call.url)];
  return (
    <>
      <p>
        <Dots parts={counts} />
      </p>
      <ul class="plain-list neighbours">
        {items.map((one) => (
          <Search key={`${one.source} ${one.id}`} v={v} one={one} />
        ))}
      </ul>
      {older > 0 && <p class="small muted">{v.t('call.partners-older', { n: older })}</p>}
      {portal && (
        <p class="small">
          <a href={portal} rel="external noreferrer">
            {v.t('call.partners-where')}
          </a>{' '}
          <span class="muted">{v.t('new-window')}</span>
        </p>
      )}
    </>
  );
}
