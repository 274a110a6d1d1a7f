/** Why the last coordinator of the network, or the last officer of an institute, cannot be removed. */
export const lastRefusal = (profileId: string | null) =>
  profileId === null ? 'last-coordinator' : 'last-officer';
