import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { FOLLOW_KINDS } from '../domain/content/message.js';
import { CurrentActor, SignedIn } from '../../platform/access/rule.js';
import { MyPreferences } from '../my-preferences.js';

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
