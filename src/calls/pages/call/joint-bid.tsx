import { may } from '../../../kernel/actor.js';
import { Choices } from '../../../decisions/pages/inbox-decision.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Dots, Score } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { type CallModel, callPath, type Own } from './model.js';
import type { Level } from '../../../network/domain/coverage.js';
import { MOST_IN_TEAM } from '../../../network/joint-bids.js';
import { shortened } from '../../../kernel/one-line.js';
import type { CallView } from '../../api/call-views.js';
import type { CallNetwork } from '../../../network/api/network-views.js';
import type { NetworkModel } from './institute-context.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

function Standing({
  v,
  standing: { verdict, reason, until, by, byLink, at },
}: {
  v: Viewer;
  standing: Own['standing'];
}) {
  if (verdict === null) return <p class="muted">{v.t('call.undecided')}</p>;
  return (
    <p>
      <Dots
        parts={[
          <strong class={`verdict ${verdict}`}>
            {verdict === 'later'
              ? v.t('inbox.decided.later', { day: dayText(v, until!) })
              : v.t(`verdict.${verdict}`)}
          </strong>,
          verdict === 'not' && (reason === null ? v.t('inbox.no-reason') : v.t(`verdict-reason.${reason}`)),
        ]}
      />
      {by && at && (
        <span class="muted small">
          {v.t(byLink ? 'call.decided-by-link' : 'call.decided', { by, when: momentText(v, at) })}
        </span>
      )}
    </p>
  );
}

function VerdictForms({
  v,
  path,
  version,
  standing,
}: {
  v: Viewer;
  path: string;
  version: number;
  standing: Own['standing'];
}) {
  return (
    <div class="verdicts no-print">
      <form class="decide" method="post" action={`${path}/verdict`}>
        <input type="hidden" name="back" value={path} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="decidedAt" value={standing.at ?? 'none'} />
        <Choices v={v} decided={standing.verdict} />
      </form>
      {standing.canUndo && (
        <form class="undo" method="post" action={`${path}/verdict/undo`}>
          <input type="hidden" name="back" value={path} />
          {standing.at !== null && <input type="hidden" name="decidedAt" value={standing.at} />}
          <button type="submit" class="plain">
            {v.t('call.undo')}
          </button>
        </form>
      )}
    </div>
  );
}

/** The institute's verdict, and the forms to give one. */
export function Decision({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class={own.standing.verdict === null ? 'card no-print' : 'card'} aria-labelledby="decision">
      <h2 id="decision">{v.t('call.decision')}</h2>
      <Standing v={v} standing={own.standing} />
      {own.opportunity && (
        <p>
          <a href={`/institutes/${institute.id}/pipeline/${own.opportunity.id}`}>
            {v.t('call.in-pipeline', { stage: v.t(`pipeline.stage.${own.opportunity.stage}`) })}
          </a>
        </p>
      )}
      {may(v.actor, 'decision.write') && (
        <VerdictForms
          v={v}
          path={callPath(institute, call.id)}
          version={call.version}
          standing={own.standing}
        />
      )}
    </section>
  );
}

type Ranked = CallNetwork['ranking'][number];
type Statement = CallNetwork['statements'][number];

/** The longest statement shown in the table; the text below has all of it. */
const LONGEST = 260;
/** How many of the ranking are shown at once. */
const SHOWN = 6;

/** The choice of institutes and the maximum team size. */
function TeamForm({
  v,
  call,
  network: { bid, groups },
}: {
  v: Viewer;
  call: CallView;
  network: NetworkModel;
}) {
  return (
    <form method="get" action={`${callPath(null, call.id)}#network`} class="row bid-form no-print">
      <label for="bid-group">{v.t('network.title')}</label>
      <select id="bid-group" name="group">
        <option value="" selected={bid.group === null}>
          {v.t('bid.all')}
        </option>
        {groups.map((g) => (
          <option key={g.id} value={g.id} selected={bid.group?.id === g.id}>
            {g.name}
          </option>
        ))}
      </select>
      <label for="bid-size">{v.t('bid.size')}</label>
      <select id="bid-size" name="size">
        {Array.from({ length: MOST_IN_TEAM }, (_, i) => i + 1).map((n) => (
          <option key={n} value={n} selected={bid.size === n}>
            {v.t('bid.institutes', { n })}
          </option>
        ))}
      </select>
      <button type="submit">{v.t('form.show')}</button>
    </form>
  );
}

