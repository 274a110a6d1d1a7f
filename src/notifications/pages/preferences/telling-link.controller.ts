import { Body, Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Language } from '../../../profiles/domain/profile.js';
import { Telling } from '../../choosing/telling.js';
import { RateLimit } from '../../../platform/access/rate-limit.js';
import { Open, type Asked } from '../../../platform/access/rule.js';
import { page } from '../../../ui/page.js';
import { REFERRER } from '../../../ui/referrer.js';
import { translateTo } from '../../../ui/translate.js';
import { NOTHING_TYPED } from '../../../ui/typed.js';
import { chosenLanguage, goAndSay, View, type Viewer } from '../../../ui/viewer.js';
import { DeadTellingLink } from './telling-page.js';
import { Step, TellingScreen } from './telling-screen.js';

const pathOf = (token: string): string => `/telling/${encodeURIComponent(token)}`;

/** Whoever comes by a link is nobody who signed in, whoever else uses this browser; the page speaks as the messages do. */
const readerOf = (v: Viewer, request: Asked, language: Language | undefined): Viewer => {
  const speaks = chosenLanguage(request) ?? language ?? v.language;
  return { ...v, actor: null, language: speaks, t: translateTo(speaks) };
};

/** Choosing what one is told, with the link of a message as the only credential. */
@ApiExcludeController()
@Open('the link of the message is the credential: who stops messages, or chooses fewer, needs no account')
@Controller('telling')
export class TellingLinkPages {
  constructor(
    private readonly telling: Telling,
    private readonly screen: TellingScreen,
    private readonly limits: RateLimit,
  ) {}

  /** Shows and changes nothing: mail scanners open every link of a mail. */
  @Get(':token')
  @Header(...REFERRER)
  @Header('x-robots-tag', 'noindex, nofollow')
  async show(@View() viewer: Viewer, @Req() request: Asked, @Res({ passthrough: true }) response: Response, @Param('token') token: string): Promise<string> {
    const told = await this.telling.byLink(token);
    if (!told || told === 'expired') return this.dead(viewer, request, response, told);
    return this.screen.shown(readerOf(viewer, request, told.language), told, pathOf(token), NOTHING_TYPED, null);
  }

  @Post(':token')
  @Header(...REFERRER)
  @Header('x-robots-tag', 'noindex, nofollow')
  async save(@View() viewer: Viewer, @Req() request: Asked, @Res({ passthrough: true }) response: Response, @Param('token') token: string, @Body() body: unknown): Promise<string | void> {
    const told = await this.telling.byLink(token);
    if (!told || told === 'expired') return this.dead(viewer, request, response, told);
    await this.limits.take('choices by a link', token);
    const v = readerOf(viewer, request, told.language);
    const wrong = await this.screen.saved(v, told, body, (input) => this.telling.choose(told, input));
    if (wrong === null) return goAndSay(response, pathOf(token), 'said.saved');
    response.status(422);
    return this.screen.shown(v, told, pathOf(token), wrong, null);
  }

  @Post(':token/:step')
  @Header(...REFERRER)
  @Header('x-robots-tag', 'noindex, nofollow')
  async step(
    @View() v: Viewer, @Req() request: Asked, @Res({ passthrough: true }) response: Response, @Param('token') token: string, @Param('step', { schema: Step }) step: Step, @Body() body: unknown,
  ): Promise<string | void> {
    const told = await this.telling.byLink(token);
    if (!told || told === 'expired') return this.dead(v, request, response, told);
    // To stop is never too often.
    if (step !== 'stop') await this.limits.take('choices by a link', token);
    goAndSay(response, pathOf(token), await this.screen.step(v, told, step, body));
  }

  /** What is good no more, or never was, with the way to a new one. */
  private dead(viewer: Viewer, request: Asked, response: Response, why: 'expired' | null): string {
    const v = readerOf(viewer, request, undefined);
    response.status(why === 'expired' ? 410 : 404);
    const title = v.t(why === 'expired' ? 'telling.expired-title' : 'telling.unknown-title');
    return page(v, { title }, DeadTellingLink({ v, title, expired: why === 'expired' }));
  }
}
