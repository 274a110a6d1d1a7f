import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { NetworkOnly } from '../../platform/access/rule.js';
import { page } from '../page.js';
import { View, type Viewer } from '../viewer.js';
import { SamplesPage } from './samples-page.js';

/** The components for whoever builds a page. They show no data; nobody but the network has a use for them. */
@ApiExcludeController()
@Controller('ui')
export class SamplePages {
  @NetworkOnly('read')
  @Get()
  show(@View() v: Viewer): string {
    return page(v, { title: v.t('samples.title'), styles: ['samples'], wide: true }, SamplesPage({ v }));
  }
}
