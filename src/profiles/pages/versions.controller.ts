import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { may, type Actor } from '../../kernel/actor.js';
import type { Profile } from '../domain/profile.js';
import { nameIn } from '../domain/name-in.js';
import { Profiles, type Standing } from '../profiles.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page as pageOfList, placeOf } from '../../platform/api/paging.js';
import { PageQuery } from '../../ui/form.js';
import type { PageOptions } from '../../ui/layout.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { bodyOf } from './profile-form.js';
import { headOf } from './profile-page.js';
import { OneVersion, VersionList } from './versions.js';

const AT_ONCE = 50;
const VersionNumber = z.coerce.number().int().min(1).max(1e9);
const Sent = z.object({ version: z.coerce.number().int().min(1).max(1e9).optional().catch(undefined) });
const Query = { cursor: z.string().max(1_000).optional() };

/** Earlier versions of a profile, and restoring one. */
@ApiExcludeController()
@Controller('institutes/:profile/profile/versions')
export class ProfileVersionPages {
  constructor(private readonly profiles: Profiles) {}

  @Needs('profile.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(Query) { cursor }: { cursor?: string },
  ): Promise<string> {
    const standing = await this.profiles.get(id);
    const found = await this.profiles.history(id, ahead(AT_ONCE), placeOf(cursor, InCursor.count));
    const { items, next } = pageOfList(
      found.versions,
      AT_ONCE,
      found.total,
      (x) => x,
      (x) => x.number,
    );
    const model = {
      v,
      standing,
      versions: items,
      may: may(actor, 'profile.write', id),
      next,
      first: cursor === undefined,
    };
    return page(v, options(v, standing.profile.content), VersionList(model));
  }

  @Needs('profile.read', 'profile')
  @Get(':number')
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<string> {
    return this.shown(v, actor, await this.profiles.get(id), number, false);
  }

  @Needs('profile.write', 'profile')
  @Post(':number/restore')
  @HttpCode(200)
  async restore(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body() body: unknown,
  ): Promise<string | void> {
    const edited = await this.profiles.restore(id, number, actor, Sent.parse(bodyOf(body)).version);
    if (edited.outcome !== 'stale')
      return redirectWithFlash(
        response,
        `/institutes/${id}/profile`,
        edited.withheld ? 'flash.contacts-wait' : 'flash.restored',
      );
    response.status(409);
    return this.shown(v, actor, edited, number, true);
  }

  private async shown(
    v: Viewer,
    actor: Actor,
    standing: Standing,
    number: number,
    stale: boolean,
  ): Promise<string> {
    const { content } = standing.profile;
    const version = await this.profiles.version(content.id, number);
    return page(
      v,
      options(v, content),
      OneVersion({ v, standing, version, may: may(actor, 'profile.write', content.id), stale }),
    );
  }
}

const options = (v: Viewer, content: Profile): PageOptions => ({
  title: v.t('versions.of', { name: nameIn(content.name, 'of', v.language) }),
  place: 'profile',
  institute: headOf(content),
  styles: ['profile/profile'],
});
