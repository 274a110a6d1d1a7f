/** Whose data: those of an address, at one institute (null for the network) or everywhere. */
export interface Whose {
  email: string;
  at: { profileId: string | null } | 'everywhere';
}

/** SQL for a row there: $1 is the address in lower case, $2 is true for everywhere, $3 the institute. */
export const AT = (column = 'profile_id'): string => `($2 OR ${column} IS NOT DISTINCT FROM $3)`;

export const valuesOf = ({ email, at }: Whose): [string, boolean, string | null] => [
  email.toLowerCase(),
  at === 'everywhere',
  at === 'everywhere' ? null : at.profileId,
];
