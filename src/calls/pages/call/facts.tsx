import { countriesForPeople } from '../../domain/countries.js';
import { callOfTopic } from '../../domain/named-for.js';
import { languageOfTypes } from '../../domain/names-in.js';
import { conditionsInShort } from '../../domain/page/conditions.js';
import { fundingRate, type FundingRate } from '../../domain/page/funding-rate.js';
import { lumpSumOf } from '../../domain/page/lump-sum.js';
import { markedParagraphs } from '../../domain/page/marking.js';
import { budgetForPeople } from '../../domain/facts/budget.js';
import { typeOfAction } from '../../domain/facts/call-facts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { Fact, Marked } from './fact.js';
import { MarkedLine } from './marked-text.js';
import { statedOf } from './budgets.js';
import type { CallModel } from './model.js';
import { KindFacts, TopicFacts } from './own-facts.js';

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
        <span lang={language}>{text}</span>
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
      {v.t(lumpSum.yes ? 'call.lump-sum-yes' : 'call.lump-sum-no')}
      {lumpSum.quote !== null && <Quote v={v} language={call.language} text={lumpSum.quote} />}
    </>
  );
}

function TrlFact({
  v,
  model: {
    call: { trl, language },
  },
}: Shown) {
  if (!trl) return <>{v.t('not-stated')}</>;
  const key = trl.from === null ? 'call.trl-to' : trl.to === null ? 'call.trl-from' : 'call.trl-both';
  return (
    <>
      {v.t(key, { from: trl.from, to: trl.to })}
      <Quote v={v} language={language} text={trl.quote} />
    </>
  );
}

/** Where applicants or the action must be, and who may apply, if the call says so. */
function PlaceAndRoles({
  v,
  model: {
    call: { place, roleRules, language },
  },
}: Shown) {
  return (
    <>
      {place && (
        <Fact label={v.t('call.place')}>
          {v.t(`call.place.${place.kind}`, { countries: countriesForPeople(place.countries, v.language) })}
          <Quote v={v} language={language} text={place.quote} />
        </Fact>
      )}
      {roleRules && (
        <Fact label={v.t('call.roles')}>
          {roleRules.map(({ rule, quote }) => (
            <div key={rule}>
              {v.t(`call.rule.${rule}`)}
              <Quote v={v} language={language} text={quote} />
            </div>
          ))}
        </Fact>
      )}
    </>
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

function FactList({ v, model }: Shown) {
  const { call } = model;
  const partOf = callOfTopic(call);
  return (
    <dl class="facts">
      <Fact label={v.t('call.type-of-action')}>
        <span lang={languageOfTypes(call.typesOfAction, call.language, v.language)}>
          {typeOfAction(call, v.language)}
        </span>
      </Fact>
      <Fact label={v.t('call.funding-rate')}>{rateText(v, fundingRate(call.typesOfAction))}</Fact>
      <Fact label={v.t('call.lump-sum')}>
        <LumpSumFact v={v} model={model} />
      </Fact>
      <Fact label={v.t('call.trl')}>
        <TrlFact v={v} model={model} />
      </Fact>
      <PlaceAndRoles v={v} model={model} />
      <Fact label={v.t('call.stages')}>
        {call.deadlineModel
          ? v.t(`call.stages.${call.deadlineModel}`, { n: call.deadlines.length })
          : v.t('not-stated')}
      </Fact>
      <Fact label={v.t('call.budget')}>{budgetForPeople(call, v.language, statedOf(model))}</Fact>
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
        <Fact label={v.t('call.keywords')}>
          <Keywords model={model} />
        </Fact>
      )}
    </dl>
  );
}

/** What to know before reading the text. */
export function Facts({ v, model }: Shown) {
  const { call } = model;
  const conditions = conditionsInShort(call.sections);
  return (
    <>
      <FactList v={v} model={model} />
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
