import type { SourceView } from '../source-readings.js';
import { momentText } from '../../ui/dates.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** The state of the partner search readings, which says nothing about the source's calls. */
export function PartnersFact({
  v,
  partners,
}: {
  v: Viewer;
  partners: NonNullable<SourceView['partnerSearches']>;
}) {
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
