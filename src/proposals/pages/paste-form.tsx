import { MOST_PEOPLE, type LineProblem } from '../domain/pasted-people.js';
import { labelIn } from '../../profiles/domain/label-in.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** The submitted lines, with the errors of the whole or of single lines. */
export interface Pasted {
  lines: string;
  wrong?: string;
  problems: LineProblem[];
}

/** More than any list of people that is accepted at once. */
export const MOST_LETTERS = 100_000;

/** The form to add several people at once, with the errors of its lines. */
export function PasteForm({ v, profile, pasted }: { v: Viewer; profile: Profile; pasted: Pasted }) {
  const people = `/institutes/${profile.id}/people`;
  const line = `Marie Martin <marie.martin@example.org>; ${labelIn(profile.competences[0]!, v.language)}`;
  const { lines, problems, wrong } = pasted;
  return (
    <div class="narrow">
      <p>
        <a href={people}>{v.t('people.back')}</a>
      </p>
      <h1>{v.t('people.paste-title')}</h1>
      {problems.length > 0 && (
        <div class="notice bad" role="alert">
          <p>{v.t('people.paste-nothing')}</p>
          <ul>
            {problems.map((p) => (
              <li key={p.line}>
                {v.t(`people.line-${p.wrong}`, { line: p.line, text: p.text, most: MOST_PEOPLE })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <form method="post" action={`${people}/paste`} class="card">
        <p id="how">{v.t('people.paste-help', { language: profile.language })}</p>
        <Field
          id="lines"
          label={v.t('people.paste-lines')}
          help={v.t('people.paste-example', { line })}
          error={wrong}
        >
          <textarea
            id="lines"
            name="lines"
            rows={12}
            required
            maxLength={MOST_LETTERS}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={wrong ? 'lines-error' : 'how lines-help'}
          >
            {lines}
          </textarea>
        </Field>
        <div class="row">
          <button type="submit" class="primary">
            {v.t('people.paste-do')}
          </button>
          <a href={people}>{v.t('form.cancel')}</a>
        </div>
      </form>
    </div>
  );
}
