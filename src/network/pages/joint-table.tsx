import type { JointView } from '../api/joint-views.js';
import { dayText } from '../../ui/dates.js';
import { DaysLeft, Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { jointPath } from './interest.controller.js';

interface Shown {
  v: Viewer;
  /** The member whose list it is; null for the network's list. */
  profileId: string | null;
  joint: JointView[];
}

/** Joint opportunities by deadline; on narrow screens each is a card. */
export const JointTable = ({ v, profileId, joint }: Shown) => (
  <table class="joint-table" role="table">
    <thead role="rowgroup">
      <tr role="row">
        {(['pipeline.call', 'joint.deadline', 'joint.stage', 'joint.members'] as const).map((key) => (
          <th key={key} scope="col" role="columnheader">
            {v.t(key)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {joint.map((j) => (
        <tr key={j.id} role="row">
          <th scope="row" role="rowheader">
            <a href={jointPath(profileId, j.id)} lang={j.call.language}>
              {j.call.title}
            </a>
            {j.wanted !== null && (
              <span class="small wanted">
                {v.t('text.labelled', { label: v.t('joint.wanted'), value: j.wanted })}
                {j.wantedBy !== null && ` (${dayText(v, j.wantedBy)})`}
              </span>
            )}
          </th>
          <td role="cell">
            {j.call.nextDeadline === null ? (
              <span class="muted small">{v.t('joint.no-deadline')}</span>
            ) : (
              <>
                <DaysLeft v={v} at={j.call.nextDeadline} />{' '}
                <span class="muted small">{dayText(v, j.call.nextDeadline)}</span>
              </>
            )}
          </td>
          <td role="cell">{v.t(`joint.stage.${j.stage}`)}</td>
          <td role="cell">
            <Dots parts={j.members.map((m) => (m.id === j.lead?.id ? <strong>{m.name}</strong> : m.name))} />
            {j.lead === null && <span class="badge changed">{v.t('joint.no-lead')}</span>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
