import { seesAllInside } from '../../kernel/actor.js';
import { type ContactState, contactStatesOf } from '../api/profile-views.js';
import type { Standing } from '../profiles.js';
import type { Viewer } from '../../ui/viewer.js';
import type { ToConfirm } from '../../matching/domain/drafting/to-confirm.js';
import { labelsIn, type LabelsIn, nameIn } from '../domain/names-in.js';
import type { LearnedVerdict, Threshold } from '../../matching/learned.js';
import { isUndescribed, type Profile } from '../domain/profile.js';
import type { InstituteHead } from '../../ui/page.js';
import { dayText } from '../../ui/dates.js';
import { FollowButton } from '../../notifications/pages/preferences/follow-button.js';
import { Difference } from './difference.js';
import { Editor, type EditorState } from './editor.js';
import { Learned } from '../../matching/pages/learned.js';
import { ProfileToRead } from './reading.js';
import { SuggestedChanges } from '../../explain/pages/own-suggestions.controller.js';
import type { ListedSuggestions } from '../../explain/own-suggestions.js';
import { WhyLinks } from '../../explain/pages/why-links.js';

interface Shown {
  v: Viewer;
  standing: Standing;
  may: boolean;
}

/** A form with one button about one contact. */
function About({
  v,
  at,
  email,
  label,
}: {
  v: Viewer;
  at: string;
  email: string;
  label: 'contacts.resend' | 'contacts.admit';
}) {
  return (
    <form method="post" action={at}>
      <input type="hidden" name="email" value={email} />
      <button type="submit" aria-label={v.t('text.labelled', { label: v.t(label), value: email })}>
        {v.t(label)}
      </button>
    </form>
  );
}

function State({
  v,
  base,
  state,
  may,
  inside,
}: {
  v: Viewer;
  base: string;
  state: ContactState;
  may: boolean;
  inside: boolean;
}) {
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">{state.email}</p>
        {!state.confirmed && (
          <p class="small">
            <span class="badge changed">{v.t('contacts.unconfirmed')}</span>
          </p>
        )}
        {!state.inside && <p class="small muted">{v.t('contacts.outside')}</p>}
      </div>
      {may && !state.confirmed && (
        <About v={v} at={`${base}/resend`} email={state.email} label="contacts.resend" />
      )}
      {may && inside && !state.inside && (
        <About v={v} at={`${base}/admit`} email={state.email} label="contacts.admit" />
      )}
    </li>
  );
}

/** What someone from outside requests, and the buttons of those who decide. */
function Change({
  v,
  base,
  standing: {
    contacts: { change },
  },
  may,
  inside,
}: Shown & { base: string; inside: boolean }) {
  if (!change) return null;
  const names =
    change.contacts.map((c) => `${c.name} (${c.email})`).join(', ') || v.t('contacts.change.nobody');
  return (
    <div class="notice warn">
      <p>
        {v.t('contacts.change', { by: change.askedBy ?? v.t('contacts.change.file') })} {names}
      </p>
      <p>{v.t('contacts.change.says')}</p>
      {may && (
        <div class="row">
          {inside && (
            <form method="post" action={`${base}/accept`}>
              <input type="hidden" name="asked" value={change.askedAt.toISOString()} />
              <button class="primary" type="submit">
                {v.t('contacts.accept')}
              </button>
            </form>
          )}
          <form method="post" action={`${base}/decline`}>
            <button type="submit">{v.t(inside ? 'contacts.decline' : 'contacts.take-back')}</button>
          </form>
        </div>
      )}
    </div>
  );
}

