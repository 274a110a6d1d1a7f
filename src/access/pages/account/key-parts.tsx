import { Conflict } from '../../../kernel/errors.js';
import { changesAnything } from '../../../kernel/actor.js';
import { LONGEST_KEY_DAYS } from '../../../kernel/lifetimes.js';
import type { KeyView, MadeKey } from '../../api/credential-views.js';
import { NewKey, type Keys } from '../../keys.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { readForm, type Typed } from '../../../ui/form.js';
import { Dots, Field } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

interface KeysModel extends Typed {
  keys: KeyView[];
  /** Where the forms post to; each key's path is below it. */
  action: string;
  /** The key created by this request, shown only once. */
  made: MadeKey | null;
}

/** Creates a key from the form; returns it, or the form with what is wrong, and the status of the page. */
export async function madeKey(
  v: Viewer,
  keys: Keys,
  owner: Parameters<Keys['make']>[0],
  body: unknown,
): Promise<{ status: number; extra: { made: MadeKey } | { key: Typed } }> {
  const form = readForm(NewKey, body, v.language);
  if (!form.ok) return { status: 422, extra: { key: form } };
  try {
    return { status: 200, extra: { made: await keys.make(owner, form.value, v.actor!) } };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { status: 422, extra: { key: { typed: form.typed, errors: { name: v.t('keys.full') } } } };
  }
}

/** The validity periods on offer, in days. */
const DAYS = [30, 90, 180, LONGEST_KEY_DAYS];

/** The keys of one owner: the list and the form for a new one. */
export function KeysPart({ v, model }: { v: Viewer; model: KeysModel }) {
  return (
    <>
      {model.made && <Made v={v} made={model.made} />}
      {model.keys.length === 0 ? (
        <p class="muted">{v.t('keys.none')}</p>
      ) : (
        <>
          <p class="muted small">{v.t('keys.makes')}</p>
          <ul class="entries">
            {model.keys.map((key) => (
              <Key key={key.id} v={v} shown={key} action={model.action} />
            ))}
          </ul>
        </>
      )}
      <details open={Object.keys(model.errors).length > 0}>
        <summary>{v.t('keys.make')}</summary>
        <ConfirmFirst v={v} />
        <MakeForm v={v} model={model} />
      </details>
    </>
  );
}

function Made({ v, made }: { v: Viewer; made: MadeKey }) {
  return (
    <div class="notice" role="status">
      <p>{v.t('keys.made', { name: made.name })}</p>
      <div class="secret">
        <label for="made-key">{v.t('keys.value')}</label>
        <input id="made-key" readOnly value={made.key} autocomplete="off" spellcheck={false} />
        <button class="script-only" type="button" data-copy="made-key" data-copied={v.t('keys.copied')}>
          {v.t('keys.copy')}
        </button>
      </div>
    </div>
  );
}

function Key({ v, shown, action }: { v: Viewer; shown: KeyView; action: string }) {
  const used = shown.lastUsedAt
    ? v.t('keys.used', { when: momentText(v, shown.lastUsedAt) })
    : v.t('keys.never-used');
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {shown.name} <code>{shown.hint}…</code>{' '}
          <span class="badge">{v.t(`keys.scope.${shown.scope}`)}</span>
        </p>
        <p class="muted small">
          <Dots
            parts={[
              v.t('keys.until', { when: dayText(v, shown.expiresAt) }),
              used,
              v.t('keys.by', { who: shown.createdBy }),
            ]}
          />
        </p>
      </div>
      <form method="post" action={`${action}/${shown.id}/revoke`}>
        <button class="danger" type="submit" aria-label={v.t('keys.revoke-which', { name: shown.name })}>
          {v.t('keys.revoke')}
        </button>
      </form>
    </li>
  );
}

function MakeForm({ v, model: { action, errors, typed } }: { v: Viewer; model: KeysModel }) {
  const scopes = v.actor && changesAnything(v.actor) ? (['read', 'write'] as const) : (['read'] as const);
  return (
    <form method="post" action={action}>
      <div class="fields">
        <Field id="key-name" label={v.t('keys.name')} error={errors['name']}>
          <input
            id="key-name"
            name="name"
            required
            maxLength={100}
            value={typed['name']}
            aria-describedby={errors['name'] ? 'key-name-error' : undefined}
          />
        </Field>
        <Field id="key-scope" label={v.t('keys.scope')} error={errors['scope']}>
          <select id="key-scope" name="scope">
            {scopes.map((s) => (
              <option key={s} value={s} selected={typed['scope'] === s}>
                {v.t(`keys.scope.${s}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="key-days" label={v.t('keys.days')} error={errors['days']}>
          <select id="key-days" name="days">
            {DAYS.map((d) => (
              <option key={d} value={d} selected={(typed['days'] ?? '90') === String(d)}>
                {v.t('keys.days.n', { days: d })}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <button class="primary" type="submit">
        {v.t('keys.make')}
      </button>
    </form>
  );
}
