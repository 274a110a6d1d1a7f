import { withoutLinks } from './without-links.js';

const HIDDEN = '…';

/** The parts of a web address that may be secret: everything after the host. */
function partsOf(address: string): string[] {
  if (!/^https?:/.test(address) || !URL.canParse(address)) return [];
  const { pathname, search } = new URL(address);
  return [`${pathname}${search}`, pathname, search.slice(1)].filter((part) => part.length > 1);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Removes an address, links and signing secrets from a text: many read logs and stored errors. */
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
  // Longest first, so that a shorter form cannot break a longer one. Case-insensitive, since servers may
  // change the case.
  return forms
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replace(new RegExp(literally(form), 'gi'), HIDDEN), withoutLinks(text));
}