/** Contacts who have not agreed or were not let in from inside, and the pending change, if any. */
function ContactStates({ v, standing, may }: Shown) {
  const { id } = standing.profile.content;
  const open = contactStatesOf(standing).filter((s) => !s.confirmed || !s.inside);
  if (!open.length && !standing.contacts.change) return null;
  const base = `/institutes/${id}/contacts`;
  const inside = v.actor !== null && seesAllInside(v.actor, id);
  return (
    <section class="card" aria-labelledby="contact-states">
      <h2 id="contact-states">{v.t('contacts.title')}</h2>
      <Change v={v} base={base} standing={standing} may={may} inside={inside} />
      <ul class="entries">
        {open.map((state) => (
          <State key={state.email} v={v} base={base} state={state} may={may} inside={inside} />
        ))}
      </ul>
    </section>
  );
}

function sentence(v: Viewer, point: ToConfirm, called: LabelsIn): string {
  switch (point.point) {
    case 'few-competences':
      return v.t('confirm.few-competences', { n: point.count });
    case 'no-contact':
      return v.t('confirm.no-contact');
    case 'no-people':
      return v.t('confirm.no-people');
    case 'no-description':
      return v.t('confirm.no-description', { competence: called(point.competence) });
    case 'no-keywords':
      return v.t('confirm.no-keywords', { competence: called(point.competence) });
    case 'one-language':
      return v.t(point.missing === 'fr' ? 'confirm.only-english' : 'confirm.only-french', {
        competence: called(point.competence),
      });
    case 'repeated-keyword':
      return v.t('confirm.repeated-keyword', {
        competence: called(point.competence),
        keyword: point.keyword,
        also: called(point.also),
      });
    case 'common-keyword':
      return v.t('confirm.common-keyword', { competence: called(point.competence), keyword: point.keyword });
  }
}

/** Says that the institute has not confirmed its profile and what to check, with a button to confirm it. */
function ToConfirmList({
  v,
  profileId,
  version,
  points,
  called,
  may,
}: {
  v: Viewer;
  profileId: string;
  version: number;
  points: ToConfirm[];
  /** The competences' names in the reader's language. */
  called: LabelsIn;
  may: boolean;
}) {
  return (
    <section class="notice warn" id="to-confirm" aria-labelledby="to-confirm-title">
      <h2 id="to-confirm-title">{v.t('confirm.title')}</h2>
      <p>{v.t('confirm.intro')}</p>
      {points.length > 0 && <p>{v.t('confirm.points')}</p>}
      {points.length > 0 && (
        <ul>
          {points.map((p, i) => (
            <li key={i}>{sentence(v, p, called)}</li>
          ))}
        </ul>
      )}
      {may && (
        <form method="post" action={`/institutes/${profileId}/profile/confirm`}>
          <input type="hidden" name="version" value={version} />
          <button type="submit">{v.t('confirm.button')}</button>
        </form>
      )}
    </section>
  );
}

export interface ProfilePageModel {
  standing: Standing;
  /** For an unconfirmed profile. */
  points: ToConfirm[];
  may: boolean;
  following: boolean;
  /** Null for read-only viewers. */
  editor: EditorState | null;
  /** Null for viewers outside the institute. */
  learned: LearnedVerdict[] | null;
  /** Null for viewers outside the institute, or if its decisions do not move it. */
  threshold: Threshold | null;
  /** What the decisions suggest to those who may change the profile. */
  suggestions: ListedSuggestions;
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
  model: { standing, points, may, following, editor, learned, threshold, suggestions },
}: {
  v: Viewer;
  model: ProfilePageModel;
}) {
  const { content, fileConflict } = standing.profile;
  const called = labelsIn(content.competences, v.language);
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
          called={called}
          may={may}
        />
      )}
      <SuggestedChanges v={v} profileId={content.id} listed={suggestions} called={called} />
      <ContactStates v={v} standing={standing} may={may} />
      {editor ? (
        <Editor v={v} profileId={content.id} state={editor} />
      ) : (
        <ProfileToRead v={v} profile={content} />
      )}
      {learned && <Learned v={v} profileId={content.id} learned={learned} threshold={threshold} may={may} />}
    </>
  );
}
