import { SaxesParser } from 'saxes';

/** An element of an XML document, with its text and that of what it holds. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

/** Parses XML as strictly as its standard is, and throws at the first mistake. */
function xml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = {
      name,
      attributes: Object.fromEntries(Object.values(attributes).map((a) => [a.name, a.value])),
      text: '',
      children: [],
    };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const said = (words: string): void => open.forEach((element) => (element.text += words));
  parser.on('text', said);
  parser.on('cdata', said);
  parser.write(text).close();
  return root.children[0]!;
}

export const parts = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** Returns an Atom feed once all that RFC 4287 requires of it and of its entries is there. */
export function atom(text: string): { feed: XmlElement; entries: XmlElement[] } {
  const feed = xml(text);
  expect([feed.name, feed.attributes['xmlns']]).toEqual(['feed', 'http://www.w3.org/2005/Atom']);
  const entries = parts(feed, 'entry');
  for (const element of [feed, ...entries]) {
    const [id, title, updated] = ['id', 'title', 'updated'].map((name) => parts(element, name));
    expect([id?.length, title?.length, updated?.length]).toEqual([1, 1, 1]);
    expect(() => new URL(id![0]!.text)).not.toThrow();
    expect(updated![0]!.text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(new Set(parts(element, 'link').map((l) => l.attributes['rel'] ?? 'alternate'))).toEqual(
      new Set(['alternate']),
    );
  }
  expect(parts(feed, 'author').map((author) => parts(author, 'name').length)).toEqual([1]);
  const ids = entries.map((entry) => parts(entry, 'id')[0]!.text);
  expect(new Set(ids).size).toBe(ids.length);
  return { feed, entries };
}
