/** The sign-in page that then leads to `next`. */
export const signInPath = (next: string | null): string =>
  next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
