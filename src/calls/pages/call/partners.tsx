import { webAddress } from '../../../kernel/web-address.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Dots, OutsideLink, StatusBadge } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { topicPage } from '../../domain/page/outside-pages.js';
import type { NeighbourView, PartnershipView } from '../../api/neighbour-views.js';
import { Fact } from './facts.js';
import { type CallModel, callPath, LONGEST_SEARCH } from './model.js';
import type { QuestionView } from '../../../harvest/api/question-views.js';
import { countryInWords } from '../../domain/countries.js';
import type { PartnerSearchView } from '../../../harvest/api/partner-search-views.js';

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
        {one.deadlines.length === 0 && <li>{v.t('deadline.short.none')}</li>}
        {page !== null && (
          <li>
            <OutsideLink v={v} href={page}>
              {v.t('message.source-page')}
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

/** The most questions shown on the page of a call. */
export const QUESTIONS_SHOWN = 20;

function Question({ v, one }: { v: Viewer; one: QuestionView }) {
  const { question, answer, publishedAt, corrections, withdrawnAt } = one;
  const [corrected, portal] = [corrections.at(-1)?.at, webAddress(one.url)];
  return (
    <li>
      <details>
        <summary>
          <span lang="en" dir="auto">
            {question}
          </span>
        </summary>
        <div class="small" lang="en" dir="auto">
          {answer === null ? (
            <p lang={v.language}>{v.t('call.questions-unanswered')}</p>
          ) : (
            answer.split('\n').map((paragraph, i) => <p key={i}>{paragraph}</p>)
          )}
        </div>
        {portal && (
          <p class="small">
            <a href={portal} rel="external noreferrer">
              {v.t('call.questions-where')}
            </a>{' '}
            <span class="muted">{v.t('new-window')}</span>
          </p>
        )}
      </details>
      <span class="row small muted">
        {publishedAt && <span>{dayText(v, publishedAt)}</span>}
        {corrected && <span>{v.t('call.questions-corrected', { day: dayText(v, corrected) })}</span>}
        {withdrawnAt && <strong>{v.t('call.questions-withdrawn', { day: dayText(v, withdrawnAt) })}</strong>}
      </span>
    </li>
  );
}

/** What others asked about a topic, newest first; a form searches them without scripts. */
export function Questions({
  v,
  model: {
    call,
    institute,
    questions: { words, items, found, total },
  },
}: {
  v: Viewer;
  model: CallModel;
}) {
  const path = callPath(institute, call.id);
  return (
    <>
      <form method="get" action={`${path}#questions`} class="row find-line no-print" role="search">
        <input
          type="search"
          name="questions"
          value={words}
          maxLength={LONGEST_SEARCH}
          aria-label={v.t('call.questions-search')}
        />
        <button type="submit">{v.t('call.questions-find')}</button>
        {words && <a href={`${path}#questions`}>{v.t('call.questions-all')}</a>}
      </form>
      <p role="status">{v.t('call.questions-count', { n: words ? found : total })}</p>
      <ul class="plain-list neighbours">
        {items.map((one) => (
          <Question key={one.id} v={v} one={one} />
        ))}
      </ul>
      {found > items.length && (
        <p class="small muted">{v.t('call.questions-more', { n: found - items.length })}</p>
      )}
    </>
  );
}

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
