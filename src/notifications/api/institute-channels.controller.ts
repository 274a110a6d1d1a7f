import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AllInside, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { ListQuery } from './preferences-views.js';
import { ChannelService, type ChannelOwner } from '../addressing/channel-service.js';
import {
  CHANNEL_CHANGE,
  ChannelChange,
  ChannelView,
  MadeChannel,
  NEW_CHANNEL,
  NewChannel,
  Tried,
} from './channel-views.js';

const Id = z.uuid();
const owner = (id: string): ChannelOwner => ({ kind: 'profile', id });

/**
 * An institute's chat and webhook addresses. The network cannot see them: their messages may contain
 * researchers' answers.
 */
@ApiTags('channels')
@ApiBearerAuth()
@AllInside()
@Controller('v1/profiles/:id/channels')
export class InstituteChannelsController {
  constructor(private readonly channelService: ChannelService) {}

  @Needs('channel.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Notification channels of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(ChannelView) })
  list(@Param('id') id: string, @Query({ schema: ListQuery }) query: ListQuery): Promise<Page<ChannelView>> {
    return this.channelService.list(owner(id), query);
  }

  /** Adds an address. If the channel signs, the secret to verify messages appears only in this response. */
  @Needs('channel.write', 'id')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Add a notification channel to an institute' })
  @HttpCode(200)
  @ApiBody(NEW_CHANNEL)
  @ApiOkResponse({ standardSchema: MadeChannel })
  make(@Param('id') id: string, @Body({ schema: NewChannel }) channel: NewChannel): Promise<MadeChannel> {
    return this.channelService.make(owner(id), channel);
  }

  @Needs('channel.read', 'id')
  @Get(':channel')
  @ApiOperation({ summary: 'A notification channel of an institute' })
  @ApiOkResponse({ standardSchema: ChannelView })
  findOne(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.viewById(owner(id), channel);
  }

  @Needs('channel.write', 'id')
  @JustSignedIn()
  @Put(':channel')
  @ApiOperation({ summary: 'Change a notification channel of an institute' })
  @ApiBody(CHANNEL_CHANGE)
  @ApiOkResponse({ standardSchema: ChannelView })
  change(
    @Param('id') id: string,
    @Param('channel', { schema: Id }) channel: string,
    @Body({ schema: ChannelChange }) change: ChannelChange,
  ): Promise<ChannelView> {
    return this.channelService.change(owner(id), channel, change);
  }

  /** Nothing more is sent there; messages already written stay in the outbox. */
  @Needs('channel.write', 'id')
  @InPerson()
  @Delete(':channel')
  @ApiOperation({ summary: 'Remove a notification channel of an institute' })
  @ApiOkResponse({ standardSchema: ChannelView })
  remove(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.remove(owner(id), channel);
  }

  /** Returns a new secret, in this response only; the previous one also signs until dropped or rotated. */
  @Needs('channel.write', 'id')
  @JustSignedIn()
  @Post(':channel/secret')
  @ApiOperation({ summary: "Renew the secret of an institute's webhook" })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MadeChannel })
  rotate(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<MadeChannel> {
    return this.channelService.rotate(owner(id), channel);
  }

  /** Leaves only the newest secret signing. */
  @Needs('channel.write', 'id')
  @InPerson()
  @Delete(':channel/secret/old')
  @ApiOperation({ summary: "Stop signing with the old secret of an institute's webhook" })
  @ApiOkResponse({ standardSchema: ChannelView })
  dropOld(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.dropOld(owner(id), channel);
  }

  /** Sends a test immediately and returns the answer, even if it is a refusal. */
  @Needs('channel.write', 'id')
  @Post(':channel/test')
  @ApiOperation({ summary: 'Send a test message to a channel of an institute' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Tried })
  test(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<Tried> {
    return this.channelService.test(owner(id), channel);
  }
}
