import { profileDiff } from '../domain/profile-diff.js';
import type { Profile } from '../domain/profile.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { CompetenceList } from './competences/competence-fields.js';
import { ContactList, LanguageChoice } from './contact-fields.js';
import { Difference } from './difference.js';
import { PreferenceList } from './preferences/preference-list.js';
import { PreviewPanel, type Previewed } from './preview-panel.js';
import type { ProfileFields } from './profile-form.js';
import type { Errors } from './form-errors.js';

/** The state of the editor: its field values, their errors, and the version it started from. */
export interface EditorState {
  fields: ProfileFields;
  errors: Errors;
  version: number;
  previewed: Previewed | null;
  fresh: number | null;
  /** Set if somebody else has saved since: the difference, and what to do. */
  stale: { says: 'profile.stale.help' | 'profile.stale.unseen'; from: Profile; to: Profile } | null;
  /** A change filled in from the URL and not saved. */
  proposed: { from: Profile; to: Profile } | null;
  /** Whether the fields hold unsaved input. */
  unsaved: boolean;
}

function Problems({ v, errors }: { v: Viewer; errors: Errors }) {
  const paths = Object.keys(errors);
  if (!paths.length) return null;
  const target = (path: string): string =>
    path
      .replace(/(keywords|exclusions|countries)\.\d+$/, '$1')
      .replace(
        /^(preferences\.(?:trl|budget))(\.max)?.*$/,
        (_, field: string, max?: string) => `${field}${max ? 'Max' : 'Min'}`,
      );
  return (
    <div class="notice bad" role="alert">
      <p>{v.t('form.problems', { n: paths.length })}</p>
      <ul>
        {paths.map((p) => (
          <li key={p}>
            <a href={`#${target(p)}`}>{errors[p]}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Stale({ v, stale }: { v: Viewer; stale: NonNullable<EditorState['stale']> }) {
  return (
    <section class="notice warn" role="alert" aria-labelledby="stale-title">
      <h2 id="stale-title">{v.t('profile.stale')}</h2>
      <p>{v.t(stale.says)}</p>
      <Difference v={v} from={stale.from} to={stale.to} />
    </section>
  );
}

function Proposed({
  v,
  proposed: { from, to },
}: {
  v: Viewer;
  proposed: NonNullable<EditorState['proposed']>;
}) {
  if (!profileDiff(from, to).length)
    return (
      <p class="notice warn" role="alert">
        {v.t('suggestion.gone')}
      </p>
    );
  return (
    <section class="notice" aria-labelledby="proposed-title">
      <h2 id="proposed-title">{v.t('suggestion.title')}</h2>
      <p>{v.t('suggestion.help')}</p>
      <Difference v={v} from={from} to={to} />
    </section>
  );
}

const Toolbar = ({ v, profileId }: { v: Viewer; profileId: string }) => (
  <div class="toolbar row">
    <button type="submit" name="action" value="save" class="primary">
      {v.t('form.save')}
    </button>
    <button type="submit" formaction={`/institutes/${profileId}/profile/preview`}>
      {v.t('profile.preview.button')}
    </button>
    <a href={`/institutes/${profileId}/profile`}>{v.t('form.cancel')}</a>
  </div>
);

function Identity({ v, fields, errors }: { v: Viewer; fields: ProfileFields; errors: Errors }) {
  return (
    <section class="card" aria-labelledby="identity-title">
      <h2 id="identity-title">{v.t('profile.institute')}</h2>
      <div class="pairs">
        <Field id="name" label={v.t('profile.name')} error={errors['name']}>
          <input
            id="name"
            name="name"
            value={fields.name}
            maxLength={200}
            aria-describedby={errors['name'] && 'name-error'}
          />
        </Field>
        <LanguageChoice v={v} id="language" value={fields.language} label={v.t('profile.language')} />
      </div>
    </section>
  );
}

/** The form of a profile, with its preview beside it. */
export function Editor({ v, profileId, state }: { v: Viewer; profileId: string; state: EditorState }) {
  const at = `/institutes/${profileId}/profile`;
  const { fields, errors } = state;
  return (
    <div class="with-preview">
      <div id="bench">
        <div id="workbench">
          {state.stale && <Stale v={v} stale={state.stale} />}
          {state.proposed && <Proposed v={v} proposed={state.proposed} />}
          <Problems v={v} errors={errors} />
          <form id="editor" method="post" action={at} noValidate data-unsaved={state.unsaved || undefined}>
            <input type="hidden" name="version" value={state.version} />
            <Toolbar v={v} profileId={profileId} />
            <Identity v={v} fields={fields} errors={errors} />
            <h2>{v.t('profile.competences')}</h2>
            <p
              class="muted small script-only"
              id="keyword-calls"
              hidden
              data-of={`/v1/profiles/${profileId}/keywords`}
            >
              {v.t('profile.keywords.calls')}
            </p>
            <CompetenceList v={v} list={fields.competences} errors={errors} fresh={state.fresh} at={at} />
            <PreferenceList v={v} p={fields.preferences} errors={errors} />
            <ContactList v={v} list={fields.contacts} errors={errors} at={at} />
          </form>
        </div>
      </div>
      <PreviewPanel
        v={v}
        profileId={profileId}
        previewed={state.previewed}
        atOnce={state.proposed !== null}
      />
    </div>
  );
}
