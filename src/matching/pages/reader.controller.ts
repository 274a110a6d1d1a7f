import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ReaderViews } from '../api/reader-views.js';
import { ReaderPage } from './reader-page.js';

/** The page of the language model that reads calls: its state, its cost and its prompt, for the operator. */
@ApiExcludeController()
@Needs('operation.read')
@Controller('reader')
export class ReaderPages {
  constructor(private readonly views: ReaderViews) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@View() v: Viewer): Promise<string> {
    return page(
      v,
      { title: v.t('reader.title'), place: 'sources', styles: ['sources'] },
      ReaderPage({ v, reader: await this.views.view() }),
    );
  }
}
