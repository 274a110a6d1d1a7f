/**
 * Why the last of those on whom all hangs cannot go: of the network's coordinators, or of an institute's
 * officers.
 */
export const lastRefusal = (profileId: string | null): string =>
  profileId === null
    ? 'The network needs at least one coordinator.'
    : 'The institute needs at least one officer: give someone else this role first.';
