import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { ListName } from './newsletter.js';

/** More people than an institute writes to at once. */
export const MOST_READERS = 1_000;
/** All lists of an institute together. */
export const MOST_READERS_OF_ALL = 5_000;

/** How somebody came onto a list: their address was written there, or taken from those that are known. */
export type Origin = 'typed' | 'researcher' | 'contact';

/**
 * Why somebody on a list is not written to: they left it, a mail server said that there is no such address,
 * they want no calls from the institute at all, they were removed while it was being sent, or the operator
 * skipped what waited in a restored copy of the installation.
 */
export const LEFT_OUT = ['left', 'stopped', 'objects', 'removed', 'skipped'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** An address as people write it, by the rule of all addresses of e-mails. */
const Address = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email(issue('email-address')).max(320));

export const WrittenReader = z.object({
  address: Address,
  name: z.string().trim().min(1).max(200).nullable().default(null),
});
export type WrittenReader = z.infer<typeof WrittenReader>;

/** People to put on a list: written down, or among those that the institute knows. */
export const ReadersInput = z.object({
  list: ListName,
  readers: z.array(WrittenReader).max(MOST_READERS),
  /** Ids of researchers, and addresses of contacts named in the profile. */
  researchers: z.array(z.uuid()).max(MOST_READERS),
  contacts: z.array(Address).max(MOST_READERS),
});
export type ReadersInput = z.infer<typeof ReadersInput>;

const LONGEST_LINE = 600;
/** How much of a line is shown to identify it. */
const SHOWN = 60;
const PERSON = /^"?([^"<>]*?)"? ?<([^\s<>]+)>$/;

/** What is wrong with a line of a pasted list, which is counted from 1. */
export interface BadLine {
  line: number;
  text: string;
}

/**
 * Reads people pasted from a mail program or a spreadsheet, one a line: an address, or `Name <address>`. Of
 * several lines with one address the first counts. Null if they are more lines than a list has readers.
 */
export function pastedReaders(text: string): { readers: WrittenReader[]; bad: BadLine[] } | null {
  const lines = text.split(/\r?\n/).map((whole, i) => ({ whole, line: i + 1 }));
  const written = lines.filter(({ whole }) => whole.trim() !== '');
  if (written.length > MOST_READERS) return null;
  const readers = new Map<string, WrittenReader>();
  const bad: BadLine[] = [];
  for (const { whole, line } of written) {
    // As mail programs separate them.
    const said = whole.slice(0, LONGEST_LINE).replace(/\s+/g, ' ').trim().replace(/[;,]$/, '');
    const [, name = '', address = said] = PERSON.exec(said) ?? [];
    const read = WrittenReader.safeParse({ address, name: name.trim() || null });
    if (!read.success || whole.length > LONGEST_LINE) bad.push({ line, text: said.slice(0, SHOWN) });
    else if (!readers.has(read.data.address)) readers.set(read.data.address, read.data);
  }
  return { readers: [...readers.values()], bad };
}
