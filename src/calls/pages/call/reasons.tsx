import { nameOfSignal } from '../../../matching/domain/explanation/reasons/reason-kinds.js';
import type { Reason, ReasonGroup } from '../../../matching/domain/explanation/marked-reasons.js';
import { readingSaid } from '../../../matching/domain/explanation/reasons/reading-sentence.js';
import { unmetSentence } from '../../../profiles/domain/preference-sentences.js';
import { BandWord, But, Score } from '../../../ui/parts.js';
import { withQuery } from '../../../ui/address.js';
import { numberTo } from '../../../i18n/formats.js';
import type { Viewer } from '../../../ui/viewer.js';
import { whyPath } from '../../../explain/pages/why-links.js';
import { colourOf, letterOf } from './marked-text.js';
import { callPath, type CallModel } from './model.js';
import { termText } from './term-text.js';

/** Each competence's share of the score, side by side. */
function Parts({ groups }: { groups: ReasonGroup[] }) {
  let x = 0;
  return (
    <svg
      class="parts-bar"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect class="bar-all" width="100" height="8" />
      {groups.map((g) => {
        x += g.score;
        return (
          <rect
            key={g.place}
            class={colourOf(g.place)}
            x={(x - g.score).toFixed(2)}
            width={Math.max(0, g.score).toFixed(2)}
            height="8"
          />
        );
      })}
    </svg>
  );
}

/** Words of a competence beyond this many are collapsed: they add little. */
const SHOWN = 5;

/** The smallest number shown as digits. */
const LEAST = 0.1;
const pointsText = (v: Viewer, n: number): string =>
  Math.abs(n) < LEAST
    ? `${n < 0 ? '>' : '<'} ${numberTo(v.language, n < 0 ? -LEAST : LEAST, 1)}`
    : numberTo(v.language, n, Math.abs(n) < 10 ? 1 : 0);

/** What a language model said, with a link to the words it quotes. */
const Read = ({
  v,
  reason: { count, number },
  reading,
}: {
  v: Viewer;
  reason: Reason;
  reading: NonNullable<Reason['reading']>;
}) => (
  <span class="read">
    {readingSaid(reading, v.language)}
    {count > 0 && (
      <>
        {' '}
        <a href={`#r${number}`}>{v.t('call.read-where')}</a>
      </>
    )}
  </span>
);

const Terms = ({ v, signal, reasons }: { v: Viewer; signal: ReasonGroup['signal']; reasons: Reason[] }) => (
  <ul class="terms">
    {reasons.map((r) => (
      <li key={r.number}>
        {r.reading ? (
          <Read v={v} reason={r} reading={r.reading} />
        ) : r.count ? (
          <a href={`#r${r.number}`}>{r.term || v.t('call.reason.nearest')}</a>
        ) : (
          <span>{termText(v, signal, r.term) || v.t('call.reason.nearest')}</span>
        )}
        {r.habit && (
          <span class="muted small">
            {v.t('call.habit', {
              own: r.habit.own,
              of: r.habit.of,
              usual: numberTo(v.language, 100 * r.habit.usual, r.habit.usual < 0.1 ? 1 : 0),
            })}
          </span>
        )}
        {r.count > 1 && <span class="muted small">{v.t('call.times', { n: r.count })}</span>}
        <span class="points muted">{pointsText(v, r.contribution)}</span>
      </li>
    ))}
  </ul>
);

function Group({ v, group }: { v: Viewer; group: ReasonGroup }) {
  // Showing one more takes no more room than saying that there is one more.
  const [shown, folded] =
    group.reasons.length > SHOWN + 1
      ? [group.reasons.slice(0, SHOWN), group.reasons.slice(SHOWN)]
      : [group.reasons, []];
  return (
    <li class="group">
      <h3>
        <span class={`letter ${colourOf(group.place)}`}>{letterOf(group.place)}</span>{' '}
        {group.competence || nameOfSignal(group.signal, v.language)}{' '}
        <span class="points">{v.t('call.points', { n: pointsText(v, group.score) })}</span>
      </h3>
      <Terms v={v} signal={group.signal} reasons={shown} />
      {folded.length > 0 && (
        <details class="more">
          <summary>{v.t('call.more-terms', { n: folded.length })}</summary>
          <Terms v={v} signal={group.signal} reasons={folded} />
        </details>
      )}
    </li>
  );
}

/** Why it fits: each competence with its words, and links to them in the text. */
export function Reasons({
  v,
  model: { call, institute, own, match, reasons },
}: {
  v: Viewer;
  model: CallModel;
}) {
  return (
    <section class="card reasons" aria-labelledby="reasons">
      <h2 id="reasons">
        {v.t('call.reasons')}
        {reasons && (
          <>
            <Score score={reasons.score} /> <BandWord v={v} score={reasons.score} />
          </>
        )}
      </h2>
      {reasons && reasons.groups.length > 0 ? (
        <>
          <Parts groups={reasons.groups} />
          <But v={v} says={(match?.unmet ?? []).map((u) => unmetSentence(u, v.language))} />
          {match && !match.upToDate && <p class="notice warn small">{v.t('call.match-behind')}</p>}
          <ul class="groups">
            {reasons.groups.map((g) => (
              <Group key={g.place} v={v} group={g} />
            ))}
          </ul>
          <p class="muted small no-print">{v.t('call.reasons-help')}</p>
        </>
      ) : (
        <p>{v.t('call.no-match')}</p>
      )}
      {reasons?.excluded.map((e) => (
        <p key={e.competence} class="small">
          {v.t('call.excluded', { competence: e.competence, term: e.term })}
        </p>
      ))}
      {institute && (
        <p class="small no-print">
          <a href={withQuery(whyPath(institute.id), { call: call.id })}>
            {v.t(own ? 'why.of-call' : 'why.of-call-of')}
          </a>
        </p>
      )}
    </section>
  );
}

/** For the network: the institutes that it fits. */
export function Fits({ v, model: { network, call } }: { v: Viewer; model: CallModel }) {
  const fits = network?.fits ?? [];
  return (
    <section class="card" aria-labelledby="fits">
      <h2 id="fits">{v.t('call.fits')}</h2>
      {fits.length ? (
        <ul class="plain-list">
          {fits.map((f) => (
            <li key={f.profileId} class="row spread scored">
              <a href={callPath({ id: f.profileId }, call.id)}>{f.name}</a> <Score score={f.score} />
            </li>
          ))}
        </ul>
      ) : (
        <p>{v.t('call.no-fits')}</p>
      )}
    </section>
  );
}
