import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, JustSignedIn, Needs, Oneself } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { Personal, type Preview } from '../personal.js';
import { PLACES } from '../store/erased-texts.js';
import { TOLD } from '../store/erasure.repository.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const Confirm = z
  .string()
  .length(64)
  .describe('as given by the preview; refused (409) if a text has changed since');
export const WhoseForm = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)).describe('of the person concerned'),
});
export type WhoseForm = z.infer<typeof WhoseForm>;
export const ConfirmForm = z.strictObject({ confirm: Confirm });
type ConfirmForm = z.infer<typeof ConfirmForm>;
export const EraseForm = WhoseForm.extend({ confirm: Confirm });
export type EraseForm = z.infer<typeof EraseForm>;

const Rows = z.array(z.record(z.string(), z.unknown())).optional();
const Data = z
  .object(Object.fromEntries(TOLD.map((what) => [what, Rows])))
  .describe('rows by kind; empty kinds are omitted')
  .meta({ id: 'PersonalData' });
const Institute = z.string().nullable().describe('the institute that wrote it; null for the network');
const Where = z.enum(PLACES);
const Untouched = z
  .array(z.object({ place: Where, institute: Institute, texts: z.number().int() }))
  .describe(
    'texts of others that you can read and that name the person: they are left as they are. What other institutes write inside is not searched for names',
  );
const ErasurePreview = z
  .object({
    data: z.record(z.string(), z.number().int()).describe('how many rows are kept about the person, by kind'),
    texts: z
      .array(
        z.object({
          place: Where,
          institute: Institute,
          row: z.string().describe('the ids of the row'),
          field: z.string(),
          around: z
            .array(z.string())
            .nullable()
            .describe(
              'the words around each place, with what is replaced in brackets; null where you cannot read the text',
            ),
        }),
      )
      .describe('texts in which their name or address is replaced by a dash'),
    untouched: Untouched,
    confirm: z.string().describe('erases what is shown here'),
  })
  .meta({ id: 'ErasurePreview' });
const Erased = z
  .object({
    rows: z.number().int().describe('how many rows were deleted or had a name removed'),
    texts: z.number().int().describe('in how many texts their name or address was replaced'),
    untouched: Untouched,
  })
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

  @Oneself()
  @Get('me/personal-data/erase/preview')
  @ApiOperation({ summary: 'What erasing yourself would change' })
  @ApiOkResponse({ standardSchema: ErasurePreview })
  async previewOwn(@CurrentActor() actor: Actor): Promise<z.infer<typeof ErasurePreview>> {
    return previewView(await this.personal.previewOwn(actor));
  }

  /** Ends your account and erases you: what you did for your institute stays, without your name. */
  @Oneself()
  @JustSignedIn()
  @Delete('me/personal-data')
  @ApiOperation({ summary: 'Erase everything we keep about you' })
  @ApiOkResponse({ standardSchema: Erased })
  eraseOwn(
    @CurrentActor() actor: Actor,
    @Query({ schema: ConfirmForm }) { confirm }: ConfirmForm,
  ): Promise<z.infer<typeof Erased>> {
    return this.personal.eraseOwn(actor, confirm);
  }

  /** For a colleague, contact or researcher: the data that your institute, or the network, keeps. */
  @Needs('personal-data.write')
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

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('personal-data/erase/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What erasing a person would change' })
  @ApiBody(BODY)
  @ApiOkResponse({ standardSchema: ErasurePreview })
  async previewAddress(
    @CurrentActor() actor: Actor,
    @Body({ schema: WhoseForm }) { email }: WhoseForm,
  ): Promise<z.infer<typeof ErasurePreview>> {
    return previewView(await this.personal.previewAddress(actor, email));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('personal-data/erase')
  @HttpCode(200)
  @ApiOperation({ summary: 'Erase what your institute keeps about a person' })
  @ApiBody(jsonBody(EraseForm))
  @ApiOkResponse({ standardSchema: Erased })
  eraseAddress(
    @CurrentActor() actor: Actor,
    @Body({ schema: EraseForm }) { email, confirm }: EraseForm,
  ): Promise<z.infer<typeof Erased>> {
    return this.personal.eraseAddress(actor, email, confirm);
  }
}

const previewView = ({ texts, ...preview }: Preview): z.infer<typeof ErasurePreview> => ({
  ...preview,
  texts: texts.map(({ place, institute, row, field, around }) => ({ place, institute, row, field, around })),
});