/** The level in a word; the colour repeats it. */
function Cell({ v, name, level, terms }: { v: Viewer; name: string; level: Level; terms: string[] }) {
  return (
    <td role="cell" class={`level ${level}`} data-label={name}>
      <strong>{v.t(`bid.level.${level}`)}</strong>
      {level !== 'no' && terms.length > 0 && <span class="small">{terms.join(', ')}</span>}
    </td>
  );
}

function Row({
  v,
  call,
  statement,
  team,
}: {
  v: Viewer;
  call: CallView;
  statement: Statement;
  team: Ranked[];
}) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <span class="muted">{statement.number}.</span>{' '}
        <span lang={call.language}>{shortened(statement.text, LONGEST)}</span>
      </th>
      {team.map((member) => {
        const { level, terms } = member.answers.find((a) => a.statement === statement.number) ?? {
          level: 'no' as const,
          terms: [],
        };
        return <Cell key={member.id} v={v} name={member.name} level={level} terms={terms} />;
      })}
    </tr>
  );
}

/** Each team member's answer to each statement. */
function Table({ v, call, bid }: { v: Viewer; call: CallView; bid: CallNetwork }) {
  const team = bid.ranking.filter((r) => r.inTeam);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="bid-table">
      <table class="coverage" role="table">
        <caption id="bid-table">{v.t('bid.table')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {v.t(bid.expected === 'outcomes' ? 'bid.outcome' : 'bid.task')}
            </th>
            {team.map((r) => (
              <th key={r.id} scope="col" role="columnheader">
                {r.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {bid.statements.map((s) => (
            <Row key={s.number} v={v} call={call} statement={s} team={team} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Institute({ v, call, one }: { v: Viewer; call: CallView; one: Ranked }) {
  const well = one.answers.filter((a) => a.level === 'well').map((a) => a.statement);
  return (
    <li>
      <div class="row spread scored">
        <span>
          <a href={callPath({ id: one.id }, call.id)}>{one.name}</a>{' '}
          {one.inTeam && <span class="badge">{v.t('bid.in-team')}</span>}
        </span>
        <span class="row">
          <span class="muted small">{v.t(`band.${one.band}`)}</span>
          <Score score={one.score} />
        </span>
      </div>
      <p class="small">
        {one.reason}
        {well.length > 0 && ` ${v.t('bid.answers', { list: well.join(', ') })}`}
      </p>
      {one.passage && (
        <blockquote class="small muted" lang={call.language}>
          {one.passage.before}
          <b>{one.passage.found}</b>
          {one.passage.after}
        </blockquote>
      )}
    </li>
  );
}

function Ranking({ v, call, ranking }: { v: Viewer; call: CallView; ranking: Ranked[] }) {
  if (ranking.length === 0) return <p>{v.t('bid.no-ranking')}</p>;
  // Showing one more takes no more room than saying that there is one more.
  const [shown, folded] =
    ranking.length > SHOWN + 1 ? [ranking.slice(0, SHOWN), ranking.slice(SHOWN)] : [ranking, []];
  const list = (all: Ranked[], start: number) => (
    <ol class="bid-ranking" start={start}>
      {all.map((one) => (
        <Institute key={one.id} v={v} call={call} one={one} />
      ))}
    </ol>
  );
  return (
    <>
      {list(shown, 1)}
      {folded.length > 0 && (
        <details class="more">
          <summary>{v.t('bid.more', { n: folded.length })}</summary>
          {list(folded, SHOWN + 1)}
        </details>
      )}
    </>
  );
}

/**
 * For the network: the smallest team that covers most of what the call expects, what it lacks, and how all
 * others fit.
 */
export function JointBid({ v, call, network }: { v: Viewer; call: CallView; network: NetworkModel }) {
  const { bid } = network;
  return (
    <>
      <TeamForm v={v} call={call} network={network} />
      {!bid.upToDate && <p class="notice warn small">{v.t('bid.behind')}</p>}
      <h3>{v.t('team.title')}</h3>
      {bid.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {bid.team.length > 0 && (
        <>
          <Table v={v} call={call} bid={bid} />
          <p class="muted small">{v.t('bid.help')}</p>
        </>
      )}
      {bid.statements.length > 0 && (
        <>
          <h3>{v.t('bid.partners')}</h3>
          {bid.partnersToFind.length ? (
            <ul>
              {bid.partnersToFind.map((p) => (
                <li key={p.statement}>{p.says}</li>
              ))}
            </ul>
          ) : (
            <p>{v.t('bid.no-partners')}</p>
          )}
        </>
      )}
      <h3>{v.t('bid.ranking')}</h3>
      <Ranking v={v} call={call} ranking={bid.ranking} />
    </>
  );
}
