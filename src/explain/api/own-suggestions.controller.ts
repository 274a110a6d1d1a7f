import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import { Needs } from '../../platform/access/rule.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { labelsIn } from '../../profiles/domain/names-in.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { Effect, effectSentence, Suggestion, suggestionIn } from '../domain/suggestions/suggestions.js';
import { OwnSuggestions } from '../own-suggestions.js';

const OwnSuggestionsView = z
  .object({
    suggestions: z
      .array(
        z.object({
          id: z.string(),
          change: Suggestion,
          effect: Effect.describe('among the calls that the institute has decided on'),
          says: z.string().describe('the same in a sentence'),
        }),
      )
      .describe('at most three, the most useful first'),
    declined: z.number().int().describe('how many were declined: they are not suggested again'),
  })
  .meta({ id: 'OwnSuggestions' });

const ListQuery = z.object({ language: Language.optional() });

/** The changes of a profile that its institute's decisions suggest. They never leave the institute. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class OwnSuggestionsController {
  constructor(
    private readonly suggestions: OwnSuggestions,
    private readonly profiles: ProfileRepository,
  ) {}

  /** Each was tried on the calls decided on. To accept one, save the profile with its change. */
  @Needs('decision.write', 'id')
  @Get(':id/suggestions')
  @ApiOperation({ summary: 'The changes of a profile that the decisions suggest' })
  @ApiOkResponse({ standardSchema: OwnSuggestionsView })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { language }: z.infer<typeof ListQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<z.infer<typeof OwnSuggestionsView>> {
    const { suggestions: found, declined } = await this.suggestions.list(id);
    const { content } = await this.profiles.get(id);
    const called = labelsIn(content.competences, language ?? usual);
    return {
      declined,
      suggestions: found.map(({ key, suggestion, effect }) => ({
        id: key,
        change: suggestion,
        effect,
        says: effectSentence(suggestionIn(suggestion, called), effect, language ?? usual),
      })),
    };
  }

  /** What follows from the decisions of today is found within a minute. */
  @Needs('decision.write', 'id')
  @Delete(':id/declined-suggestions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let declined changes of a profile be suggested again' })
  @ApiNoContentResponse()
  allow(@Param('id') id: string): Promise<void> {
    return this.suggestions.allow(id);
  }

  /** The same change is not suggested again. */
  @Needs('decision.write', 'id')
  @Delete(':id/suggestions/:suggestion')
  @HttpCode(204)
  @ApiOperation({ summary: 'Decline a suggested change of a profile' })
  @ApiNoContentResponse()
  decline(@Param('id') id: string, @Param('suggestion') suggestion: string): Promise<void> {
    return this.suggestions.decline(id, suggestion);
  }
}
