import { AcrossInstitutes } from '../../../platform/access/across-institutes.js';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Contacts, type ConfirmationRequest as AskedContact } from '../../contacts/contacts.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import { Open, type AuthenticatedRequest } from '../../../platform/access/rule.js';
import { page } from '../../../ui/page.js';
import { PageByLink } from '../../../ui/referrer.js';
import { tooOften } from '../../../ui/too-often.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { ContactLinkPage } from './contact-link-page.js';

/** Confirms an address that calls are to be sent to. */
@ApiExcludeController()
@AcrossInstitutes('a contact follows the link in an e-mail')
@Open("the secret in the e-mail's link is the credential: the recipient does not need to sign in")
@Controller('contact')
export class ContactLinkPages {
  constructor(
    private readonly contacts: Contacts,
    private readonly limits: RateLimit,
  ) {}

  /** Only shows: mail scanners open every link of an e-mail. */
  @Get(':token')
  @PageByLink()
  async ask(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<string> {
    return this.shown(v, request, response, secret, await this.contacts.asked(secret));
  }

  /** Runs the button's action. Idempotent. */
  @Post(':token')
  @PageByLink()
  async confirm(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<string> {
    const asked = await this.contacts.confirm(secret);
    // Only failures count: on a network shared with someone who guesses links, people can still confirm.
    const limited = asked
      ? null
      : await tooOften(v, response, () =>
          this.limits.take('dead links used from a network', networkOf(request)),
        );
    if (!limited) return this.shown(v, request, response, secret, asked);
    response.status(429);
    return this.page(viewerByLink(v, request, undefined), secret, null, limited['']!);
  }

  private shown(
    v: Viewer,
    request: AuthenticatedRequest,
    response: Response,
    secret: string,
    asked: AskedContact | null,
  ): string {
    response.status(asked ? 200 : 410);
    return this.page(viewerByLink(v, request, asked?.language), secret, asked, null);
  }

  private page(v: Viewer, secret: string, asked: AskedContact | null, refused: string | null): string {
    return page(
      v,
      { title: v.t(asked ? 'contacts.link.title' : 'contacts.link.dead') },
      ContactLinkPage({ v, path: `/contact/${encodeURIComponent(secret)}`, asked, refused }),
    );
  }
}
