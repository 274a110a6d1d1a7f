import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { InterestInput, OpenedInterest } from '../domain/interest.js';
import { JOINT_STANDINGS } from '../domain/joint.js';
import { Competence } from '../../profiles/domain/profile.js';
import { Interests } from '../interests.js';

const CallId = z.uuid();
const ListQuery = z.object(PAGING);
const OwnView = z
  .object({
    joint: z
      .object({ id: z.uuid(), state: z.enum(JOINT_STANDINGS) })
      .nullable()
      .describe(
        'the joint opportunity of the call, and how the institute stands towards it: null if there is none',
      ),
    opened: InterestInput.extend({ by: z.string(), openedAt: z.iso.datetime() })
      .nullable()
      .describe('null if no interest is open'),
    competences: z
      .array(
        Competence.pick({ label: true, labels: true }).extend({
          fits: z.boolean().describe('whether it makes the call fit'),
        }),
      )
      .describe("the institute's competences to choose from"),
  })
  .meta({ id: 'OwnInterest' });

/** Interest in a call that institutes share with one another. Only this shares it. */
@ApiTags('network')
@ApiBearerAuth()
@Controller('v1')
export class InterestController {
  constructor(private readonly interests: Interests) {}

  @Needs('call.read')
  @Get('calls/:id/interest')
  @ApiOperation({ summary: 'Which institutes are interested in a call, and what they could contribute' })
  @ApiOkResponse({ standardSchema: pageOf(OpenedInterest) })
  async list(
    @Param('id', { schema: CallId }) id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<OpenedInterest>> {
    const behind = placeOf(cursor, InCursor.count) ?? 0;
    const all = (await this.interests.forCall(id)).map((interest, i) => ({ interest, behind: i + 1 }));
    return page(
      all.slice(behind, behind + ahead(limit)),
      limit,
      all.length,
      ({ interest }) => interest,
      (i) => i.behind,
    );
  }

  @Needs('joint.read', 'id')
  @Get('profiles/:id/calls/:call/interest')
  @ApiOperation({ summary: 'The interest an institute has shared in a call, and what it could offer' })
  @ApiOkResponse({ standardSchema: OwnView })
  own(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
  ): Promise<z.infer<typeof OwnView>> {
    return this.interests.own(id, call);
  }

  /** Replaces all of it. From now on every institute of the network sees it. */
  @Needs('joint.write', 'id')
  @Put('profiles/:id/calls/:call/interest')
  @ApiOperation({ summary: 'Share an institute’s interest with the network' })
  @ApiBody(jsonBody(InterestInput))
  @ApiOkResponse({ standardSchema: OwnView })
  open(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Body({ schema: InterestInput }) input: InterestInput,
  ): Promise<z.infer<typeof OwnView>> {
    return this.interests.open(actor, id, call, input);
  }

  /** Deletes it. Idempotent. */
  @Needs('joint.write', 'id')
  @Delete('profiles/:id/calls/:call/interest')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw an institute’s interest' })
  withdraw(@Param('id') id: string, @Param('call', { schema: CallId }) call: string): Promise<void> {
    return this.interests.withdraw(id, call);
  }
}
