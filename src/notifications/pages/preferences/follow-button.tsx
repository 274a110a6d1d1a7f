import type { FollowKind } from '../../domain/content/message.js';
import type { Viewer } from '../../../ui/viewer.js';

/** Something the viewer may follow: whether they do, and the page to return to. */
export interface FollowShown {
  kind: FollowKind;
  target: string;
  name: string;
  following: boolean;
  back: string;
}

/** Follows or unfollows, for people who are signed in; nobody else gets e-mails. */
export function FollowButton({
  v,
  shown: { kind, target, name, following, back },
  plain = false,
}: {
  v: Viewer;
  shown: FollowShown;
  plain?: boolean;
}) {
  if (!v.actor?.personId) return null;
  return (
    <form method="post" action={`/account/follows/${kind}/${target}`} class="no-print">
      <input type="hidden" name="following" value={following ? 'no' : 'yes'} />
      <input type="hidden" name="back" value={back} />
      <button
        type="submit"
        class={plain ? 'plain' : undefined}
        aria-label={v.t(following ? 'preferences.leave-which' : 'preferences.follow-which', { name })}
      >
        {v.t(following ? 'preferences.leave' : 'preferences.follow')}
      </button>
    </form>
  );
}
