import { type ComponentChildren, Fragment } from 'preact';
import { PipelineMails } from '../../../access/domain/sign-in-mails.js';
import { WEEKDAYS, type Preferences, YES_OR_NO } from '../../domain/preferences/preferences.js';
import type { ChosenPreferences } from '../../api/preferences-views.js';
import { Field } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/form.js';
import type { Viewer } from '../../../ui/viewer.js';

export interface PreferencesShown {
  v: Viewer;
  preferences: ChosenPreferences;
  /** Used if a field is empty. */ defaults: Preferences;
  sent: Typed;
}

const yesOrNo = (value: boolean): 'yes' | 'no' => (value ? 'yes' : 'no');

/** Returns the field values of preferences; a field is empty if not chosen. */
const standing = (preferences: ChosenPreferences): Record<string, string> =>
  Object.fromEntries(
    Object.entries(preferences).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? yesOrNo(value) : [value ?? []].flat().join(', '),
    ]),
  );

interface OneField {
  v: Viewer;
  name: string;
  label: string;
  sent: Typed;
  stands: string;
}

const described = ({ name, sent }: Pick<OneField, 'name' | 'sent'>, help: boolean) =>
  sent.errors[name] ? `${name}-error` : help ? `${name}-help` : undefined;

function Line({ v, name, label, sent, stands, standard }: OneField & { standard: string }) {
  const own = {
    id: name,
    name,
    value: sent.typed[name] ?? stands,
    'aria-describedby': described({ name, sent }, true),
    'aria-invalid': sent.errors[name] ? 'true' : undefined,
  } as const;
  return (
    <Field
      id={name}
      label={label}
      error={sent.errors[name]}
      help={v.t('preferences.as-set', { what: standard })}
    >
      <input {...own} />
    </Field>
  );
}

/** A field within a sentence: `before` reads on visually, the label is for screen readers. */
function Word({
  v,
  name,
  label,
  before,
  sent,
  stands,
  options,
  standard,
}: OneField & { before: string; options?: { value: string; text: string }[]; standard: string }) {
  const value = sent.typed[name] ?? stands;
  const error = sent.errors[name];
  const own = {
    id: name,
    name,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': error && `${name}-error`,
  };
  return (
    <span class={error ? 'word wrong' : 'word'}>
      <span aria-hidden="true">{before}</span>{' '}
      <label class="hidden-visually" for={name}>
        {label}
      </label>
      {options ? (
        <select {...own}>
          <option value="" selected={value === ''}>
            {v.t('preferences.default', {
              what: options.find((o) => o.value === standard)?.text ?? v.t('text.other'),
            })}
          </option>
          {options.map((o) => (
            <option key={o.value} value={o.value} selected={value === o.value}>
              {o.text}
            </option>
          ))}
        </select>
      ) : (
        <>
          <input type="time" {...own} value={value} />
          {value === '' && <span class="small muted"> {v.t('preferences.default', { what: standard })}</span>}
        </>
      )}
    </span>
  );
}

const IN_SENTENCE = ['frequency', 'weekday', 'at', 'from', ...YES_OR_NO] as const;
type InSentence = (typeof IN_SENTENCE)[number];

/** Returns the default: one of the options, or a time as people write it. */
function standardOf(v: Viewer, name: InSentence, defaults: Preferences): string {
  const standard = defaults[name];
  if (typeof standard === 'boolean') return yesOrNo(standard);
  if (name !== 'at') return standard;
  const [hour, minute] = standard.split(':').map(Number);
  return v.t('when.time', { hour: hour!, minute: minute! });
}

/** When and what, in a sentence: "A digest every week on Monday at 07:00, with …". `children` follow. */
export function MainPreferences({
  v,
  preferences,
  defaults,
  sent,
  children,
}: PreferencesShown & { children?: ComponentChildren }) {
  const stands = standing(preferences);
  const word = (name: InSentence) => ({
    v,
    name,
    sent,
    stands: stands[name] ?? '',
    label: v.t(`preferences.${name}`),
    before: v.t(`preferences.before.${name}`),
    standard: standardOf(v, name, defaults),
  });
  const wrong = IN_SENTENCE.filter((n) => sent.errors[n]);
  return (
    <>
      <p class="sentence">
        <Word
          {...word('frequency')}
          options={(['weekly', 'daily', 'at-once'] as const).map((value) => ({
            value,
            text: v.t(`preferences.frequency.${value}`),
          }))}
        />{' '}
        <Word
          {...word('weekday')}
          options={WEEKDAYS.map((value) => ({ value, text: v.t(`preferences.day.${value}`) }))}
        />{' '}
        <Word {...word('at')} />{' '}
        <Word
          {...word('from')}
          options={(['strong', 'possible', 'uncertain'] as const).map((value) => ({
            value,
            text: v.t(`preferences.from.${value}`),
          }))}
        />
      </p>
      {YES_OR_NO.map((name) => (
        <Fragment key={name}>
          <p class="sentence">
            <Word
              {...word(name)}
              options={(['yes', 'no'] as const).map((value) => ({
                value,
                text: v.t(`text.${value}`),
              }))}
            />
          </p>
          <p class="help muted small">{v.t(`preferences.${name}-help`)}</p>
        </Fragment>
      ))}
      {wrong.map((name) => (
        <p key={name} class="error" id={`${name}-error`}>
          {sent.errors[name]}
        </p>
      ))}
      {children && <div class="fields long">{children}</div>}
    </>
  );
}

/** Which e-mails about the institute's pipeline the person gets. */
export const PipelineSentence = ({ v, chosen }: { v: Viewer; chosen: string }) => (
  <p class="sentence">
    <span class="word">
      <span aria-hidden="true">{v.t('preferences.pipeline')}</span>{' '}
      <label class="hidden-visually" for="pipeline">
        {v.t('preferences.pipeline')}
      </label>
      <select id="pipeline" name="pipeline">
        {PipelineMails.options.map((value) => (
          <option key={value} value={value} selected={value === chosen}>
            {v.t(`preferences.pipeline.${value}`)}
          </option>
        ))}
      </select>
    </span>
  </p>
);

/** The rest, which few people change. */
export function MorePreferences({
  v,
  preferences,
  defaults,
  sent,
  children,
}: PreferencesShown & { children?: ComponentChildren }) {
  const stands = standing(preferences);
  const of = (name: string) => ({ v, name, sent, stands: stands[name] ?? '' });
  return (
    <details open={['zone', 'dailyLimit', 'deadlineDays'].some((name) => sent.errors[name])}>
      <summary>{v.t('preferences.more')}</summary>
      <div class="fields long">
        <Line {...of('zone')} label={v.t('preferences.zone-field')} standard={defaults.zone} />
        <Line
          {...of('dailyLimit')}
          label={v.t('preferences.daily-limit')}
          standard={String(defaults.dailyLimit)}
        />
        <Line
          {...of('deadlineDays')}
          label={v.t('preferences.days')}
          standard={defaults.deadlineDays.join(', ')}
        />
        {children}
      </div>
    </details>
  );
}
