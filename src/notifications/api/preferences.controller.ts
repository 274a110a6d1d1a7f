import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  AcrossInstitutes,
  AllInside,
  CurrentActor,
  Needs,
  Oneself,
  Open,
  SignedIn,
} from '../../platform/access/rule.js';
import type { Actor } from '../../kernel/actor.js';
import { MyPreferences } from '../my-preferences.js';
import { PreferencesOverview } from '../preferences/preferences-overview.js';
import { DefaultsInput, DefaultsView, PreferencesInput, PreferencesView } from './preferences-views.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { PreferenceDefaults } from '../preferences/preferences.js';
import { FOLLOW_KINDS } from '../domain/content/message.js';
import { NotFound } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import type { RecipientEntity } from '../store/notification.entity.js';
import { RecipientRepository } from '../store/recipient.repository.js';
import { pageForAnyone } from '../../ui/page-for-anyone.js';
import { CLOCK } from '../../platform/tokens.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';

/** The caller's message settings: when and about what. */
@ApiTags('me')
@ApiBearerAuth()
@AcrossInstitutes('people choose what reaches their own address')
@Controller('v1/me/notification-preferences')
export class MyPreferencesController {
  constructor(
    private readonly mine: MyPreferences,
    private readonly overview: PreferencesOverview,
  ) {}

  @Oneself()
  @Get()
  @ApiOperation({ summary: "One's own notification preferences" })
  @ApiOkResponse({ standardSchema: PreferencesView })
  async get(@CurrentActor() actor: Actor): Promise<PreferencesView> {
    return this.overview.forRecipient(await this.mine.recipient(actor), await this.mine.pipelineMails(actor));
  }

  /** Saves the settings. A personal API key with write access may do this too. */
  @SignedIn()
  @Put()
  @ApiOperation({ summary: "Change one's own notification preferences" })
  @ApiBody(jsonBody(PreferencesInput))
  @ApiOkResponse({ standardSchema: PreferencesView })
  async choose(
    @CurrentActor() actor: Actor,
    @Body({ schema: PreferencesInput }) input: PreferencesInput,
  ): Promise<PreferencesView> {
    await this.mine.choose(actor, input);
    return this.get(actor);
  }
}

/** An institute's default message settings, for people who have not chosen their own. */
@ApiTags('channels')
@ApiBearerAuth()
@AllInside()
@Controller('v1/profiles/:id/notification-defaults')
export class PreferenceDefaultsController {
  constructor(private readonly defaults: PreferenceDefaults) {}

  @Needs('channel.read', 'id')
  @Get()
  @ApiOperation({ summary: "An institute's default notification preferences" })
  @ApiOkResponse({ standardSchema: DefaultsView })
  get(@Param('id') id: string): Promise<DefaultsView> {
    return this.defaults.forProfile(id);
  }

  @Needs('channel.write', 'id')
  @Put()
  @ApiOperation({ summary: "Change an institute's default notification preferences" })
  @ApiBody(jsonBody(DefaultsInput))
  @ApiOkResponse({ standardSchema: DefaultsView })
  set(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: DefaultsInput }) input: DefaultsInput,
  ): Promise<DefaultsView> {
    return this.defaults.set(id, input, actor);
  }
}

const Kind = z.enum(FOLLOW_KINDS);
type Kind = z.infer<typeof Kind>;
const Followed = z
  .object({ kind: Kind, target: z.string(), following: z.boolean() })
  .meta({ id: 'Followed' });
type Followed = z.infer<typeof Followed>;

/** What the caller follows and is notified about. `GET /v1/me/notification-preferences` lists all of it. */
@ApiTags('me')
@ApiBearerAuth()
@SignedIn()
@Controller('v1/me/follows')
export class MyFollowsController {
  constructor(private readonly mine: MyPreferences) {}

  /** Starts a subscription. Idempotent. */
  @Put(':kind/:target')
  @ApiOperation({ summary: 'Follow a call, a profile, a group or a search' })
  @ApiOkResponse({ standardSchema: Followed })
  async follow(
    @CurrentActor() actor: Actor,
    @Param('kind', { schema: Kind }) kind: Kind,
    @Param('target') target: string,
  ): Promise<Followed> {
    await this.mine.follow(actor, { kind, target });
    return { kind, target, following: true };
  }

  /** Ends a subscription. One that was set by others does not come back by itself. */
  @Delete(':kind/:target')
  @ApiOperation({ summary: 'Stop following something' })
  @ApiOkResponse({ standardSchema: Followed })
  async leave(
    @CurrentActor() actor: Actor,
    @Param('kind', { schema: Kind }) kind: Kind,
    @Param('target') target: string,
  ): Promise<Followed> {
    await this.mine.leave(actor, { kind, target });
    return { kind, target, following: false };
  }
}

/**
 * A page in every language, since only the address is known here. It names neither the address nor the
 * institute.
 */
const unsubscribePage = ({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string =>
  pageForAnyone(
    stoppedAt
      ? { heading: 'anyone.unsubscribed' }
      : { heading: 'anyone.unsubscribe', button: 'anyone.unsubscribe.do' },
  );

/** Unsubscribes with the token from the e-mail as the only credential. */
@ApiTags('unsubscribe')
@ApiProduces('text/html')
@AcrossInstitutes('a recipient follows the link in a message')
@Open('the token in the e-mail is the credential, and e-mail providers follow the link by themselves')
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly recipients: RecipientRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks first: mail scanners open every link, and that must not unsubscribe anyone. */
  @Get(':token')
  @ApiOperation({ summary: 'Ask whether to unsubscribe' })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('referrer-policy', 'no-referrer')
  async ask(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await this.get(token));
  }

  /** Unsubscribes with one click (RFC 8058). Idempotent. */
  @Post(':token')
  @ApiOperation({ summary: 'Unsubscribe' })
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async stop(@Param('token') token: string): Promise<string> {
    const recipient = await this.get(token);
    const stoppedAt = recipient.stoppedAt ?? this.clock.now();
    await this.recipients.stop(recipient.id, UNSUBSCRIBED, stoppedAt);
    return unsubscribePage({ ...recipient, stoppedAt });
  }

  private async get(token: string): Promise<RecipientEntity> {
    const recipient = await this.recipients.byToken(token);
    if (!recipient) throw new NotFound('bad-link');
    return recipient;
  }
}
