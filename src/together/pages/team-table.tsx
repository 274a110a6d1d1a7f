import { shortened } from '../../kernel/one-line.js';
import type { JointTeamView } from '../api/team-views.js';
import type { Viewer } from '../../ui/viewer.js';

interface Shown {
  v: Viewer;
  team: JointTeamView;
  /** The language of the call, in which the points are written. */
  language: string;
}

const LONGEST = 220;

/** How well each member covers each point. */
export function TeamTable({ v, team, language }: Shown) {
  const [first] = team.statements;
  if (!first) return <p>{v.t('joint.no-statements')}</p>;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="team">
        <table class="coverage" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {v.t(team.expected === 'outcomes' ? 'bid.outcome' : 'bid.task')}
              </th>
              {first.by.map((m) => (
                <th key={m.id} scope="col" role="columnheader">
                  {m.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {team.statements.map((s) => (
              <tr key={s.number} role="row">
                <th scope="row" role="rowheader">
                  <span class="muted">{s.number}.</span>{' '}
                  <span lang={language}>{shortened(s.text, LONGEST)}</span>
                </th>
                {s.by.map((m) => (
                  <td key={m.id} role="cell" class={`level ${m.level}`} data-label={m.name}>
                    <strong>{v.t(`bid.level.${m.level}`)}</strong>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{v.t('joint.team-says')}</p>
    </>
  );
}

/** Points that no member covers well, with past partners in funded projects on them. */
export function Gaps({ v, team, language }: Shown) {
  const open = team.statements.filter((s) => s.by.every((m) => m.level !== 'well'));
  if (open.length === 0) return <p>{v.t('joint.no-gaps')}</p>;
  return (
    <ol class="plain-list">
      {open.map(({ number, text, partners }) => (
        <li key={number}>
          <p>
            <span class="muted">{number}.</span> <span lang={language}>{shortened(text, LONGEST)}</span>
            <br />
            <span class="small muted">
              {partners.length === 0
                ? v.t('joint.no-past')
                : v.t('joint.past', {
                    list: partners
                      .map((p) => `${p.name} (${[p.country, ...p.projects].join(', ')})`)
                      .join('; '),
                  })}
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}
