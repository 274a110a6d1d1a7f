import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, isOf, may } from '../../kernel/actor.js';
import { withSuggestion } from '../../explain/domain/suggestions/suggestions.js';
import { pointsToConfirm } from '../../matching/domain/drafting/to-confirm.js';
import { LearnedVerdicts } from '../../matching/learned.js';
import { ProfilePreview } from '../../explain/preview.js';
import { OwnSuggestions } from '../../explain/own-suggestions.js';
import { SaveWarnings } from '../../explain/save-warnings.js';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import { MyPreferences } from '../../notifications/my-preferences.js';
import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/names-in.js';
import { Profiles, type Standing } from '../profiles.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { PageQuery } from '../../ui/form.js';
import { page, part } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { EditorState } from './editor.js';
import { SUGGESTION_FIELDS, suggestionIn, type SuggestionQuery } from './suggestion-address.js';
import { PreviewAnswer, type Previewed } from './preview-panel.js';
import { bodyOf, fieldsOf, rearranged, typed } from './profile-form.js';
import { headOf, ProfilePage } from './profile-page.js';
import { readProfile } from './profile-sent.js';
import { orWhyNot, flashOf } from './saved.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** What the form carries besides its fields: the button pressed, and the version it started from. */
const Carried = z.object({
  action: z.string().max(40).catch('save'),
  version: z.coerce.number().int().min(0).max(1e9).optional().catch(undefined),
});
const carried = (body: unknown): z.infer<typeof Carried> => Carried.parse(bodyOf(body));
const pathOf = (id: string): string => `/institutes/${id}/profile`;

/** An institute's profile: to read, to edit with a preview of the effects, to confirm. */
@ApiExcludeController()
@Controller('institutes/:profile/profile')
export class ProfilePages {
  constructor(
    private readonly profiles: Profiles,
    private readonly previews: ProfilePreview,
    private readonly learned: LearnedVerdicts,
    private readonly suggestions: OwnSuggestions,
    private readonly warnings: SaveWarnings,
    private readonly preferences: MyPreferences,
    private readonly institutes: InstituteOverview,
  ) {}

  @Needs('profile.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(SUGGESTION_FIELDS) asked: SuggestionQuery,
  ): Promise<string> {
    const standing = await this.profiles.get(id);
    return this.shown(v, actor, standing, withProposed(v, standing.profile.content, asked));
  }

  /** Saves; other buttons return the form with a new row or order. */
  @Needs('profile.write', 'profile')
  @Post()
  @HttpCode(200)
  async save(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const standing = await this.profiles.get(id);
    const { action, version = standing.version } = carried(body);
    const fields = typed(body);
    const other = rearranged(fields, action);
    if (other)
      return this.shown(v, actor, standing, {
        fields: other,
        version,
        fresh: action === 'add' ? other.competences.length - 1 : null,
      });
    const read = readProfile(v, fields, standing.profile.content);
    if ('errors' in read) return pageWith(422, await this.shown(v, actor, standing, { ...read, version }));
    const warnings = this.warnings.forProfile(read.profile, actor);
    const edited = await orWhyNot(v, response, () => this.profiles.save(read.profile, actor, { version }));
    if ('errors' in edited) {
      const { status, errors } = edited;
      return pageWith(status, await this.shown(v, actor, standing, { fields, version, errors }));
    }
    if (edited.outcome !== 'stale') return redirectTo(pathOf(id), flashOf(edited, await warnings));
    const stale = { says: 'profile.stale.help', from: edited.profile.content, to: read.profile } as const;
    return pageWith(409, await this.shown(v, actor, edited, { fields, stale }));
  }

  /** Shows what the form would change. Saves nothing. */
  @Needs('profile.read', 'profile')
  @Post('preview')
  @HttpCode(200)
  async preview(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const standing = await this.profiles.get(id);
    const fields = typed(body);
    const read = readProfile(v, fields, standing.profile.content);
    const errors = 'errors' in read ? read.errors : {};
    const previewed = await this.previewed(id, read, actor, gone);
    if (v.part) return part(PreviewAnswer({ v, profileId: id, previewed }));
    return this.shown(v, actor, standing, {
      fields,
      errors,
      previewed,
      version: carried(body).version ?? standing.version,
    });
  }

