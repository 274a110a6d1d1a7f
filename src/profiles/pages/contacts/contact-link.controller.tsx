import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { nameIn } from '../../domain/names-in.js';
import {
  type ConfirmationRequest as AskedContact,
  type ConfirmationRequest,
  Contacts,
} from '../../contacts/contacts.js';
import { FormError } from '../../../ui/parts.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import { page, tooOften } from '../../../ui/page.js';
import { PageByLink } from '../../../ui/page-for-anyone.js';
import { type Answer, pageWith } from '../../../ui/answer.js';

/** The page behind a confirmation link: one button, or the result. */
function ContactLinkPage({
  v,
  path,
  asked,
  refused,
}: {
  v: Viewer;
  path: string;
  asked: ConfirmationRequest | null;
  refused: string | null;
}) {
  if (!asked)
    return (
      <div class="sign-in">
        <h1>{v.t('contacts.link.dead')}</h1>
        {refused ? <FormError says={refused} /> : <p>{v.t('contacts.link.dead-says')}</p>}
      </div>
    );
  const { name, institute, confirmed } = asked;
  return (
    <div class="sign-in">
      <h1>{v.t('contacts.link.title')}</h1>
      {confirmed ? (
        <p class="notice" role="status">
          {v.t('contacts.link.done')}
        </p>
      ) : (
        <form class="card" method="post" action={path}>
          <p>{v.t('contacts.link.says', { name, institute: nameIn(institute, 'to', v.language) })}</p>
          <p>
            <button class="primary" type="submit">
              {v.t('contacts.link.button')}
            </button>
          </p>
        </form>
      )}
    </div>
  );
}

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
    @Param('token') secret: string,
  ): Promise<Answer> {
    return this.shown(v, request, secret, await this.contacts.asked(secret));
  }

  /** Runs the button's action. Idempotent. */
  @Post(':token')
  @PageByLink()
  async confirm(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<Answer> {
    const asked = await this.contacts.confirm(secret);
    // Only failures count: on a network shared with someone who guesses links, people can still confirm.
    const limited = asked
      ? null
      : await tooOften(v, response, () =>
          this.limits.take('dead links used from a network', networkOf(request)),
        );
    if (!limited) return this.shown(v, request, secret, asked);
    return pageWith(429, this.page(viewerByLink(v, request, undefined), secret, null, limited['']!));
  }

  private shown(
    v: Viewer,
    request: AuthenticatedRequest,
    secret: string,
    asked: AskedContact | null,
  ): Answer {
    const read = viewerByLink(v, request, asked?.language);
    return pageWith(asked ? 200 : 410, this.page(read, secret, asked, null));
  }

  private page(v: Viewer, secret: string, asked: AskedContact | null, refused: string | null): string {
    return page(
      v,
      { title: v.t(asked ? 'contacts.link.title' : 'contacts.link.dead') },
      ContactLinkPage({ v, path: `/contact/${encodeURIComponent(secret)}`, asked, refused }),
    );
  }
}
