import { Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Needs } from '../../platform/access/rule.js';
import { suggestionAddress } from '../../profiles/pages/suggestion-address.js';
import type { LabelsIn } from '../../profiles/domain/names-in.js';
import { type Viewer } from '../../ui/viewer.js';
import { effectSentence, suggestionIn } from '../domain/suggestions/suggestions.js';
import { OwnSuggestions, type ListedSuggestions } from '../own-suggestions.js';
import { type Answer, redirectTo } from '../../ui/answer.js';

/** The changes that the institute's decisions suggest, each to be tried in the editor or declined. */
export function SuggestedChanges({
  v,
  profileId,
  listed: { suggestions, declined },
  called,
}: {
  v: Viewer;
  profileId: string;
  listed: ListedSuggestions;
  /** The competences' names in the reader's language. */
  called: LabelsIn;
}) {
  if (suggestions.length + declined === 0) return null;
  return (
    <section class="card" id="suggestions" aria-labelledby="suggestions-title">
      <h2 id="suggestions-title">{v.t('suggestions.title')}</h2>
      <p class="muted">{v.t('suggestions.help')}</p>
      {suggestions.length > 0 && (
        <ul class="plain-list">
          {suggestions.map(({ key, suggestion, effect }) => {
            const says = effectSentence(suggestionIn(suggestion, called), effect, v.language);
            return (
              <li class="suggestion" key={key}>
                <p>{says}</p>
                <form
                  class="row small"
                  method="post"
                  action={`/institutes/${profileId}/suggestions/${key}/decline`}
                >
                  <a class="button" href={suggestionAddress(profileId, suggestion)}>
                    {v.t('test.suggestion')}
                    <span class="hidden-visually"> {says}</span>
                  </a>
                  <button type="submit">
                    {v.t('suggestions.decline')}
                    <span class="hidden-visually"> {says}</span>
                  </button>
                </form>
              </li>
            );
          })}
        </ul>
      )}
      {declined > 0 && (
        <form class="row small" method="post" action={`/institutes/${profileId}/suggestions/allow`}>
          {v.t('suggestions.declined', { n: declined })}
          <button type="submit">{v.t('suggestions.allow')}</button>
        </form>
      )}
    </section>
  );
}

/** Declines what the decisions suggest; accepting it is saving the profile with it. */
@ApiExcludeController()
@Controller('institutes/:profile/suggestions')
export class OwnSuggestionsPages {
  constructor(private readonly suggestions: OwnSuggestions) {}

  @Needs('decision.write', 'profile')
  @Post('allow')
  async allow(@Param('profile') profile: string): Promise<Answer> {
    await this.suggestions.allow(profile);
    return redirectTo(`/institutes/${profile}/profile`, 'flash.suggestions-allowed');
  }

  @Needs('decision.write', 'profile')
  @Post(':suggestion/decline')
  async decline(@Param('profile') profile: string, @Param('suggestion') suggestion: string): Promise<Answer> {
    await this.suggestions.decline(profile, suggestion);
    return redirectTo(`/institutes/${profile}/profile`, 'flash.suggestion-declined');
  }
}
