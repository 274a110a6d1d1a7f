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
type Rules = Record<'reads' | 'writes', MethodDecorator>;

/** The routes of the channels of a group or of an institute, which the path names. */
function channelRoutes(kind: ChannelOwner['kind'], name: string, { reads, writes }: Rules) {
  const ownerOf = (id: string): ChannelOwner => ({ kind, id });

  @ApiTags('channels')
  @ApiBearerAuth()
  class ChannelRoutes {
    constructor(private readonly channelService: ChannelService) {}

    @reads
    @Get()
    @ApiOperation({ summary: `Notification channels of ${name}` })
    @ApiOkResponse({ standardSchema: pageOf(ChannelView) })
    list(
      @Param('id') id: string,
      @Query({ schema: ListQuery }) query: ListQuery,
    ): Promise<Page<ChannelView>> {
      return this.channelService.list(ownerOf(id), query);
    }

    /** Adds an address. If the channel signs, the secret to verify messages appears only in this response. */
    @writes
    @JustSignedIn()
    @Post()
    @ApiOperation({ summary: `Add a notification channel to ${name}` })
    @HttpCode(200)
    @ApiBody(NEW_CHANNEL)
    @ApiOkResponse({ standardSchema: MadeChannel })
    make(@Param('id') id: string, @Body({ schema: NewChannel }) channel: NewChannel): Promise<MadeChannel> {
      return this.channelService.make(ownerOf(id), channel);
    }

    @reads
    @Get(':channel')
    @ApiOperation({ summary: `A notification channel of ${name}` })
    @ApiOkResponse({ standardSchema: ChannelView })
    findOne(
      @Param('id') id: string,
      @Param('channel', { schema: Id }) channel: string,
    ): Promise<ChannelView> {
      return this.channelService.viewById(ownerOf(id), channel);
    }

    @writes
    @JustSignedIn()
    @Put(':channel')
    @ApiOperation({ summary: `Change a notification channel of ${name}` })
    @ApiBody(CHANNEL_CHANGE)
    @ApiOkResponse({ standardSchema: ChannelView })
    change(
      @Param('id') id: string,
      @Param('channel', { schema: Id }) channel: string,
      @Body({ schema: ChannelChange }) change: ChannelChange,
    ): Promise<ChannelView> {
      return this.channelService.change(ownerOf(id), channel, change);
    }

    /** Nothing more is sent there; messages already written stay in the outbox. */
    @writes
    @InPerson()
    @Delete(':channel')
    @ApiOperation({ summary: `Remove a notification channel of ${name}` })
    @ApiOkResponse({ standardSchema: ChannelView })
    remove(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<ChannelView> {
      return this.channelService.remove(ownerOf(id), channel);
    }

    /** Returns a new secret, in this response only; the previous one also signs until dropped or rotated. */
    @writes
    @JustSignedIn()
    @Post(':channel/secret')
    @ApiOperation({ summary: `Renew the secret of ${name}'s webhook` })
    @HttpCode(200)
    @ApiOkResponse({ standardSchema: MadeChannel })
    rotate(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<MadeChannel> {
      return this.channelService.rotate(ownerOf(id), channel);
    }

    /** Leaves only the newest secret signing. */
    @writes
    @InPerson()
    @Delete(':channel/secret/old')
    @ApiOperation({ summary: `Stop signing with the old secret of ${name}'s webhook` })
    @ApiOkResponse({ standardSchema: ChannelView })
    dropOld(
      @Param('id') id: string,
      @Param('channel', { schema: Id }) channel: string,
    ): Promise<ChannelView> {
      return this.channelService.dropOld(ownerOf(id), channel);
    }

    /** Sends a test immediately and returns the answer, even if it is a refusal. */
    @writes
    @Post(':channel/test')
    @ApiOperation({ summary: `Send a test message to a channel of ${name}` })
    @HttpCode(200)
    @ApiOkResponse({ standardSchema: Tried })
    test(@Param('id') id: string, @Param('channel', { schema: Id }) channel: string): Promise<Tried> {
      return this.channelService.test(ownerOf(id), channel);
    }
  }
  return ChannelRoutes;
}

/** A group's chat and webhook addresses, which only the network manages. */
@Controller('v1/groups/:id/channels')
export class GroupChannelsController extends channelRoutes('group', 'a group', {
  reads: Needs('network.read'),
  writes: Needs('network.write'),
}) {}

/**
 * An institute's chat and webhook addresses. The network cannot see them: their messages may contain
 * researchers' answers.
 */
@AllInside()
@Controller('v1/profiles/:id/channels')
export class InstituteChannelsController extends channelRoutes('profile', 'an institute', {
  reads: Needs('channel.read', 'id'),
  writes: Needs('channel.write', 'id'),
}) {}
