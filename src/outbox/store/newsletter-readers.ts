import type { EntityManager } from 'typeorm';

/**
 * Of the reader `r` of a newsletter: that they want no calls from the institute, or else why they are not
 * written to; null if they are.
 */
export const WHY_LEFT_OUT = `CASE WHEN EXISTS (SELECT FROM researcher_objection o WHERE o.profile_id = r.profile_id AND o.address_hash = r.address_hash) THEN 'objects'
  WHEN r.left_at IS NOT NULL THEN 'left' WHEN r.removed_at IS NOT NULL THEN 'removed' WHEN r.stopped_at IS NOT NULL THEN 'stopped' END`;

/** Notes that a reader is no longer written to, before their e-mail was sent; returns whether so. */
export async function leaveOut(tx: EntityManager, mailId: string): Promise<boolean> {
  const [, left]: [unknown[], number] = await tx.query(
    `UPDATE newsletter_copy c SET left_out = ${WHY_LEFT_OUT} FROM newsletter_reader r WHERE c.mail_id = $1 AND r.id = c.reader_id AND ${WHY_LEFT_OUT} IS NOT NULL`,
    [mailId],
  );
  return left > 0;
}

/** Stops the reader of an e-mail to an address that does not exist, on all lists of the institute. */
export async function stopReader(tx: EntityManager, mailId: string, why: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE newsletter_reader r SET stopped_at = $2, stopped_why = $3 FROM newsletter_copy c JOIN newsletter_reader one ON one.id = c.reader_id
      WHERE c.mail_id = $1 AND r.profile_id = one.profile_id AND r.address_hash = one.address_hash AND r.address <> '' AND r.stopped_at IS NULL`,
    [mailId, now, why],
  );
}