  @Needs('profile.write', 'profile')
  @Post('confirm')
  @HttpCode(200)
  async confirm(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { version } = carried(body);
    const edited = await this.profiles.confirm(id, actor, version);
    if (edited.outcome === 'stale') return this.unseen(v, actor, edited, version);
    return redirectTo(pathOf(id), 'flash.confirmed');
  }

  /** Replaces the profile with the current file on the server. */
  @Needs('profile.write', 'profile')
  @Post('file')
  @HttpCode(200)
  async takeFile(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const standing = await this.profiles.get(id);
    const { version = standing.version } = carried(body);
    const { fileConflict } = standing.profile;
    const edited = fileConflict && (await this.profiles.save(fileConflict, actor, { version }));
    if (edited?.outcome === 'stale') return this.unseen(v, actor, edited, version);
    return redirectTo(pathOf(id), edited ? flashOf(edited, []) : 'flash.saved');
  }

  /**
   * Somebody saved a version that the user has not seen. Nothing was done; shows what has changed since the
   * version they saw.
   */
  private async unseen(v: Viewer, actor: Actor, now: Standing, seen: number | undefined): Promise<Answer> {
    const { content } = now.profile;
    const from = seen === undefined ? content : (await this.profiles.version(content.id, seen)).content;
    const stale = { says: 'profile.stale.unseen', from, to: content } as const;
    return pageWith(409, await this.shown(v, actor, now, { stale }));
  }

  private async previewed(
    id: string,
    read: ReturnType<typeof readProfile>,
    actor: Actor,
    gone: AbortSignal,
  ): Promise<Previewed> {
    if ('errors' in read) return { preview: null, preferences: undefined };
    return {
      preview: await this.previews.compare(id, read.profile, actor, gone),
      preferences: read.profile.preferences,
    };
  }

  private async shown(
    v: Viewer,
    actor: Actor,
    standing: Standing,
    state: Partial<EditorState>,
  ): Promise<string> {
    const { content } = standing.profile;
    const writes = may(actor, 'profile.write', content.id);
    if (writes) this.previews.prepare();
    const inside = isOf(actor, content.id);
    const [people, learned, threshold] = inside
      ? await Promise.all([
          this.profiles.hasResearchers(content.id),
          this.learned.all(content.id),
          this.learned.threshold(content.id),
        ])
      : [null, null, null];
    const suggestions =
      inside && writes ? await this.suggestions.list(content.id) : { suggestions: [], declined: 0 };
    const following = await this.preferences.isFollowing(actor, { kind: 'profile', target: content.id });
    const points = content.confirmed
      ? []
      : pointsToConfirm(content, people, await this.institutes.isTold(content));
    const editor = {
      fields: fieldsOf(content, v.language),
      errors: {},
      version: standing.version,
      previewed: null,
      fresh: null,
      stale: null,
      proposed: null,
      unsaved: state.fields !== undefined,
      ...state,
    };
    const options = {
      title: v.t('profile.title', { name: nameIn(content.name, 'of', v.language) }),
      place: 'profile' as const,
      institute: headOf(content),
      styles: ['profile/profile'],
      scripts: writes ? ['profile/profile', 'profile/keywords'] : ['profile/profile'],
      wide: writes,
    };
    return page(
      v,
      options,
      ProfilePage({
        v,
        model: {
          standing,
          points,
          may: writes,
          following,
          editor: writes ? editor : null,
          learned,
          threshold,
          suggestions,
        },
      }),
    );
  }
}

/**
 * The form with the change proposed by its URL. Nobody typed it and the URL restores it, so leaving the page
 * is fine.
 */
function withProposed(v: Viewer, saved: Profile, asked: SuggestionQuery): Partial<EditorState> {
  const suggestion = suggestionIn(asked);
  if (!suggestion) return {};
  const to = withSuggestion(saved, suggestion) ?? saved;
  return { fields: fieldsOf(to, v.language), proposed: { from: saved, to }, unsaved: false };
}
