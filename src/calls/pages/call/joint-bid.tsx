import type { Level } from '../../../network/domain/coverage.js';
import { MOST_IN_TEAM } from '../../../network/joint-bids.js';
import { shortened } from '../../../kernel/one-line.js';
import type { CallView } from '../../api/call-views.js';
import type { CallNetwork } from '../../../network/api/network-views.js';
import { Score } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath } from './model.js';
import type { NetworkModel } from './network-context.js';

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
      <label for="bid-group">{v.t('bid.group')}</label>
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
      <button type="submit">{v.t('bid.show')}</button>
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
      <h3>{v.t('bid.team')}</h3>
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
