import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../../kernel/actor.js';
import { homeOf } from '../../domain/landing.js';
import { SessionCookie } from '../../session-cookie.js';
import { Sessions } from '../../sessions.js';
import { CurrentActor, SignedIn } from '../../../platform/access/rule.js';
import { redirectWithFlash } from '../../../ui/viewer.js';

/** The start page and sign-out. */
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
    // Cached pages kept for the back button are theirs too. Our own script clears the storage: preferences
    // for this browser stay.
    response.setHeader('Clear-Site-Data', '"cache"');
    redirectWithFlash(response, '/sign-in', 'flash.signed-out');
  }
}
