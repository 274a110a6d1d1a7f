import { Body, Controller, Get, Header, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CarnotError, Forbidden } from '../../kernel/errors.js';
import { JustSignedIn, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { Environment } from '../../platform/config/environment.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { ReaderViews } from '../api/reader-views.js';
import { ReaderServer } from '../reading/reader-server.js';
import { ReaderPage, type SetUp } from './reader-page.js';

const { READER_URL, READER_MODEL, READER_KEY } = Environment.shape;
/** The same rules as for the variables; an empty key is none. */
const Server = z.object({
  url: READER_URL.unwrap(),
  model: z.string().min(1).pipe(READER_MODEL.unwrap()),
  key: z.preprocess((key) => (key === '' ? undefined : key), READER_KEY),
});
const Typed = z.object({
  url: z.string().trim().max(500).catch(''),
  model: z.string().trim().max(300).catch(''),
  key: z.string().trim().max(1_000).catch(''),
});

/** The page of the language model that reads calls: its state, its cost, its prompt, and where it is set. */
@ApiExcludeController()
@Needs('operation.read')
@Controller('reader')
export class ReaderPages {
  constructor(
    private readonly views: ReaderViews,
    private readonly servers: ReaderServer,
    private readonly language: LanguageModel,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  show(@View() v: Viewer): Promise<string> {
    return this.shown(v);
  }

  /** Responds with the page instead of a redirect: what the server said of three calls is stored nowhere. */
  @Needs('operation.write')
  @JustSignedIn()
  @Post('server')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async set(
    @View() v: Viewer,
    @Gone() gone: AbortSignal,
    @Res({ passthrough: true }) response: Response,
    @Body() body: unknown,
  ): Promise<string> {
    this.mustBeFree();
    const typed = Typed.parse(body ?? {});
    const read = Server.safeParse(typed);
    const setUp = { typed, wrong: new Set<string>(), failed: null, tried: null, used: false };
    response.status(422);
    if (!read.success)
      return this.shown(v, {
        ...setUp,
        wrong: new Set(read.error.issues.map(({ path }) => String(path[0]))),
      });
    try {
      const { url, model, key } = read.data;
      const outcome = await this.servers.set({ url, model, key }, gone);
      if (outcome.used) response.status(200);
      return await this.shown(v, { ...setUp, ...outcome });
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
      return this.shown(v, { ...setUp, failed: error.message });
    }
  }

  @Needs('operation.write')
  @JustSignedIn()
  @Post('server/remove')
  async remove(@Res({ passthrough: true }) response: Response): Promise<void> {
    this.mustBeFree();
    await this.servers.remove();
    redirectWithFlash(response, '/reader', 'flash.saved');
  }

  private mustBeFree(): void {
    if (this.language.isNamed) throw new Forbidden('reader-named');
  }

  private async shown(v: Viewer, setUp?: SetUp): Promise<string> {
    return page(
      v,
      { title: v.t('reader.title'), place: 'sources', styles: ['sources'] },
      ReaderPage({ v, reader: await this.views.view(), ...(setUp && { setUp }) }),
    );
  }
}
