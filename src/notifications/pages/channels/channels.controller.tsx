import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { answerIn } from '../../domain/delivery/answer-in.js';
import { choiceTo } from '../../../i18n/message.js';
import { sayIn } from '../../../i18n/translate.js';
import { ChannelRegistry, type Offered } from '../../channel-registry.js';
import {
  type ChannelView,
  type MadeChannel,
  MOST_CHANNELS,
  NewChannel,
  type Tried,
} from '../../api/channel-views.js';
import { DefaultsInput, type DefaultsView } from '../../api/preferences-views.js';
import { ConfirmFirst, Dots, Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import { dayText } from '../../../ui/dates.js';
import { NOTHING_TYPED, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { MainPreferences, MorePreferences } from '../preferences/preference-fields.js';
import { BadRequest, Conflict } from '../../../kernel/errors.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { type ChannelOwner, ChannelService } from '../../addressing/channel-service.js';
import { PreferenceDefaults } from '../../preferences/preferences.js';
import { AllInside, CurrentActor, InPerson, JustSignedIn, Needs } from '../../../platform/access/rule.js';
import { page } from '../../../ui/page.js';
import { preferencesIn, wrong } from '../preferences/preferences-screen.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

interface ChannelsModel {
  path: string;
  offered: readonly Offered[];
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
        <button class="danger" type="submit" aria-label={v.t('form.remove-named', { name })}>
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
        <Field id="name" label={v.t('form.name')} error={errors['name']}>
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
const ChannelsPage = (shown: Shown) => {
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

const Step = z.enum(['test', 'drop-old', 'remove']);
type Step = z.infer<typeof Step>;

const pathOf = (profile: string): string => `/institutes/${profile}/channels`;
const ownerOf = (id: string): ChannelOwner => ({ kind: 'profile', id });

/** An institute's chat and webhook addresses, and its defaults. */
@ApiExcludeController()
@AllInside()
@Controller('institutes/:profile/channels')
export class ChannelsPages {
  constructor(
    private readonly channelService: ChannelService,
    private readonly defaults: PreferenceDefaults,
    private readonly kinds: ChannelRegistry,
  ) {}

  @Needs('channel.read', 'profile')
  @Get()
  show(@View() v: Viewer, @Param('profile') profile: string): Promise<string> {
    return this.shown(v, profile, {});
  }

  @Needs('channel.write', 'profile')
  @JustSignedIn()
  @Post()
  async make(@View() v: Viewer, @Param('profile') profile: string, @Body() body: unknown): Promise<Answer> {
    const sent = readForm(NewChannel, body, v.language, ({ channel, name, address, language }) => ({
      channel,
      name,
      address,
      language,
    }));
    const again = async (typed: Record<string, string>, errors: Record<string, string>): Promise<Answer> =>
      pageWith(422, await this.shown(v, profile, { add: { typed, errors } }));
    if (!sent.ok) return again(sent.typed, this.errors(v, Object.keys(sent.errors)));
    try {
      const made = await this.channelService.make(ownerOf(profile), sent.value);
      if (made.secret === null) return redirectTo(pathOf(profile), 'flash.saved');
      return pageWith(200, await this.shown(v, profile, { made }));
    } catch (error) {
      if (error instanceof Conflict) return again(sent.typed, { '': v.t('channels.wrong.conflict') });
      if (!(error instanceof BadRequest)) throw error;
      return again(sent.typed, this.errors(v, ['address']));
    }
  }

  @Needs('channel.write', 'profile')
  @Post('defaults')
  async set(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(DefaultsInput, body, v.language, (fields) => ({
      preferences: preferencesIn(fields),
    }));
    if (!sent.ok)
      return pageWith(
        422,
        await this.shown(v, profile, {
          set: { typed: sent.typed, errors: wrong(v, Object.keys(sent.errors)) },
        }),
      );
    await this.defaults.set(profile, sent.value, actor);
    return redirectTo(pathOf(profile), 'flash.saved');
  }

  /** The new secret is shown only on the response page. */
  @Needs('channel.write', 'profile')
  @JustSignedIn()
  @Post(':channel/secret')
  async rotate(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('channel', { schema: z.uuid() }) channel: string,
  ): Promise<Answer> {
    const made = await this.channelService.rotate(ownerOf(profile), channel);
    return pageWith(200, await this.shown(v, profile, { made }));
  }

  /** Runs a button's action. A test result is shown on the response page. */
  @Needs('channel.write', 'profile')
  @InPerson()
  @Post(':channel/:step')
  async step(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('channel', { schema: z.uuid() }) channel: string,
    @Param('step', { schema: Step }) step: Step,
  ): Promise<Answer> {
    const owner = ownerOf(profile);
    if (step === 'remove' || step === 'drop-old') {
      await (step === 'remove'
        ? this.channelService.remove(owner, channel)
        : this.channelService.dropOld(owner, channel));
      return redirectTo(pathOf(profile), 'flash.removed');
    }
    const tried = await this.channelService.test(owner, channel);
    return pageWith(200, await this.shown(v, profile, { tried }));
  }

  private errors(v: Viewer, fields: string[]): Record<string, string> {
    return Object.fromEntries(
      fields.map((field) => [
        field,
        v.t(field === 'name' ? 'channels.wrong.name' : 'channels.wrong.address'),
      ]),
    );
  }

  private async shown(v: Viewer, profile: string, extra: Partial<ChannelsModel>): Promise<string> {
    const { items: channels } = await this.channelService.list(ownerOf(profile), { limit: MOST_CHANNELS });
    const model: ChannelsModel = {
      path: pathOf(profile),
      offered: this.kinds.offered,
      nameOf: (id) => this.kinds.nameOf(id, v.language),
      channels,
      defaults: await this.defaults.forProfile(profile),
      writes: may(v.actor, 'channel.write'),
      made: null,
      tried: null,
      add: NOTHING_TYPED,
      set: NOTHING_TYPED,
      ...extra,
    };
    return page(
      v,
      { title: v.t('channels.title'), place: 'channels', styles: ['account/account'] },
      ChannelsPage({ v, ...model }),
    );
  }
}
