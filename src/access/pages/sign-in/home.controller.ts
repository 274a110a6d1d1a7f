import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../../kernel/actor.js';
import { homeOf } from '../../domain/landing.js';
import { SessionCookie } from '../../session-cookie.js';
import { Sessions } from '../../sessions.js';
import { CurrentActor, SignedIn } from '../../../platform/access/rule.js';
import { redirectWithFlash } from '../../../ui/viewer.js';

/** Where one begins, and the way out. */
@ApiExcludeController()
@SignedIn()
@Controller()
export class HomePages {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  home(@CurrentActor() actor: Actor, @Res() response: Response): void {
    response.redirect(303, homeOf(actor));
  }

  @Post('sign-out')
  async out(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    await this.sessions.end(actor);
    this.cookie.clear(response);
    // A page that the browser keeps to go back to is theirs too. Its storage is emptied by our own script:
    // what is chosen for this browser stays.
    response.setHeader('Clear-Site-Data', '"cache"');
    redirectWithFlash(response, '/sign-in', 'flash.signed-out');
  }
}
