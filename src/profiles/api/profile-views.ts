import { z } from 'zod';
import { Contact, Profile } from '../domain/profile.js';
import { pointsToConfirm, ToConfirm } from '../../matching/domain/drafting/to-confirm.js';
import { ProfileWarning } from '../domain/warning.js';
import type { ProfileVersionEntity } from '../store/profile.entity.js';
import type { Standing } from '../profiles.js';

export const ContactState = z
  .object({
    email: z.string(),
    confirmed: z
      .boolean()
      .describe('whether its reader agreed; until then only the request for confirmation is sent there'),
    inside: z
      .boolean()
      .describe(
        'whether someone at the institute allowed it to read internal content, such as answers from researchers',
      ),
  })
  .meta({ id: 'ContactState' });
export type ContactState = z.infer<typeof ContactState>;

export const contactStatesOf = ({ contacts: { states } }: Standing): ContactState[] =>
  states.map(({ address, confirmedAt, admittedAt }) => ({
    email: address,
    confirmed: confirmedAt !== null,
    inside: admittedAt !== null,
  }));

export const ProfileView = Profile.extend({
  version: z
    .number()
    .int()
    .describe('increases with every save; send it as If-Match so as not to overwrite the changes of others'),
  revision: z
    .number()
    .int()
    .describe('increases with every change of what matches depend on, and of the name'),
  editedAt: z.iso
    .datetime()
    .nullable()
    .describe('when a person last edited it; null while it equals its file'),
  updatedAt: z.iso.datetime(),
  matched: z.boolean().describe('whether its matches are those of this revision'),
  toConfirm: z.array(ToConfirm).describe('for an unconfirmed profile: what the institute should check first'),
  contactStates: z.array(ContactState).describe('the state of its contacts'),
  contactChange: z
    .object({
      contacts: z.array(Contact),
      by: z.string().nullable().describe("null for the institute's file"),
      at: z.iso.datetime(),
    })
    .nullable()
    .describe('contacts requested from outside; they need the approval of an officer of the institute'),
  file: z
    .object({
      conflict: Profile.nullable().describe(
        'the current file, if it has changed since the profile was edited',
      ),
    })
    .nullable()
    .describe('null if the profile did not come from a file'),
}).meta({ id: 'Profile' });
export type ProfileView = z.infer<typeof ProfileView>;

/** A profile as shown by the API. `told`: whether anybody gets the institute's e-mails. */
export function profileView(standing: Standing, told: boolean): ProfileView {
  const {
    profile: p,
    version,
    contacts: { change },
  } = standing;
  return {
    ...p.content,
    version,
    revision: p.revision,
    editedAt: p.editedAt?.toISOString() ?? null,
    updatedAt: p.updatedAt.toISOString(),
    matched: p.matchedRevision === p.revision,
    toConfirm: p.content.confirmed ? [] : pointsToConfirm(p.content, null, told),
    contactStates: contactStatesOf(standing),
    contactChange: change && {
      contacts: change.contacts,
      by: change.askedBy,
      at: change.askedAt.toISOString(),
    },
    file: p.fileHash === null ? null : { conflict: p.fileConflict },
  };
}

export const SavedProfileView = ProfileView.extend({
  warnings: z.array(ProfileWarning).describe('warnings; it is saved anyway'),
}).meta({ id: 'SavedProfile' });
export type SavedProfileView = z.infer<typeof SavedProfileView>;

/** Returns an ETag that distinguishes all visible states of a profile; its number is the version. */
export const profileTag = (
  { profile: p, version, contacts: { states, change } }: Standing,
  told: boolean,
): string => {
  const standing = states.map((s) => (s.confirmedAt ? 'c' : 'w') + (s.admittedAt ? 'i' : 'o')).join('');
  const contacts = `${standing && `-${standing}`}${change ? `-change-${change.askedAt.getTime()}` : ''}`;
  const silent = told || p.content.confirmed ? '' : '-silent';
  return `"${version}${p.matchedRevision === p.revision ? '' : '-unmatched'}${p.fileConflict ? '-conflict' : ''}${contacts}${silent}"`;
};

export const VersionSummary = z
  .object({
    number: z.number().int(),
    origin: z.enum(['file', 'edit', 'restore']),
    by: z.string().nullable().describe('who saved it; null for a file'),
    savedAt: z.iso.datetime(),
  })
  .meta({ id: 'ProfileVersionSummary' });
export type VersionSummary = z.infer<typeof VersionSummary>;

export const VersionView = VersionSummary.extend({ content: Profile }).meta({ id: 'ProfileVersion' });
export type VersionView = z.infer<typeof VersionView>;

export const versionSummary = ({ number, origin, by, savedAt }: ProfileVersionEntity): VersionSummary => ({
  number,
  origin,
  by,
  savedAt: savedAt.toISOString(),
});
