import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../platform/access/rule.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import { page } from '../../ui/page.js';
import { PageByLink } from '../../ui/page-for-anyone.js';
import { View, type Viewer, viewerByLink } from '../../ui/viewer.js';
import { type Leaving, NewsletterSender } from '../newsletter-sender.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** It names the list and the institute, as the e-mail did, and not the reader. */
function LeavePage({ v, path, leaving }: { v: Viewer; path: string; leaving: Leaving }) {
  const { reader, institute } = leaving;
  const of = { institute: nameIn(institute, 'of', v.language), list: reader.list };
  return (
    <section class="narrow">
      {reader.leftAt ? (
        <>
          <h1>{v.t('leave.left')}</h1>
          <p>{v.t('leave.left-says', of)}</p>
          {reader.address !== '' && (
            <form method="post" action={`${path}/back`}>
              <button type="submit">{v.t('leave.back')}</button>
            </form>
          )}
        </>
      ) : (
        <>
          <h1>{v.t('leave.title')}</h1>
          <p>{v.t('leave.says', of)}</p>
          <form method="post" action={path}>
            <button type="submit" class="primary">
              {v.t('leave.do')}
            </button>
          </form>
        </>
      )}
    </section>
  );
}

const UnknownLink = ({ v }: { v: Viewer }) => (
  <section class="narrow">
    <h1>{v.t('answer.unknown-title')}</h1>
    <p>{v.t('leave.unknown')}</p>
  </section>
);

const pathOf = (secret: string): string => `/newsletter/${encodeURIComponent(secret)}`;

/** Where readers leave the list of a newsletter, and come back. */
@ApiExcludeController()
@AcrossInstitutes('a reader of a newsletter follows the link in it')
@Open('the secret in the link is the credential: readers do not sign in, and e-mail providers post to it')
@Controller('newsletter')
export class LeavePages {
  constructor(private readonly sender: NewsletterSender) {}

  /** Changes nothing: mail scanners open every link in an e-mail. */
  @Get(':token')
  @PageByLink()
  async ask(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    return this.show(v, request, secret, await this.sender.bySecret(secret));
  }

  /** Leaves, with one click (RFC 8058). Answers without a redirect, which providers do not follow. */
  @Post(':token')
  @PageByLink()
  async leave(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    const leaving = await this.sender.bySecret(secret);
    if (leaving) await this.sender.leave(leaving);
    return this.show(v, request, secret, leaving && (await this.sender.bySecret(secret)));
  }

  /** Undoes it; nobody else can. */
  @Post(':token/back')
  @PageByLink()
  async comeBack(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    const leaving = await this.sender.bySecret(secret);
    if (!leaving) return this.show(v, request, secret, null);
    // Their address may be forgotten by now: their page still says that they left.
    if (leaving.reader.address === '') return redirectTo(pathOf(secret));
    await this.sender.comeBack(leaving);
    return redirectTo(pathOf(secret), 'flash.returned');
  }

  private show(
    viewer: Viewer,
    request: AuthenticatedRequest,
    secret: string,
    leaving: Leaving | null,
  ): Answer {
    const v = viewerByLink(viewer, request, leaving?.newsletter.language);
    if (!leaving) return pageWith(404, page(v, { title: v.t('answer.unknown-title') }, UnknownLink({ v })));
    const title = v.t(leaving.reader.leftAt ? 'leave.left' : 'leave.title');
    return pageWith(200, page(v, { title }, LeavePage({ v, path: pathOf(secret), leaving })));
  }
}
