/**
 * The address of one of our pages, for an e-mail to one of our people: whoever has no session signs in there
 * without typing where the e-mail went. It signs nobody in, and says no address to whom it is forwarded.
 */
export const pageFromMail = (
  { PUBLIC_URL }: { PUBLIC_URL: string },
  { id }: { id: string },
  path: string,
): string => `${PUBLIC_URL}${signInFromMail(id, path)}`;

/** The sign-in page that knows this person, and then leads to `path`, or to where their work begins. */
export const signInFromMail = (personId: string, path: string | null): string =>
  `/sign-in/from-mail/${personId}${path === null ? '' : `?next=${encodeURIComponent(path).replaceAll('%2F', '/')}`}`;
