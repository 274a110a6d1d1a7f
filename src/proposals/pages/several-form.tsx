import { Field, FormError } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { ProposalView } from '../api/proposal-views.js';
import { everybodyOf, type Situation } from '../proposing.js';

export interface SeveralShown {
  v: Viewer;
  situation: Situation;
  asked: ProposalView[];
  path: string;
  /** The selection and input; its id keeps a double click from sending twice. */
  typed: { id: string; researchers: string[]; word: string };
  error: string | null;
}

/** The form to several people: each gets their ready-made message, with a personal note by the officer. */
export function SeveralForm({ v, situation, asked, path, typed, error }: SeveralShown) {
  const before = new Set(asked.map((p) => p.researcher.id));
  const suited = new Set(situation.candidates.map((c) => c.researcher.id));
  const people = everybodyOf(situation).filter((r) => !before.has(r.id));
  if (people.length < 2) return null;
  return (
    <details class="card several" open={error !== null}>
      <summary>{v.t('several.title')}</summary>
      <form method="post" action={`${path}/several`}>
        <input type="hidden" name="id" value={typed.id} />
        <p class="muted">{v.t('several.says')}</p>
        <FormError says={error} />
        <fieldset>
          <legend>{v.t('several.whom')}</legend>
          <ul class="plain-list several-people">
            {people.map((r) => (
              <li key={r.id}>
                <label class="choice">
                  <input
                    type="checkbox"
                    name="researchers"
                    value={r.id}
                    checked={typed.researchers.includes(r.id)}
                  />{' '}
                  {r.name}
                  {suited.has(r.id) && <span class="badge"> {v.t('several.suits')}</span>}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Field id="several-word" label={v.t('several.word')} help={v.t('several.word-help')}>
          <textarea
            id="several-word"
            name="word"
            rows={3}
            maxLength={600}
            aria-describedby="several-word-help"
          >
            {typed.word}
          </textarea>
        </Field>
        <button type="submit" class="primary">
          {v.t('several.send')}
        </button>
      </form>
    </details>
  );
}
