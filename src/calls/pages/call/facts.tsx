import type { ComponentChildren } from 'preact';
import { markedParagraphs } from '../../domain/page/marking.js';
import { MarkedLine } from './reasons.js';
import { type CallModel, callPath } from './model.js';
import { crossCuttingIn } from '../../domain/names-in.js';
import { callOfTopic, parentTopicOf } from '../../domain/related-calls.js';
import { projectPage, topicPage } from '../../domain/page/outside-pages.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { Viewer } from '../../../ui/viewer.js';
import { countriesForPeople } from '../../domain/countries.js';
import { conditionsInShort } from '../../domain/page/conditions.js';
import { fundingRate, type FundingRate, lumpSumOf } from '../../domain/page/funding-rate.js';
import {
  reachedFirst,
  requirementCard,
  type RequirementCard,
  trlForPeople,
} from '../../domain/facts/requirement-facts.js';
import {
  type Quoted,
  type Requirements,
  requirementsOf,
  type TrlRange,
  withoutFootnotes,
} from '../../domain/requirements.js';
import type { MessageKey } from '../../../i18n/all.js';
import { OutsideLink } from '../../../ui/parts.js';

export const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);

function Marked({
  model: { call, reasons },
  field,
  text,
}: {
  model: CallModel;
  field: string;
  text: string;
}) {
  return (
    <span lang={call.language}>
      {markedParagraphs(text, reasons?.marks.get(field) ?? []).map((line, i) => (
        <MarkedLine key={i} line={line} />
      ))}
    </span>
  );
}

/**
 * The topic that funded a cascade call's project: links to our page of it if we have it, otherwise to the
 * portal.
 */
function ParentTopic({ v, model }: Shown) {
  const {
    call,
    context: { parent: held },
    institute,
  } = model;
  const parent = parentTopicOf(call);
  if (!parent) return null;
  const name = (
    <>
      {parent.identifier && <code>{parent.identifier}</code>}{' '}
      {parent.title && <Marked model={model} field="parentTopic" text={parent.title} />}
    </>
  );
  const link = held ? (
    <a href={callPath(institute, held.id)}>{name}</a>
  ) : (
    <OutsideLink v={v} href={parent.identifier && topicPage(parent.identifier)}>
      {name}
    </OutsideLink>
  );
  return <Fact label={v.t('fact.under-topic')}>{link}</Fact>;
}

/** The funded project that runs a cascade call, with its page on CORDIS. */
function RunningProject({ v, model }: Shown) {
  const { project } = model.call;
  if (!project?.acronym && !project?.name) return null;
  const { acronym, name, id } = project;
  return (
    <Fact label={v.t('fact.project')}>
      <OutsideLink v={v} href={projectPage(id)}>
        {acronym && <strong>{acronym}</strong>}
        {acronym && name && ' – '}
        {name && <Marked model={model} field="project" text={name} />}
      </OutsideLink>
    </Fact>
  );
}

/** Facts that only some kinds of calls have, and those of sources with many funders. */
function KindFacts({ v, model }: Shown) {
  const { funder, duration, zones, contractType, language } = model.call;
  return (
    <>
      {funder && (
        <Fact label={v.t('fact.funder')}>
          <span lang={language}>{funder}</span>
        </Fact>
      )}
      <ParentTopic v={v} model={model} />
      <RunningProject v={v} model={model} />
      {duration && (
        <Fact label={v.t('fact.duration')}>
          <span lang={language}>{duration}</span>
        </Fact>
      )}
      {zones && (
        <Fact label={v.t('fact.zones')}>
          <span lang={language}>{zones.join(', ')}</span>
        </Fact>
      )}
      {contractType && (
        <Fact label={v.t('fact.contract-type')}>
          <span lang={language}>{contractType}</span>
        </Fact>
      )}
    </>
  );
}

/**
 * Documents that the source offers with a call. Those without a valid web address are omitted along with
 * their name.
 */
