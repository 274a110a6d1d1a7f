import { answerIn } from '../../domain/delivery/answer-in.js';
import { choiceTo } from '../../../i18n/formats.js';
import { sayIn } from '../../../i18n/say.js';
import type { Offered } from '../../channel-registry.js';
import type { ChannelView, MadeChannel, Tried } from '../../api/channel-views.js';
import type { DefaultsView } from '../../api/preferences-views.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { dayText } from '../../../ui/dates.js';
import { Dots, Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import { MainPreferences, MorePreferences } from '../preferences/preference-fields.js';

export interface ChannelsModel {
  path: string;
  /** Channels that can be added. */
  offered: readonly Offered[];
  /** The display name of a channel. */
  nameOf: (channel: string) => string;
  channels: ChannelView[];
  defaults: DefaultsView;
  writes: boolean;
  /** The result of the last action. */
  made: MadeChannel | null;
  tried: Tried | null;
  add: Typed;
  set: Typed;
}
type Shown = ChannelsModel & { v: Viewer };

function Done({ v, made, tried }: Shown) {
  return (
    <>
      {tried && (
        <p class={tried.ok ? 'flash' : 'notice bad'} role="status">
          {v.t(tried.ok ? 'channels.worked' : 'channels.failed', {
            answer: answerIn(tried.answer, v.language),
          })}
        </p>
      )}
      {made?.secret && (
        <div class="notice" role="status">
          <p>{v.t('channels.made', { name: made.name })}</p>
          <div class="secret">
            <label for="made-secret">{v.t('channels.secret-value')}</label>
            <input id="made-secret" readOnly value={made.secret} autocomplete="off" spellcheck={false} />
          </div>
        </div>
      )}
    </>
  );
}

function Buttons({
  v,
  path,
  channel: { id, name, signs, secrets },
}: {
  v: Viewer;
  path: string;
  channel: ChannelView;
}) {
  const steps = ['test', ...(signs ? ['secret'] : []), ...(secrets > 1 ? ['drop-old'] : [])] as (
    'test' | 'secret' | 'drop-old'
  )[];
  return (
    <div class="row">
      {steps.map((step) => (
        <form key={step} method="post" action={`${path}/${id}/${step}`}>
          <button type="submit" aria-label={v.t(`channels.${step}-which`, { name })}>
            {v.t(`channels.${step}`)}
          </button>
        </form>
      ))}
      <form method="post" action={`${path}/${id}/remove`}>
        <button class="danger" type="submit" aria-label={v.t('channels.remove-which', { name })}>
          {v.t('form.remove')}
        </button>
      </form>
    </div>
  );
}

function Channel({ v, path, channel, writes, nameOf }: Shown & { channel: ChannelView }) {
  const { name, address, holds, signs, secrets, stopped, locked } = channel;
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {name} <span class="badge">{nameOf(channel.channel)}</span>
        </p>
        <p class="muted small">
          <Dots
            parts={[
              <code>{address}</code>,
              v.t('channels.frequency', { frequency: v.t(`preferences.frequency.${holds.frequency}`) }),
              signs && v.t('channels.secrets', { n: secrets }),
            ]}
          />
        </p>
        {locked && <p class="notice bad">{v.t('channels.locked')}</p>}
        {stopped && (
          <p class="notice warn">{v.t('channels.stopped', { why: answerIn(stopped.why, v.language) })}</p>
        )}
      </div>
      {writes && <Buttons v={v} path={path} channel={channel} />}
    </li>
  );
}

function KindField({ v, offered, add: { typed } }: Shown) {
  return (
    <Field id="channel" label={v.t('channels.kind')}>
      <select id="channel" name="channel">
        {offered.map(({ id, name }) => (
          <option key={id} value={id} selected={typed['channel'] === id}>
            {sayIn(v.language, name)}
          </option>
        ))}
      </select>
    </Field>
  );
}

function AddressField({ v, offered, add: { typed, errors } }: Shown) {
  const found = offered.flatMap(({ offer }) => (offer.found ? [sayIn(v.language, offer.found)] : []));
  return (
    <Field
      id="address"
      label={v.t('channels.address')}
      help={[...found, v.t('channels.address-help')].join(' ')}
      error={errors['address']}
    >
      <input
        id="address"
        name="address"
        type="url"
        required
        maxLength={2_000}
        value={typed['address']}
        autocomplete="off"
        aria-describedby={errors['address'] ? 'address-error' : 'address-help'}
      />
    </Field>
  );
}

function AddForm(shown: Shown) {
  const {
    v,
    path,
    add: { typed, errors },
  } = shown;
  return (
    <form method="post" action={path} class="card">
      <h2>{v.t('channels.add')}</h2>
      <ConfirmFirst v={v} />
      <FormError says={errors['']} />
      <div class="fields long">
        <KindField {...shown} />
        <Field id="name" label={v.t('channels.name')} error={errors['name']}>
          <input
            id="name"
            name="name"
            required
            maxLength={100}
            value={typed['name']}
            aria-describedby={errors['name'] && 'name-error'}
          />
        </Field>
        <Field id="channel-language" label={v.t('preferences.language')}>
          <select id="channel-language" name="language">
            <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
          </select>
        </Field>
      </div>
      <AddressField {...shown} />
      <button class="primary" type="submit">
        {v.t('channels.add')}
      </button>
    </form>
  );
}

function Defaults({ v, path, defaults, set, writes }: Shown) {
  const shown = { v, preferences: defaults.preferences, defaults: defaults.installation, sent: set };
  return (
    <form method="post" action={`${path}/defaults`} class="card">
      <h2>{v.t('channels.defaults')}</h2>
      <p class="muted small">
        {v.t('channels.defaults-help')}{' '}
        {defaults.updatedBy &&
          defaults.updatedAt &&
          v.t('channels.defaults-by', { who: defaults.updatedBy, day: dayText(v, defaults.updatedAt) })}
      </p>
      <MainPreferences {...shown} />
      <MorePreferences {...shown} />
      {writes && (
        <p>
          <button class="primary" type="submit">
            {v.t('form.save')}
          </button>
        </p>
      )}
    </form>
  );
}

/** An institute's channels other than e-mail, and the defaults for its people. */
export const ChannelsPage = (shown: Shown) => {
  const { v, channels, offered, writes } = shown;
  return (
    <div class="narrow">
      <h1>{v.t('channels.title')}</h1>
      <p>
        {v.t('channels.lead', {
          ways: choiceTo(
            v.language,
            offered.map((c) => sayIn(v.language, c.offer.way)),
          ),
        })}
      </p>
      <Done {...shown} />
      {channels.length === 0 ? (
        <p class="muted">{v.t('channels.none')}</p>
      ) : (
        <div class="card">
          <ul class="entries">
            {channels.map((c) => (
              <Channel key={c.id} {...shown} channel={c} />
            ))}
          </ul>
        </div>
      )}
      {writes && <AddForm {...shown} />}
      <Defaults {...shown} />
    </div>
  );
};
