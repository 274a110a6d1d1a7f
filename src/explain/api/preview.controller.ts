import { z } from 'zod';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Deadline } from '../../calls/domain/call-content.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { TermChange } from '../../matching/domain/scoring/compare.js';
import { LONGEST_DESCRIPTION } from '../../matching/domain/drafting/draft.js';
import { UnmetView, unmetViews } from '../../profiles/domain/preference-sentences.js';
import { unmetPreferences } from '../../profiles/domain/preferences.js';
import { Competence, Profile, ProfileInput } from '../../profiles/domain/profile.js';
import { Language } from '../../kernel/language.js';
import { type Preview, type PreviewedCall, type PreviewList, ProfilePreview } from '../preview.js';
import type { Clock } from '../../kernel/ports.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { CLOCK } from '../../platform/tokens.js';
import { ProfileDrafting } from '../drafting.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const CallChange = z.object({
  call: CallHead.extend({ deadlines: z.array(Deadline) }),
  before: z.number().describe('0 to 100, with the saved profile'),
  after: z.number().describe('0 to 100, with the changed profile'),
  terms: z.array(TermChange).describe('the words responsible, strongest first'),
  unmet: z.array(UnmetView).describe('preferences of the changed profile that the call does not meet'),
});
const List = z.object({
  total: z.number().int(),
  calls: z.array(CallChange).describe('the largest differences'),
});
const Messages = z.object({
  weeks: z.number().int().describe('how many past weeks were examined: 12, or fewer if fewer are stored'),
  digests: z.number().int().describe('digests that would have had content, over these weeks'),
  urgent: z.number().int().describe('urgent messages, over these weeks'),
  aWeek: z.number().describe('messages per week'),
  before: z.number().describe('messages per week with the saved profile'),
  warnAbove: z.number().describe('saving a profile that produces more messages per week gives a warning'),
});

const PreviewView = z
  .object({
    minScore: z.number().describe('lowest score of a call that is sent by e-mail'),
    calls: z
      .number()
      .int()
      .describe(
        'calls examined: those of the last twelve months, and open ones, without drafts and withdrawn calls',
      ),
    before: z.number().int(),
    after: z.number().int(),
    gained: List,
    lost: List,
    changed: List,
    messages: Messages.nullable().describe(
      'for a reader of the profile with the institute’s default settings; null if less than a week is stored',
    ),
    unread: z
      .boolean()
      .describe('a language model is in use, but both profiles were scored by the built-in ranking only'),
  })
  .meta({ id: 'ProfilePreview' });
type PreviewView = z.infer<typeof PreviewView>;

const changeView = (
  { call, before, after, terms }: PreviewedCall,
  draft: Profile,
  now: Date,
): z.infer<typeof CallChange> => {
  const { title, identifier, deadlines } = call.content;
  return {
    call: { id: call.id, title, identifier, status: statusAt(call, now), deadlines },
    before,
    after,
    terms,
    unmet: unmetViews(unmetPreferences(draft.preferences, call.content, now)),
  };
};

/** A preview as returned by the API. */
function previewView(preview: Preview, draft: Profile, now: Date): PreviewView {
  const list = ({ total, calls }: PreviewList) => ({
    total,
    calls: calls.map((c) => changeView(c, draft, now)),
  });
  return {
    ...preview,
    gained: list(preview.gained),
    lost: list(preview.lost),
    changed: list(preview.changed),
  };
}

const DraftInput = z.strictObject({
  text: z
    .string()
    .trim()
    .min(20)
    .max(LONGEST_DESCRIPTION)
    .describe('what the institute does, in French or English'),
});
type DraftInput = z.infer<typeof DraftInput>;

const DraftView = z
  .object({ language: Language.describe('the language of the text'), competences: z.array(Competence) })
  .meta({ id: 'ProfileDraft' });
type DraftView = z.infer<typeof DraftView>;

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
  @Needs('call.read')
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
  @Needs('match.read', 'id')
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
