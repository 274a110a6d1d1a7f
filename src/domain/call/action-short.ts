/**
 * Types of action that people call by a short name, with what tells them apart in what sources write ("HORIZON-RIA HORIZON Research and
 * Innovation Actions", "HORIZON Innovation Actions", "IA"). In small letters, in the regular expressions that JavaScript and PostgreSQL share.
 */
const FORMS = {
  RIA: 'research and innovation action|(^|-)ria( |$)',
  IA: '(?<!research and )innovation action|(^|-)ia( |$)',
  CSA: 'coordination and support action|(^|-)csa( |$)',
  COFUND: '(?<!msca[ -])cofund',
  PCP: 'pre-commercial procurement',
  PPI: 'public procurement of innovative',
  ERC: '(^|[ -])erc([ -]|$)',
  MSCA: '(^|[ -])msca([ -]|$)',
  EIC: '(^|[ -])eic([ -]|$)',
} as const;

export type ActionShort = keyof typeof FORMS;
export const ACTION_SHORTS = Object.keys(FORMS) as [ActionShort, ...ActionShort[]];

/** The form of what sources write for this type of action, for the database. */
export const actionForm = (short: ActionShort): string => FORMS[short];

const READERS = ACTION_SHORTS.map((short) => ({ short, form: new RegExp(FORMS[short]) }));

/** The short name of a type of action; null where it has none, and is to be written out. */
export const actionShort = (type: string): ActionShort | null => READERS.find(({ form }) => form.test(type.toLowerCase()))?.short ?? null;
