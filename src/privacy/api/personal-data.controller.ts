import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { JustSignedIn } from '../../platform/access/presence.js';
import { CurrentActor, Oneself, SignedIn } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { Personal } from '../personal.js';
import { TOLD } from '../store/index.js';
import { jsonBody } from '../../platform/api/json-body.js';

export const WhoseForm = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)).describe('of the person concerned'),
});
export type WhoseForm = z.infer<typeof WhoseForm>;

const Rows = z.array(z.record(z.string(), z.unknown())).optional();
const Data = z
  .object(Object.fromEntries(TOLD.map((what) => [what, Rows])))
  .describe('rows by kind; empty kinds are omitted')
  .meta({ id: 'PersonalData' });
const Erased = z
  .object({ rows: z.number().int().describe('how many were deleted or had a name removed') })
  .meta({ id: 'Erased' });
const BODY = jsonBody(WhoseForm);

/** Personal data: export and erasure. */
@ApiTags('personal data')
@ApiBearerAuth()
@Controller('v1')
export class PersonalDataController {
  constructor(private readonly personal: Personal) {}

  @Oneself()
  @Heavy()
  @Get('me/personal-data')
  @ApiOperation({ summary: 'Everything we keep about you' })
  @ApiOkResponse({ standardSchema: Data })
  own(@CurrentActor() actor: Actor): Promise<z.infer<typeof Data>> {
    return this.personal.own(actor);
  }

  /** Ends your account and erases you: what you did for your institute stays, without your name. */
  @Oneself()
  @JustSignedIn()
  @Delete('me/personal-data')
  @ApiOperation({ summary: 'Erase everything we keep about you' })
  @ApiOkResponse({ standardSchema: Erased })
  async eraseOwn(@CurrentActor() actor: Actor): Promise<z.infer<typeof Erased>> {
    return { rows: await this.personal.eraseOwn(actor) };
  }

  /** For a colleague, contact or researcher: the data that your institute, or the network, keeps. */
  @SignedIn()
  @JustSignedIn()
  @Heavy()
  @Post('personal-data/export')
  @HttpCode(200)
  @ApiOperation({ summary: 'What your institute keeps about a person' })
  @ApiBody(BODY)
  @ApiOkResponse({ standardSchema: Data })
  ofAddress(
    @CurrentActor() actor: Actor,
    @Body({ schema: WhoseForm }) { email }: WhoseForm,
  ): Promise<z.infer<typeof Data>> {
    return this.personal.ofAddress(actor, email);
  }

  @SignedIn()
  @JustSignedIn()
  @Post('personal-data/erase')
  @HttpCode(200)
  @ApiOperation({ summary: 'Erase what your institute keeps about a person' })
  @ApiBody(BODY)
  @ApiOkResponse({ standardSchema: Erased })
  async eraseAddress(
    @CurrentActor() actor: Actor,
    @Body({ schema: WhoseForm }) { email }: WhoseForm,
  ): Promise<z.infer<typeof Erased>> {
    return { rows: await this.personal.eraseAddress(actor, email) };
  }
}
