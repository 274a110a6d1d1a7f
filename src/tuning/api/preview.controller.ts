import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Clock } from '../../kernel/ports.js';
import type { Actor } from '../../kernel/actor.js';
import { ProfileInput } from '../../profiles/domain/profile-input.js';
import { Profile } from '../../profiles/domain/profile.js';
import { CurrentActor, OfInstitute, SignedIn } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { CLOCK } from '../../platform/tokens.js';
import { ProfileDrafting } from '../drafting.js';
import { DraftInput, DraftView, previewView, PreviewView } from './preview-views.js';
import { ProfilePreview } from '../preview.js';
import { jsonBody } from '../../platform/api/json-body.js';

/** Trying out profiles before saving. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class PreviewController {
  constructor(
    private readonly previews: ProfilePreview,
    private readonly drafting: ProfileDrafting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Drafts competences from a description. Saves nothing. */
  @SignedIn()
  @Post('draft')
  @ApiOperation({ summary: 'Draft competences from a text' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: DraftView })
  draft(
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Body({ schema: DraftInput }) { text }: DraftInput,
  ): Promise<DraftView> {
    return this.drafting.draft(text, actor, gone);
  }

  /**
   * What the institute would gain and lose with this profile among the calls of the last twelve months. Saves
   * nothing.
   */
  @OfInstitute('id', 'read')
  @Post(':id/preview')
  @ApiOperation({ summary: 'What a changed profile would find and how many messages it would send' })
  @HttpCode(200)
  @ApiBody(jsonBody(Profile))
  @ApiOkResponse({ standardSchema: PreviewView })
  async preview(
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('id') id: string,
    @Body({ schema: ProfileInput }) draft: Profile,
  ): Promise<PreviewView> {
    return previewView(await this.previews.compare(id, draft, actor, gone), draft, this.clock.now());
  }
}
