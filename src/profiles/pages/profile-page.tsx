import type { ToConfirm } from '../../matching/domain/drafting/to-confirm.js';
import type { LearnedVerdict } from '../../matching/learned.js';
import { labelsIn } from '../domain/label-in.js';
import type { Profile } from '../domain/profile.js';
import { isUndescribed } from '../domain/undescribed.js';
import { nameIn } from '../domain/name-in.js';
import type { Standing } from '../profiles.js';
import type { InstituteHead } from '../../ui/layout.js';
import { dayText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { ContactStates } from './contacts/contact-states.js';
import { FollowButton } from '../../notifications/pages/preferences/follow-button.js';
import { Difference } from './difference.js';
import { Editor, type EditorState } from './editor.js';
import { Learned } from '../../matching/pages/learned.js';
import { ProfileToRead } from './reading.js';
import { WhyLinks } from '../../tuning/pages/why-links.js';
import { ToConfirmList } from './to-confirm-list.js';

export interface ProfilePageModel {
  standing: Standing;
  /** For an unconfirmed profile. */
  points: ToConfirm[];
  may: boolean;
  /** Whether the viewer follows it. */
  following: boolean;
  /** Null for read-only viewers. */
  editor: EditorState | null;
  /** Null for viewers outside the institute. */
  learned: LearnedVerdict[] | null;
}

export const headOf = ({ id, name, confirmed }: Profile): InstituteHead => ({ id, name, confirmed });

/** The file on the server has changed since somebody edited here: shows both until one is chosen. */
function FileConflict({
  v,
  version,
  saved,
  file,
  may,
}: {
  v: Viewer;
  version: number;
  saved: Profile;
  file: Profile;
  may: boolean;
}) {
  return (
    <section class="notice warn" aria-labelledby="file-title">
      <h2 id="file-title">{v.t('profile.file')}</h2>
      <p>{v.t('profile.file.help')}</p>
      <details>
        <summary>{v.t('profile.file.difference')}</summary>
        <Difference v={v} from={saved} to={file} />
      </details>
      {may && (
        <form method="post" action={`/institutes/${saved.id}/profile/file`}>
          <input type="hidden" name="version" value={version} />
          <button type="submit">{v.t('profile.file.take')}</button>
        </form>
      )}
    </section>
  );
}

const Links = ({
  v,
  id,
  may,
  standing: { profile, version },
}: {
  v: Viewer;
  id: string;
  may: boolean;
  standing: Standing;
}) => (
  <p class="row">
    <span class="muted">{v.t('profile.saved', { n: version, when: dayText(v, profile.updatedAt) })}</span>
    <a href={`/institutes/${id}/profile/track-record`}>{v.t('record.title')}</a>
    <a href={`/institutes/${id}/profile/versions`}>{v.t('versions.title')}</a>
    {may ? (
      <a href={`/institutes/${id}/profile/yaml`}>{v.t('yaml.title')}</a>
    ) : (
      <a href={`/institutes/${id}/profile.yaml`} download>
        {v.t('yaml.download')}
      </a>
    )}
  </p>
);

/** An institute's profile: the editor for those who may change it, text for everyone else. */
export function ProfilePage({
  v,
  model: { standing, points, may, following, editor, learned },
}: {
  v: Viewer;
  model: ProfilePageModel;
}) {
  const { content, fileConflict } = standing.profile;
  return (
    <>
      <h1>{v.t('profile.title', { name: nameIn(content.name, 'of', v.language) })}</h1>
      <Links v={v} id={content.id} may={may} standing={standing} />
      <div class="row profile-ways">
        <FollowButton
          v={v}
          shown={{
            kind: 'profile',
            target: content.id,
            name: content.name,
            following,
            back: `/institutes/${content.id}/profile`,
          }}
        />
        <WhyLinks v={v} profileId={content.id} />
      </div>
      {may && isUndescribed(content) && (
        <p class="notice">
          <a href={`/institutes/${content.id}/start`}>{v.t('start.from-profile')}</a>
        </p>
      )}
      {fileConflict && (
        <FileConflict v={v} version={standing.version} saved={content} file={fileConflict} may={may} />
      )}
      {!content.confirmed && (
        <ToConfirmList
          v={v}
          profileId={content.id}
          version={standing.version}
          points={points}
          called={labelsIn(content.competences, v.language)}
          may={may}
        />
      )}
      <ContactStates v={v} standing={standing} may={may} />
      {editor ? (
        <Editor v={v} profileId={content.id} state={editor} />
      ) : (
        <ProfileToRead v={v} profile={content} />
      )}
      {learned && <Learned v={v} profileId={content.id} learned={learned} may={may} />}
    </>
  );
}
