import type { Refusal } from '../../domain/sign-on/claims.js';
import type { SignOnProvider } from '../../../kernel/sign-on.js';
import { page } from '../../../ui/page.js';
import type { Viewer } from '../../../ui/viewer.js';

/**
 * Why a sign-in failed: refused by the provider, the provider is unreachable, or its answer cannot be
 * trusted.
 */
export type Failure = Refusal | 'denied' | 'unavailable' | 'forged';

function startPath({ id }: SignOnProvider, next: string | null, address: string): string {
  const query = new URLSearchParams({ ...(next && { next }), ...(address && { address }) }).toString();
  return `/sign-in/with/${id}${query && `?${query}`}`;
}

/** Links to the available sign-in providers; empty if there are none. */
export function ProviderLinks({
  v,
  providers,
  next,
  address = '',
}: {
  v: Viewer;
  providers: readonly SignOnProvider[];
  next: string | null;
  address?: string;
}) {
  if (providers.length === 0) return null;
  return (
    <ul class="plain providers">
      {providers.map((provider) => (
        <li>
          <a class="button" href={startPath(provider, next, address)}>
            {v.t('sign-on.with', { name: provider.name })}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The answer to a request for a link by people who must use their institute's account. */
export const insteadPage = (
  v: Viewer,
  { provider, next, email }: { provider: SignOnProvider; next: string | null; email: string },
): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      <div class="card">
        <p>{v.t('sign-on.instead', { name: provider.name })}</p>
        <ProviderLinks v={v} providers={[provider]} next={next} address={email} />
      </div>
    </div>,
  );

/** The page after a failed sign-in: the reason and what to do. */
export const failedPage = (
  v: Viewer,
  { provider, failure }: { provider: SignOnProvider; failure: Failure },
): string =>
  page(
    v,
    { title: v.t('sign-on.failed.title') },
    <div class="sign-in">
      <h1>{v.t('sign-on.failed.title')}</h1>
      <div class="card">
        <p role="alert">{v.t(`sign-on.failed.${failure}`, { name: provider.name })}</p>
        <ProviderLinks v={v} providers={[provider]} next={null} />
        {!provider.required && (
          <p>
            <a href="/sign-in">{v.t('sign-on.failed.by-mail')}</a>
          </p>
        )}
      </div>
    </div>,
  );
