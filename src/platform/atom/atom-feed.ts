import { Feed } from 'feed';
import { Fragment, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { eachInTimeSlices } from '../../kernel/time-slices.js';

export interface AtomEntry {
  /** The same for as long as it is the same thing, and of no other: an address. */
  id: string;
  title: string;
  link: string;
  publishedAt: Date;
  updatedAt: Date;
  html: string;
}

export interface AtomFile {
  id: string;
  title: string;
  /** The page that shows the same to people. */
  link: string;
  /** When it was last updated, if it has no entries. */
  createdAt: Date;
  entries: AtomEntry[];
}

/** What no XML document may contain (XML 1.0, 2.2), and the library leaves in. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Of what ends a CDATA section the library escapes the first alone: one text would end the whole feed. */
const asCdata = (html: string): string => html.replace(NO_XML, '').replaceAll(']]>', ']]&gt;');

/**
 * Returns a feed as RFC 4287 defines it. Titles are text: the library would take them for HTML. It has no
 * link to itself, since its address is a secret.
 */
export async function writeAtom({ id, title, link, createdAt, entries }: AtomFile): Promise<string> {
  const updated = new Date(Math.max(createdAt.getTime(), ...entries.map((e) => e.updatedAt.getTime())));
  const feed = new Feed({
    id,
    title: title.replace(NO_XML, ''),
    link,
    updated,
    generator: false,
    author: { name: 'Carnot Europe' },
  });
  await eachInTimeSlices(entries, (entry) => {
    feed.addItem({
      id: entry.id,
      title: asCdata(renderToString(h(Fragment, null, entry.title))),
      link: entry.link,
      date: entry.updatedAt,
      published: entry.publishedAt,
      content: asCdata(entry.html),
    });
  });
  return feed.atom1();
}
