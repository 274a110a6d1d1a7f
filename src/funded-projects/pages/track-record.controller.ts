import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { TrackRecords } from '../track-records.js';
import { Profiles } from '../../profiles/profiles.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { headOf } from '../../profiles/pages/profile-page.js';
import { TrackRecordPage } from './track-record.js';

const AT_ONCE = 50;
const Query = { cursor: z.string().max(1_000).optional() };

/** The track record page of an institute. */
@ApiExcludeController()
@Controller('institutes/:profile/profile/track-record')
export class TrackRecordPages {
  constructor(
    private readonly records: TrackRecords,
    private readonly profiles: Profiles,
  ) {}

  @Needs('profile.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @Param('profile') id: string,
    @PageQuery(Query) { cursor }: { cursor?: string },
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    const record = await this.records.forProfile(id, AT_ONCE, cursor);
    const options = {
      title: v.t('record.of', { name: content.name }),
      place: 'profile' as const,
      institute: headOf(content),
      styles: ['profile/profile'],
    };
    return page(v, options, TrackRecordPage({ v, profile: content, record, first: cursor === undefined }));
  }
}
