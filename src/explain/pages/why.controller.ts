import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { seesAllInside, type Actor } from '../../kernel/actor.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { Profiles } from '../../profiles/profiles.js';
import { CallSearch } from '../../calls/api/call-search.js';
import { explainView } from '../api/explain-views.js';
import { Explaining, type Explained, type Wanted } from '../explaining.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { headOf } from '../../profiles/pages/profile-page.js';
import { WhyPage, type Meant, type WhyModel } from './why-page.js';

const QUERY = { call: z.string().trim().min(1).max(500).optional() };
const MOST_MEANT = 8;

/** The pages that explain why an institute was notified of a call, or not. */
@ApiExcludeController()
@Controller('institutes/:profile/why')
export class WhyPages {
  constructor(
    private readonly explaining: Explaining,
    private readonly profiles: Profiles,
    private readonly search: CallSearch,
  ) {}

  @Needs('match.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @PageQuery(QUERY) { call: asked }: { call?: string },
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    if (asked === undefined) return shown(v, content, { asked: '', answer: null, meant: null });
    const wanted = await this.explaining.findCall(asked);
    if (wanted.call) {
      const inside = seesAllInside(actor, id);
      const explained = await this.explaining.explain(content, wanted.call, inside, v.now);
      const name = await this.nameOf(explained);
      return shown(v, content, {
        asked: name,
        answer: explainView(explained, content, { language: v.language, inside, now: v.now }),
        meant: null,
      });
    }
    if (!wanted.candidates.length) response.status(404);
    return shown(v, content, { asked, answer: null, meant: await this.meant(v, asked, wanted) });
  }

  /** The identifier, or the id if several calls share the identifier. */
  private async nameOf({
    call: {
      id,
      content: { identifier },
    },
  }: Explained): Promise<string> {
    const named = identifier === null ? null : (await this.explaining.findCall(identifier)).call;
    return named?.id === id ? identifier! : id;
  }

  /**
   * Candidates for a text: the calls that it names, else calls that contain its words (such as the identifier
   * of a call with several topics), else similar identifiers.
   */
  private async meant(v: Viewer, text: string, { candidates, nearest }: Wanted): Promise<Meant> {
    if (candidates.length)
      return {
        why: 'several',
        calls: candidates.slice(0, MOST_MEANT).map(({ id, identifier, title, language, days }) => ({
          call: id,
          identifier,
          title,
          language,
          days,
        })),
      };
    const { items } = await this.search.page({ q: text }, { limit: MOST_MEANT, language: v.language });
    if (items.length)
      return {
        why: 'words',
        calls: items.map(({ id, identifier, title }) => ({
          call: id,
          identifier,
          title,
          language: null,
          days: [],
        })),
      };
    return {
      why: nearest.length ? 'alike' : 'none',
      calls: nearest.map((identifier) => ({
        call: identifier,
        identifier,
        title: null,
        language: null,
        days: [],
      })),
    };
  }
}

const shown = (v: Viewer, profile: Profile, model: Omit<WhyModel, 'profile'>): string =>
  page(
    v,
    {
      title: v.t('why.link'),
      place: 'profile',
      institute: headOf(profile),
      styles: ['why'],
      scripts: ['why'],
    },
    WhyPage({ v, model: { profile, ...model } }),
  );