function Documents({
  v,
  model: {
    call: { documents = [], language },
  },
}: Shown) {
  const links = documents.flatMap(({ title, url }) => {
    const href = webAddress(url);
    return href === null ? [] : [{ title, href }];
  });
  if (links.length === 0) return null;
  return (
    <Fact label={v.t('call.documents')}>
      <ul class="plain-list">
        {links.map(({ title, href }, i) => (
          <li key={i} lang={language}>
            <OutsideLink v={v} href={href}>
              {title}
            </OutsideLink>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

function TopicFacts({ v, model }: Shown) {
  const { mission, crossCutting, partnerSearch, language } = model.call;
  return (
    <>
      {mission && (
        <Fact label={v.t('call.mission')}>
          <span lang={language}>{mission}</span>
        </Fact>
      )}
      {crossCutting && (
        <Fact label={v.t('call.cross-cutting')}>
          <ul class="chips">
            {crossCutting.map((p) => (
              <li key={p}>{crossCuttingIn(p, v.language)}</li>
            ))}
          </ul>
        </Fact>
      )}
      {partnerSearch !== undefined && (
        <Fact label={v.t('call.partner-search')}>
          {v.t(partnerSearch ? 'call.partner-search-open' : 'call.partner-search-closed')}
        </Fact>
      )}
      <Documents v={v} model={model} />
    </>
  );
}

interface Shown {
  v: Viewer;
  model: CallModel;
}

/** A quote from the call, in its own language, with the reader's quotation marks. */
function Quote({ v, language, text }: { v: Viewer; language: string; text: string }) {
  return (
    <>
      {' '}
      <span class="muted small">
        {v.t('text.quote-open')}
        <span lang={language}>{withoutFootnotes(text)}</span>
        {v.t('text.quote-close')}
      </span>
    </>
  );
}

function rateText(v: Viewer, rate: FundingRate | null): string {
  if (!rate) return v.t('call.rate-unknown');
  const { from, to, nonProfit } = rate;
  const text = v.t(from === to ? 'call.rate' : 'call.rate-range', { from, to });
  return nonProfit === null ? text : v.t('call.rate-non-profit', { text, percent: nonProfit });
}

function LumpSumFact({ v, model: { call } }: Shown) {
  const lumpSum = lumpSumOf(call);
  if (!lumpSum) return <>{v.t('not-stated')}</>;
  return (
    <>
      {v.t(lumpSum.yes ? 'text.yes' : 'call.lump-sum-no')}
      {lumpSum.quote !== null && <Quote v={v} language={call.language} text={lumpSum.quote} />}
    </>
  );
}

function Trl({ v, language, trl }: { v: Viewer; language: string; trl: TrlRange[] }) {
  if (!trl.length) return <>{v.t('call.not-found')}</>;
  const levels = reachedFirst(trl);
  return (
    <>
      {levels.map((level, i) => (
        <div key={i}>
          {trlForPeople(level, v.language)}
          {level.quote !== levels[i + 1]?.quote && <Quote v={v} language={language} text={level.quote} />}
        </div>
      ))}
    </>
  );
}

/** What only some calls state, in their words. */
function StatedFacts({ v, model: { call }, stated }: Shown & { stated: Requirements }) {
  const { pageLimit, duration, jrc, thirdParties } = stated;
  const quoted: [MessageKey, Quoted | null, string | null][] = [
    ['call.page-limit', pageLimit, pageLimit && v.t('call.page-limit-of', { n: pageLimit.pages })],
    ['fact.duration', call.duration ? null : duration, null],
    ['call.third-parties', thirdParties, null],
    ['call.jrc', jrc, null],
  ];
  return (
    <>
      {quoted.map(
        ([label, found, value]) =>
          found && (
            <Fact key={label} label={v.t(label)}>
              {value}
              <Quote v={v} language={call.language} text={found.quote} />
            </Fact>
          ),
      )}
    </>
  );
}

/** What an officer must not overlook, before everything else. */
function RequirementList({ v, model: { call }, card }: Shown & { card: RequirementCard }) {
  const { requirements, nothing, leftEmpty } = card;
  return (
    <>
      <h3>{v.t('call.requirements')}</h3>
      {nothing && <p>{nothing}</p>}
      <dl class="conditions">
        {requirements.map(({ label, says, quote, where }) => (
          <Fact key={quote} label={label}>
            {says && <strong>{v.t('call.requirement-says', { says })} </strong>}
            <span lang={call.language}>{quote}</span> {where && <span class="muted small">({where})</span>}
          </Fact>
        ))}
      </dl>
      {leftEmpty && <p class="muted">{leftEmpty}</p>}
    </>
  );
}

/** Where the action takes place, if the call says so. */
function Place({ v, model: { call } }: Shown) {
  const { place, language } = call;
  return (
    place && (
      <Fact label={v.t('call.place')}>
        {v.t(`call.place.${place.kind}`, { countries: countriesForPeople(place.countries, v.language) })}
        <Quote v={v} language={language} text={place.quote} />
      </Fact>
    )
  );
}

function Keywords({ model }: { model: CallModel }) {
  const {
    call: { keywords, language },
    reasons,
  } = model;
  const lines = markedParagraphs(keywords.join('\n'), reasons?.marks.get('keywords') ?? []);
  return (
    <ul class="chips" lang={language}>
      {lines.map((line, i) => (
        <li key={i}>
          <MarkedLine line={line} />
        </li>
      ))}
    </ul>
  );
}

/** All but what stands at the top of the page: type of action, budget and deadline. */
function FactList({ v, model, stated }: Shown & { stated: Requirements }) {
  const { call } = model;
  const partOf = callOfTopic(call);
  return (
    <dl class="facts">
      <Fact label={v.t('call.funding-rate')}>{rateText(v, fundingRate(call.typesOfAction))}</Fact>
      <Fact label={v.t('call.lump-sum')}>
        <LumpSumFact v={v} model={model} />
      </Fact>
      <Fact label={v.t('call.trl')}>
        <Trl v={v} language={call.language} trl={stated.trl} />
      </Fact>
      <StatedFacts v={v} model={model} stated={stated} />
      <Place v={v} model={model} />
      <Fact label={v.t('call.stages')}>
        {call.deadlineModel
          ? v.t(`call.stages.${call.deadlineModel}`, { n: call.deadlines.length })
          : v.t('not-stated')}
      </Fact>
      <KindFacts v={v} model={model} />
      {call.destination && (
        <Fact label={v.t('call.destination')}>
          <Marked model={model} field="destination" text={call.destination} />
        </Fact>
      )}
      {(call.callTitle ?? partOf) && (
        <Fact label={v.t('call.part-of')}>
          {call.callTitle && <Marked model={model} field="callTitle" text={call.callTitle} />}{' '}
          {partOf && partOf !== call.callTitle && <code>{partOf}</code>}
        </Fact>
      )}
      <TopicFacts v={v} model={model} />
      {call.keywords.length > 0 && (
        <Fact label={v.t('profile.keywords')}>
          <Keywords model={model} />
        </Fact>
      )}
    </dl>
  );
}

/** What to know before reading the text. */
export function Facts({ v, model }: Shown) {
  const { call } = model;
  const stated = requirementsOf(call, call.binding);
  const card = requirementCard(call, v.language, stated);
  const said = new Set(card.requirements.map(({ quote }) => quote));
  const conditions = conditionsInShort(call.sections)
    .map(({ part, points }) => ({ part, points: points.filter((point) => !said.has(point)) }))
    .filter(({ points }) => points.length > 0);
  return (
    <>
      <RequirementList v={v} model={model} card={card} />
      <FactList v={v} model={model} stated={stated} />
      {conditions.length > 0 && (
        <>
          <h3>{v.t('call.conditions-short')}</h3>
          <dl class="conditions">
            {conditions.map(({ part, points }) => (
              <Fact key={part} label={v.t(`call.part.${part}`)}>
                <ul lang={call.language}>
                  {points.map((p) => (
                    <li key={p}>{p}</li>
                  ))}
                </ul>
              </Fact>
            ))}
          </dl>
        </>
      )}
    </>
  );
}
