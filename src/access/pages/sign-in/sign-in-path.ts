/** Where somebody signs in who is to come to `next` then. */
export const signInPath = (next: string | null): string =>
  next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
