import type { ComponentChildren } from 'preact';
import { WEEKDAYS } from '../../domain/schedule/schedule.js';
import type { Preferences } from '../../domain/preferences/preferences.js';
import type { ChosenPreferences } from '../../preferences/preferences-views.js';
import { Field } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';

export interface PreferencesShown {
  v: Viewer;
  preferences: ChosenPreferences;
  /** What holds where a field is empty. */ defaults: Preferences;
  sent: Typed;
}

const yesOrNo = (value: boolean): 'yes' | 'no' => (value ? 'yes' : 'no');

/** What stands in the fields for preferences that were chosen; an empty one was not. */
function standing({
  frequency,
  weekday,
  at,
  zone,
  urgent,
  dailyLimit,
  deadlineDays,
  from,
}: ChosenPreferences): Record<string, string> {
  return {
    frequency: frequency ?? '',
    weekday: weekday ?? '',
    at: at ?? '',
    zone: zone ?? '',
    urgent: urgent === null ? '' : yesOrNo(urgent),
    dailyLimit: dailyLimit === null ? '' : String(dailyLimit),
    deadlineDays: deadlineDays?.join(', ') ?? '',
    from: from ?? '',
  };
}

interface OneField {
  v: Viewer;
  name: string;
  label: string;
  sent: Typed;
  stands: string;
}

const described = ({ name, sent }: Pick<OneField, 'name' | 'sent'>, help: boolean) =>
  sent.errors[name] ? `${name}-error` : help ? `${name}-help` : undefined;

function Choice({
  v,
  name,
  label,
  sent,
  stands,
  help,
  options,
  standard,
}: OneField & { help?: string; options: { value: string; text: string }[]; standard: string }) {
  const chosen = sent.typed[name] ?? stands;
  return (
    <Field id={name} label={label} error={sent.errors[name]} {...(help && { help })}>
      <select id={name} name={name} aria-describedby={described({ name, sent }, Boolean(help))}>
        <option value="" selected={chosen === ''}>
          {v.t('preferences.default', { what: options.find((o) => o.value === standard)?.text ?? standard })}
        </option>
        {options.map(({ value, text }) => (
          <option key={value} value={value} selected={chosen === value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Line({
  v,
  name,
  label,
  sent,
  stands,
  standard,
  time = false,
}: OneField & { standard: string; time?: boolean }) {
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
      {time ? <input type="time" {...own} /> : <input {...own} />}
    </Field>
  );
}

/** When, and what of: the fields that most people look for. `children` stand among them. */
export function MainPreferences({
  v,
  preferences,
  defaults,
  sent,
  children,
}: PreferencesShown & { children?: ComponentChildren }) {
  const stands = standing(preferences);
  const of = (name: string) => ({ v, name, sent, stands: stands[name] ?? '' });
  return (
    <div class="fields long">
      <Choice
        {...of('frequency')}
        label={v.t('preferences.frequency')}
        standard={defaults.frequency}
        options={(['weekly', 'daily', 'at-once'] as const).map((value) => ({
          value,
          text: v.t(`preferences.frequency.${value}`),
        }))}
      />
      <Choice
        {...of('weekday')}
        label={v.t('preferences.weekday')}
        standard={defaults.weekday}
        options={WEEKDAYS.map((value) => ({ value, text: v.t(`preferences.day.${value}`) }))}
      />
      <Line {...of('at')} label={v.t('preferences.at')} standard={defaults.at} time />
      <Choice
        {...of('from')}
        label={v.t('preferences.from')}
        standard={defaults.from}
        options={(['strong', 'possible'] as const).map((value) => ({
          value,
          text: v.t(`preferences.from.${value}`),
        }))}
      />
      <Choice
        {...of('urgent')}
        label={v.t('preferences.urgent')}
        help={v.t('preferences.urgent-help')}
        standard={yesOrNo(defaults.urgent)}
        options={(['yes', 'no'] as const).map((value) => ({ value, text: v.t(`preferences.${value}`) }))}
      />
      {children}
    </div>
  );
}

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
