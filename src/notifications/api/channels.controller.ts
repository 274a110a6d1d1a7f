import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AllInside, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { type Page, pageOf } from '../../platform/api/paging.js';
import { ListQuery } from './preferences-views.js';
import { type ChannelOwner, ChannelService } from '../addressing/channel-service.js';
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
const groupOwner = (id: string): ChannelOwner => ({ kind: 'group', id });

/** A group's chat and webhook addresses, which only the network manages. */
@ApiTags('channels')
@ApiBearerAuth()
@Controller('v1/groups/:id/channels')
export class GroupChannelsController {
  constructor(private readonly channelService: ChannelService) {}

  @Needs('network.read')
  @Get()
  @ApiOperation({ summary: 'Notification channels of a group' })
  @ApiOkResponse({ standardSchema: pageOf(ChannelView) })
  list(@Param('id') id: string, @Query({ schema: ListQuery }) query: ListQuery): Promise<Page<ChannelView>> {
    return this.channelService.list(groupOwner(id), query);
  }

  /** Adds an address. If the channel signs, the secret to verify messages appears only in this response. */
  @Needs('network.write')
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Add a notification channel to a group' })
  @HttpCode(200)
  @ApiBody(NEW_CHANNEL)
  @ApiOkResponse({ standardSchema: MadeChannel })
  make(@Param('id') id: string, @Body({ schema: NewChannel }) channel: NewChannel): Promise<MadeChannel> {
    return this.channelService.make(groupOwner(id), channel);
  }

  @Needs('network.read')
  @Get(':channel')
  @ApiOperation({ summary: 'A notification channel of a group' })
  @ApiOkResponse({ standardSchema: ChannelView })
  findOne(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.viewById(groupOwner(id), channel);
  }

  @Needs('network.write')
  @JustSignedIn()
  @Put(':channel')
  @ApiOperation({ summary: 'Change a notification channel of a group' })
  @ApiBody(CHANNEL_CHANGE)
  @ApiOkResponse({ standardSchema: ChannelView })
  change(
    @Param('id') id: string,
    @Param('channel', { schema: Id }) channel: string,
    @Body({ schema: ChannelChange }) change: ChannelChange,
  ): Promise<ChannelView> {
    return this.channelService.change(groupOwner(id), channel, change);
  }

  /** Nothing more is sent there; messages already written stay in the outbox. */
  @Needs('network.write')
  @InPerson()
  @Delete(':channel')
  @ApiOperation({ summary: 'Remove a notification channel of a group' })
  @ApiOkResponse({ standardSchema: ChannelView })
  remove(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.remove(groupOwner(id), channel);
  }

  /** Returns a new secret, in this response only; the previous one also signs until dropped or rotated. */
  @Needs('network.write')
  @JustSignedIn()
  @Post(':channel/secret')
  @ApiOperation({ summary: "Renew the secret of a group's webhook" })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MadeChannel })
  rotate(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<MadeChannel> {
    return this.channelService.rotate(groupOwner(id), channel);
  }

  /** Leaves only the newest secret signing. */
  @Needs('network.write')
  @InPerson()
  @Delete(':channel/secret/old')
  @ApiOperation({ summary: "Stop signing with the old secret of a group's webhook" })
  @ApiOkResponse({ standardSchema: ChannelView })
  dropOld(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.dropOld(groupOwner(id), channel);
  }

  /** Sends a test immediately and returns the answer, even if it is a refusal. */
  @Needs('network.write')
  @Post(':channel/test')
  @ApiOperation({ summary: 'Send a test message to a channel of a group' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Tried })
  test(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<Tried> {
    return this.channelService.test(groupOwner(id), channel);
  }
}

const instituteOwner = (id: string): ChannelOwner => ({ kind: 'profile', id });

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
    return this.channelService.list(instituteOwner(id), query);
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
    return this.channelService.make(instituteOwner(id), channel);
  }

  @Needs('channel.read', 'id')
  @Get(':channel')
  @ApiOperation({ summary: 'A notification channel of an institute' })
  @ApiOkResponse({ standardSchema: ChannelView })
  findOne(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.viewById(instituteOwner(id), channel);
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
    return this.channelService.change(instituteOwner(id), channel, change);
  }

  /** Nothing more is sent there; messages already written stay in the outbox. */
  @Needs('channel.write', 'id')
  @InPerson()
  @Delete(':channel')
  @ApiOperation({ summary: 'Remove a notification channel of an institute' })
  @ApiOkResponse({ standardSchema: ChannelView })
  remove(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.remove(instituteOwner(id), channel);
  }

  /** Returns a new secret, in this response only; the previous one also signs until dropped or rotated. */
  @Needs('channel.write', 'id')
  @JustSignedIn()
  @Post(':channel/secret')
  @ApiOperation({ summary: "Renew the secret of an institute's webhook" })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: MadeChannel })
  rotate(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<MadeChannel> {
    return this.channelService.rotate(instituteOwner(id), channel);
  }

  /** Leaves only the newest secret signing. */
  @Needs('channel.write', 'id')
  @InPerson()
  @Delete(':channel/secret/old')
  @ApiOperation({ summary: "Stop signing with the old secret of an institute's webhook" })
  @ApiOkResponse({ standardSchema: ChannelView })
  dropOld(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
    return this.channelService.dropOld(instituteOwner(id), channel);
  }

  /** Sends a test immediately and returns the answer, even if it is a refusal. */
  @Needs('channel.write', 'id')
  @Post(':channel/test')
  @ApiOperation({ summary: 'Send a test message to a channel of an institute' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Tried })
  test(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<Tried> {
    return this.channelService.test(instituteOwner(id), channel);
  }
}
