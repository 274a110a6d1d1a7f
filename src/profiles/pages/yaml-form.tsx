import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/name-in.js';
import { pathInWords } from '../../kernel/issues.js';
import { sayInFile } from '../../i18n/sentences.js';
import type { YamlProblem } from '../../platform/config/yaml.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

export interface YamlState {
  text: string;
  version: number;
  problems: YamlProblem[];
  stale: boolean;
}

/** The same words as at start with a wrong file, in the reader's language; keys and values are the file's. */
const Problem = ({ v, p }: { v: Viewer; p: YamlProblem }) => {
  const { problem, fix } = sayInFile(v.language, p);
  return (
    <li>
      {p.line !== null && <strong>{v.t('yaml.line', { n: p.line })} </strong>}
      {p.path.length > 0 && <code>{pathInWords(p.path)}</code>} {problem}. {fix}
    </li>
  );
};

/** A profile as a file: to download, upload or paste. */
export function YamlForm({ v, profile, state }: { v: Viewer; profile: Profile; state: YamlState }) {
  const at = `/institutes/${profile.id}`;
  return (
    <>
      <p>
        <a href={`${at}/profile`}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('yaml.of', { name: nameIn(profile.name, 'of', v.language) })}</h1>
      <p>{v.t('yaml.help')}</p>
      <p>
        <a class="button" href={`${at}/profile.yaml`} download>
          {v.t('yaml.download')}
        </a>
      </p>
      {state.stale && (
        <p class="notice warn" role="alert">
          {v.t('yaml.stale')}
        </p>
      )}
      {state.problems.length > 0 && (
        <div class="notice bad" role="alert">
          <p>{v.t('form.problems', { n: state.problems.length })}</p>
          <ul>
            {state.problems.map((p, i) => (
              <Problem key={i} v={v} p={p} />
            ))}
          </ul>
        </div>
      )}
      <form method="post" action={`${at}/profile/yaml`} encType="multipart/form-data">
        <input type="hidden" name="version" value={state.version} />
        <Field id="file" label={v.t('yaml.file')} help={v.t('yaml.file.help')}>
          <input
            id="file"
            name="file"
            type="file"
            accept=".yaml,.yml,text/yaml"
            aria-describedby="file-help"
          />
        </Field>
        <Field id="text" label={v.t('yaml.text')}>
          <textarea id="text" name="text" class="code" rows={30} spellcheck={false}>
            {state.text}
          </textarea>
        </Field>
        <p class="row">
          <button type="submit" class="primary">
            {v.t('form.save')}
          </button>
          <a href={`${at}/profile`}>{v.t('form.cancel')}</a>
        </p>
      </form>
    </>
  );
}
