import type { Problem } from '../platform/api/problem.js';
import { ownPath } from '../access/domain/landing.js';
import type { Language } from '../kernel/language.js';
import { type AuthenticatedRequest, SIGN_IN_AGAIN } from '../platform/access/rule.js';
import { ALL, type MessageKey } from '../i18n/all.js';
import { ConfirmForm } from './confirm.js';
import { page } from './page.js';
import { viewerOf } from './viewer.js';

const nearest = (status: number): string =>
  `error.title.${status}` in ALL ? String(status) : status < 500 ? '400' : '500';

/** The page the reader came from: the one requested, or the one with the form. */
function cameFrom({ method, originalUrl, headers: { referer } }: AuthenticatedRequest): string | null {
  if (method === 'GET') return ownPath(originalUrl);
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { pathname, search } = new URL(referer);
  return ownPath(`${pathname}${search}`);
}

/**
 * A problem as a page for people; null if a program made the request. What does not exist is named as what it
 * would be, whether its id is unknown or none at all.
 */
export function errorPage(
  request: AuthenticatedRequest,
  problemIn: (language: Language) => Problem,
  missing: string | null,
): { status: number; html: string } | null {
  const v = viewerOf(request);
  if (!v || request.headers.authorization || !(request.headers.accept ?? '').includes('text/html'))
    return null;
  const problem = problemIn(v.language);
  if (problem.type === SIGN_IN_AGAIN) {
    const html = page(v, { title: v.t('presence.title') }, ConfirmForm({ v, next: cameFrom(request) }));
    return { status: problem.status, html };
  }
  const what = missing !== null && `error.missing.${missing}` in ALL ? missing : null;
  const status = what === null ? problem.status : 404;
  const kind = nearest(status);
  const title = v.t(`error.title.${kind}` as MessageKey);
  const html = page(
    v,
    { title },
    <section class="narrow">
      <h1>{title}</h1>
      {what === null ? (
        <p>{v.t(`error.says.${kind}` as MessageKey)}</p>
      ) : (
        <>
          <p>{v.t(`error.missing.${what}` as MessageKey)}</p>
          <p>{v.t('error.missing.help')}</p>
        </>
      )}
      {problem.errors && what === null && (
        <ul>
          {problem.errors.map((e) => (
            <li key={e.path}>
              <code>{e.path}</code> {e.message}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="button" href="/">
          {v.t('error.home')}
        </a>
      </p>
    </section>,
  );
  return { status, html };
}
