import { webAddress } from '../../../kernel/web-address.js';
import { momentText } from '../../../ui/dates.js';
import { OutsideLink, StatusBadge } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { topicPage } from '../../domain/page/outside-pages.js';
import type { NeighbourView, PartnershipView } from '../../api/neighbour-views.js';
import { Fact } from './fact.js';
import { type CallModel, callPath } from './model.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

const NotFound = ({ v }: { v: Viewer }) => <span class="muted">{v.t('partnership.not-found')}</span>;

/** A call of the round: this one, or a way to our page of another, with its own dates. */
function Named({ v, model, one }: Shown & { one: NeighbourView }) {
  const page = webAddress(one.url);
  return (
    <>
      {one.id === model.call.id ? (
        <strong lang={one.language}>{one.title}</strong>
      ) : (
        <a href={callPath(model.institute, one.id)} lang={one.language}>
          {one.title}
        </a>
      )}{' '}
      <StatusBadge v={v} status={one.status} />
      <ul class="plain-list small">
        {one.deadlines.map((d) => (
          <li key={d.at}>{v.t('call.until', { when: momentText(v, d.at) })}</li>
        ))}
        {one.deadlines.length === 0 && <li>{v.t('days.none')}</li>}
        {page !== null && (
          <li>
            <OutsideLink v={v} href={page}>
              {v.t('partnership.source')}
            </OutsideLink>
          </li>
        )}
      </ul>
    </>
  );
}

/** What one funder says, quoted; what it does not say is not filled in from elsewhere. */
function Annex({ v, model, annex }: Shown & { annex: PartnershipView['national'][number] }) {
  const { call, funder, eligibility, budget } = annex;
  const quote = (text: string) => <q lang={call.language}>{text}</q>;
  return (
    <dl class="facts">
      <Fact label={v.t('fact.funder')}>{funder ?? <NotFound v={v} />}</Fact>
      <Fact label={v.t('partnership.annex')}>
        <Named v={v} model={model} one={call} />
      </Fact>
      <Fact label={v.t('partnership.eligibility')}>
        {eligibility.length === 0 ? (
          <NotFound v={v} />
        ) : (
          <ul class="plain-list">
            {eligibility.map((sentence) => (
              <li key={sentence}>{quote(sentence)}</li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact label={v.t('fact.budget')}>{budget === null ? <NotFound v={v} /> : quote(budget)}</Fact>
    </dl>
  );
}

function Parent({ v, model, parent }: Shown & { parent: PartnershipView['parent'] }) {
  if (!parent) return <NotFound v={v} />;
  const name = [parent.identifier, parent.title].filter(Boolean).join(' – ');
  return parent.id === null ? (
    <OutsideLink v={v} href={parent.identifier && topicPage(parent.identifier)}>
      {name}
    </OutsideLink>
  ) : (
    <a href={callPath(model.institute, parent.id)}>{name}</a>
  );
}

/** The layers of a partnership's joint call: its own rules and dates, and what French funders say of it. */
export function Partnership({ v, model, partnership }: Shown & { partnership: PartnershipView }) {
  const { name, central, national, parent } = partnership;
  return (
    <>
      <dl class="facts">
        <Fact label={v.t('partnership.name')}>{name}</Fact>
        <Fact label={v.t('partnership.parent')}>
          <Parent v={v} model={model} parent={parent} />
        </Fact>
        <Fact label={v.t('partnership.central')}>
          {central ? <Named v={v} model={model} one={central} /> : <NotFound v={v} />}
        </Fact>
      </dl>
      <h3>{v.t('partnership.national')}</h3>
      {national.length === 0 && (
        <p>
          <NotFound v={v} />
        </p>
      )}
      {national.map((annex) => (
        <Annex key={annex.call.id} v={v} model={model} annex={annex} />
      ))}
    </>
  );
}
