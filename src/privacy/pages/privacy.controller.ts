import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from '../../platform/access/rule.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { PrivacyPage } from './privacy-page.js';

/** What is kept about whom, why and for how long: open to everyone, signed in or not. */
@ApiExcludeController()
@Open('researchers and contacts have no account, and their data are here too')
@Controller('privacy')
export class PrivacyPages {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get()
  show(@View() v: Viewer): string {
    return page(v, { title: v.t('privacy.title') }, PrivacyPage({ v, days: this.settings.retention }));
  }
}
