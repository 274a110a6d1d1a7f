import { withoutLinks } from '../content/without-links.js';

const HIDDEN = '…';

/** What may be secret of an address on the web: all behind its host. */
function partsOf(address: string): string[] {
  if (!/^https?:/.test(address) || !URL.canParse(address)) return [];
  const { pathname, search } = new URL(address);
  return [`${pathname}${search}`, pathname, search.slice(1)].filter((part) => part.length > 1);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A text without the address of a message, the links in it and the secrets that it is signed with: what is
 * logged and kept of a failure is read by many.
 */
export function redacted(
  text: string,
  { to, secrets }: { to: { address: string }; secrets: string[] },
): string {
  const forms = [
    to.address,
    ...partsOf(to.address),
    ...secrets,
    ...secrets.map((secret) => secret.replace(/^whsec_/, '')),
  ].filter(Boolean);
  // The longest first: a form must not lose a part to a shorter one and so no longer be found. In whatever
  // case it is repeated.
  return forms
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replace(new RegExp(literally(form), 'gi'), HIDDEN), withoutLinks(text));
}
