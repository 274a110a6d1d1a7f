import type { JointView } from '../api/joint-views.js';
import type { Interests } from '../interests.js';
import { Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { interestPath } from './interest-card.js';
import { JointTable } from './joint-table.js';

interface Shown {
  v: Viewer;
  profileId: string;
  joint: JointView[];
  interests: Awaited<ReturnType<Interests['ofProfile']>>;
}

/** The joint opportunities and open interests of an institute. */
export const OwnJointPage = ({ v, profileId, joint, interests }: Shown) => (
  <>
    <p class="small">
      <a href={`/institutes/${profileId}/pipeline`}>{v.t('pipeline.title')}</a>
    </p>
    <h1>{v.t('joint.list')}</h1>
    {joint.length > 0 ? (
      <JointTable v={v} profileId={profileId} joint={joint} />
    ) : (
      <Empty title={v.t('joint.none')} />
    )}
    <section aria-labelledby="interests">
      <h2 id="interests">{v.t('joint.interests')}</h2>
      {interests.length === 0 ? (
        <p class="muted">{v.t('joint.no-interests')}</p>
      ) : (
        <ul class="plain-list">
          {interests.map(({ callId, title, others, joint }) => (
            <li key={callId}>
              <a href={interestPath(profileId, callId)}>{title}</a>{' '}
              <span class="muted small">{v.t('joint.interest-others', { n: others })}</span>{' '}
              {joint && joint !== 'outside' && <span class="badge">{v.t(`joint.interest.${joint}`)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  </>
);
