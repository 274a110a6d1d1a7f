import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Needs } from '../../platform/access/rule.js';
import { page } from '../page.js';
import { View, type Viewer } from '../viewer.js';
import { SamplesPage } from './samples-page.js';

/** The components, for developers of pages. It shows no data, and only the network needs it. */
@ApiExcludeController()
@Controller('ui')
export class SamplePages {
  @Needs('operation.read')
  @Get()
  show(@View() v: Viewer): string {
    return page(v, { title: v.t('samples.title'), styles: ['samples'], wide: true }, SamplesPage({ v }));
  }
}
