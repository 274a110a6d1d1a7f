import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { MyPreferences } from '../../notifications/my-preferences.js';
import { SavedSearches, SearchInput } from '../saved-searches.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { readForm, taken } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Back, inboxPath, ownPath } from '../../access/domain/landing.js';
import { withUnsaved } from './unsaved-search.js';
import { type Answer, redirectTo } from '../../ui/answer.js';

const KeepForm = SearchInput.extend({ back: Back, mail: z.literal('yes').optional() });
const DropForm = z.object({ back: Back, call: z.uuid(), again: z.literal('yes').optional() });
const RemoveForm = z.object({ back: Back });

/** Form handlers for saved searches. */
@ApiExcludeController()
@Controller('institutes/:profile/searches')
export class SearchPages {
  constructor(
    private readonly searches: SavedSearches,
    private readonly preferences: MyPreferences,
  ) {}

  /** If it cannot be saved, the page shows the name again and the reason. */
  @Needs('decision.write', 'profile')
  @Post()
  async keep(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    // Without filters the query is empty.
    const sent = readForm(KeepForm, body, v.language, ({ query = '', ...fields }) => ({ query, ...fields }));
    const isNameAlone = !sent.ok && Object.keys(sent.errors).every((field) => field === 'name');
    if (!sent.ok && isNameAlone)
      return redirectTo(
        withUnsaved(ownPath(sent.typed['back']) ?? inboxPath(profile), 'name', sent.typed['name'] ?? ''),
      );
    const { back, mail, ...search } = taken(sent);
    const page = back ?? inboxPath(profile);
    const kept = await this.searches.keep(actor, profile, search);
    if (!kept) return redirectTo(withUnsaved(page, 'full', search.name));
    const target = { kind: 'search', target: kept.id } as const;
    if (mail) await this.preferences.follow(actor, target);
    else if (actor.email !== null) await this.preferences.leave(actor, target);
    return redirectTo(page, mail ? 'flash.saved-mails' : 'flash.saved');
  }

  /** Leaves one call out of a search, or takes it back. */
  @Needs('decision.write', 'profile')
  @Post(':search/drop')
  async drop(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('search', { schema: z.uuid() }) search: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { back, call, again } = taken(readForm(DropForm, body, v.language));
    if (again) await this.searches.takeBack(actor, profile, search, call);
    else await this.searches.drop(actor, profile, search, call);
    return redirectTo(back ?? '/calls', again ? 'flash.taken-back' : 'flash.dropped');
  }

  @Needs('decision.write', 'profile')
  @Post(':search/remove')
  async remove(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('search', { schema: z.uuid() }) search: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { back } = taken(readForm(RemoveForm, body, v.language));
    await this.searches.remove(actor, profile, search);
    return redirectTo(back ?? inboxPath(profile), 'flash.removed');
  }
}
