/** Why the last coordinator of the network, or the last officer of an institute, cannot be removed. */
export const lastRefusal = (profileId: string | null): string =>
  profileId === null
    ? 'The network needs at least one coordinator.'
    : 'The institute needs at least one officer: give someone else this role first.';
