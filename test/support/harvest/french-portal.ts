import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Source } from '../../../src/harvest/source-registry.js';
import { source } from '../../../src/harvest/sources/appels-projets-recherche/appels-projets-recherche.source.js';

const ORIGIN = 'https://www.appelsprojetsrecherche.fr';

/** A call as the portal has it; dates as 16/07/2031 17:00. */
export interface FrenchCall {
  slug: string;
  funder: string;
  title: string;
  text: string;
  published: string;
  opens: string;
  closes: string;
  status: 'open' | 'upcoming' | 'closed';
  /** The page at its funder. */
  page: string | null;
}

export const frenchCall = (slug: string, told: Partial<FrenchCall> = {}): FrenchCall => ({
  slug,
  funder: 'Agence inventée',
  title: `Fours solaires de la région ${slug}`,
  text: `Four ${slug}.\n\nUn dossier complet est attendu.`,
  published: '02/03/2026 09:00',
  opens: '02/03/2026 10:00',
  closes: '16/09/2026 17:00',
  status: 'open',
  page: null,
  ...told,
});

const COLUMNS = [
  'Partenaire',
  'Titre',
  'Description',
  'Date de publication',
  "Date d'ouverture",
  'Date de clôture',
  "Lien de l'appel à projets",
  'Date de mise à jour sur le portail',
];

const quoted = (text: string): string => (/[";\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const paragraphs = (text: string): string => `<p>${text.replaceAll(/\n+/g, '</p><p>')}</p>`;

/** Returns the list as the portal writes it. */
export function csvOf(calls: readonly FrenchCall[], columns = COLUMNS): string {
  const rows = calls.map((c) => [
    ...[c.funder, c.title, c.text, c.published, c.opens, c.closes],
    `${ORIGIN}/appel/${c.slug}`,
    c.published,
  ]);
  return `\ufeff${[columns, ...rows].map((row) => row.map(quoted).join(';')).join('\n')}\n`;
}

/** Returns an answer of the search: a page of cards, as HTML in JSON. */
export function searchOf(calls: readonly FrenchCall[], page = 1, size = 50): string {
  const shown = calls.slice((page - 1) * size, page * size);
  const badge = { open: '16 sept. 2026, 17:00:00 UTC+2', upcoming: 'À venir', closed: 'Appel clos' };
  const cards = shown.map(
    (c) =>
      `<div class="card-call-for-proposal card"><h3 class="card-title">${c.title}</h3><div class="badge"><span>${badge[c.status]}</span></div><a href="/appel/${c.slug}">Voir l’appel</a></div>`,
  );
  return JSON.stringify({
    call_for_proposals: `<div class="row">${cards.join('\n')}</div>`,
    pagination: {
      page,
      nbElementsPerPage: size,
      nbPages: Math.max(1, Math.ceil(calls.length / size)),
      total: calls.length,
    },
  });
}

/** Returns the page of a call. */
export const callPageOf = (c: FrenchCall): string =>
  `<!doctype html><html lang="fr"><head><title>${c.title}</title></head><body><main><h1>${c.title}</h1><section class="description">${paragraphs(c.text)}</section><a href="/appels">Tous les appels</a>${c.page === null ? '' : `<a href="${c.page}">Consulter l’appel sur le site du financeur</a>`}</main></body></html>`;

/** The portal, with the calls that a test puts there. */
export class FrenchPortal {
  calls: FrenchCall[] = [];
  /** Calls whose pages cannot be had. */
  readonly withheld = new Set<string>();
  /** The list in place of the right one. */
  list: string | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FrenchPortal> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const answer = made.answer(request.url!, Buffer.concat(chunks).toString('utf8'));
          response.writeHead(answer === null ? 404 : 200).end(answer ?? '');
        });
    });
    const made = new FrenchPortal(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  /** The source as wired into the application; trusted, since it is on this machine. */
  get source(): Source {
    const { port } = this.server.address() as AddressInfo;
    const { checks: _, ...definition } = source;
    return {
      ...definition,
      origin: `http://127.0.0.1:${port}`,
      expectsAtLeast: 1,
      requestsPerMinute: 100_000,
      everyHours: 8_760,
      trusted: true,
      listTrusted: false,
      headers: {},
    };
  }

  put(...calls: FrenchCall[]): void {
    this.calls.push(...calls);
  }

  edit(slug: string, told: Partial<FrenchCall>): void {
    this.calls = this.calls.map((c) => (c.slug === slug ? { ...c, ...told } : c));
  }

  drop(slug: string): void {
    this.calls = this.calls.filter((c) => c.slug !== slug);
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private answer(path: string, body: string): string | null {
    const { pathname, searchParams } = new URL(path, ORIGIN);
    if (pathname === '/export-csv') return this.list ?? csvOf(this.calls);
    const found = this.calls.find((c) => pathname === `/appel/${c.slug}`);
    if (found) return this.withheld.has(found.slug) ? null : callPageOf(found);
    if (pathname !== '/ajax/search-call-for-proposals') return null;
    const wanted = new URLSearchParams(body).getAll('call_for_proposal_search[status][]');
    const calls = this.calls.filter((c) => !wanted.length || wanted.includes(c.status));
    return searchOf(calls, Number(searchParams.get('page')));
  }
}
