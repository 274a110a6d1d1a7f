import {
  type Noted,
  type Mark,
  markedParagraphs,
  type Paragraph,
  type Segment,
} from '../../domain/page/marking.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { MessageKey } from '../../../i18n/all.js';
import { kindOf, nameOfSignal } from '../../../matching/domain/explanation/reasons/reason-kinds.js';
import type { SignalName } from '../../../matching/domain/scoring/match.js';
import type { Reason, ReasonGroup } from '../../../matching/domain/explanation/marked-reasons.js';
import { readingSaid } from '../../../matching/domain/explanation/reason-sentence.js';
import { unmetSentence } from '../../../profiles/domain/preference-sentences.js';
import { BandWord, But, Score } from '../../../ui/parts.js';
import { withQuery } from '../../../ui/address.js';
import { numberTo } from '../../../i18n/message.js';
import { whyPath } from '../../../explain/pages/why-links.js';
import { type CallModel, callPath } from './model.js';

const COLOURS = 8;
const LETTERS = 26;

/** A competence's letter in the text: A for the one that contributes most, and so on. */
const letterOf = (place: number): string =>
  place < LETTERS ? String.fromCharCode(65 + place) : String(place + 1);

/** Its colour; all competences from the eighth on share one, and their letters still tell them apart. */
const colourOf = (place: number): string => `c${Math.min(place + 1, COLOURS)}`;

/** If several reasons link to one place, each has its own target there. */
const anchored = (text: string, anchors: number[]): preact.ComponentChild =>
  anchors.slice(1).reduceRight<preact.ComponentChild>((inner, n) => <span id={`r${n}`}>{inner}</span>, text);

/** A letter appears at the end of a competence's words, not between two adjacent marks of it. */
function Piece({
  segment: { text, competences, anchors, strong, note },
  next,
}: {
  segment: Segment;
  next: Segment | undefined;
}) {
  const [first] = competences;
  if (note)
    return (
      <sup>
        <a href={`#${note.id}`}>{note.number}</a>
      </sup>
    );
  if (first === undefined) return <>{text}</>;
  const ending = competences.filter((c) => !next?.competences.includes(c));
  return (
    <mark
      class={strong ? `${colourOf(first)} strong` : colourOf(first)}
      data-c={ending.map(letterOf).join('')}
      id={anchors.length ? `r${anchors[0]}` : undefined}
    >
      {anchored(text, anchors)}
    </mark>
  );
}

export const MarkedLine = ({ line }: { line: Paragraph }) => (
  <>
    {line.map((s, i) => (
      <Piece key={i} segment={s} next={line[i + 1]} />
    ))}
  </>
);

/** The notes of a section, below it. */
const Notes = ({ v, notes }: { v: Viewer; notes: Noted['notes'] }) => (
  <ol class="footnotes small" aria-label={v.t('call.footnotes')}>
    {notes.map(({ id, number, text }) => {
      const address = webAddress(text);
      return (
        <li key={id} id={id} value={number}>
          {address === null ? text : <a href={address}>{text}</a>}
        </li>
      );
    })}
  </ol>
);

/** A section's text in paragraphs, with matches marked and its notes below. */
export const MarkedText = ({ v, noted, marks }: { v: Viewer; noted: Noted; marks: Mark[] }) => (
  <>
    {markedParagraphs(noted.text, marks, noted.refs)
      .filter((line) => line.length > 0)
      .map((line, i) => (
        <p key={i}>
          <MarkedLine line={line} />
        </p>
      ))}
    {noted.notes.length > 0 && <Notes v={v} notes={noted.notes} />}
  </>
);

/**
 * Returns the term of a reason for display: our own terms (the addressee of a call, its type of action) as
 * pages word them, otherwise the term itself.
 */
export function termText(v: Viewer, signal: SignalName, term: string): string {
  const texts = kindOf(signal)?.terms;
  return texts ? v.t(`${texts}${term}` as MessageKey) : term;
}

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
const digitsOf = (n: number): number => (Math.abs(n) < 10 ? 1 : 0);
const pointsText = (v: Viewer, n: number): string =>
  Math.abs(n) < LEAST
    ? `${n < 0 ? '>' : '<'} ${numberTo(v.language, n < 0 ? -LEAST : LEAST, 1)}`
    : numberTo(v.language, n, digitsOf(n));

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
        <span class="points">
          {v.t('call.points', {
            shown: pointsText(v, group.score),
            n: Number(group.score.toFixed(digitsOf(group.score))),
          })}
        </span>
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
