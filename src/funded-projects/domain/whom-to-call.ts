import { nameIn } from '../../profiles/domain/names-in.js';
import { z } from 'zod';
import { organisationPage } from '../../calls/domain/page/outside-pages.js';
import { beginningOf, compare, coordinatorsOf, type WonProject } from './won-project.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** A public project in which an institute of the network was a partner of an organisation, by its number. */
export interface Collaboration {
  pic: string;
  partnerOf: NonNullable<Contactable['partnerOf']>;
}

/** An organisation worth calling, and why. */
export const Contactable = z
  .object({
    pic: z.string().describe('its number in the participant register'),
    name: z.string().nullable(),
    country: z.string().nullable(),
    page: z.string().nullable().describe('on the portal'),
    coordinated: z
      .array(z.object({ id: z.string(), acronym: z.string().nullable() }))
      .describe('the projects that it coordinated, newest first'),
    of: z.number().int().describe('how many projects were looked at'),
    latest: z.iso.date().nullable().describe('when the newest of them began'),
    partnerOf: z
      .object({
        institute: z.object({ id: z.string(), name: z.string() }),
        project: z.string().describe('its acronym'),
        start: z.iso.date().nullable(),
        end: z.iso.date().nullable(),
      })
      .nullable()
      .describe('the newest public project with the caller’s institute, or else with another one'),
  })
  .meta({ id: 'WhomToCall' });
export type Contactable = z.infer<typeof Contactable>;

/** For whom organisations are ranked: the institutes, and their numbers in the participant register. */
export interface Reader {
  institutes: ReadonlySet<string>;
  pics: ReadonlySet<string>;
}

const MOST = 5;

/** The organisations that coordinated most, to look for projects they had with the network. */
const MOST_LOOKED_AT = 10;

type Candidate = Omit<Contactable, 'partnerOf' | 'of' | 'page'>;

/** Returns the organisations that coordinated these projects, most often and most recently first. */
function candidates(projects: readonly WonProject[], own: ReadonlySet<string>): Candidate[] {
  const found = new Map<string, Candidate>();
  const byTime = [...projects].sort((a, b) => compare(beginningOf(b), beginningOf(a)));
  for (const project of byTime)
    for (const { pic, name, country } of coordinatorsOf(project)) {
      if (own.has(pic)) continue;
      const known = found.get(pic);
      const { id, acronym } = project;
      found.set(pic, {
        pic,
        name: known?.name ?? name,
        country: known?.country ?? country,
        coordinated: [...(known?.coordinated ?? []), { id, acronym }],
        latest: known ? known.latest : beginningOf(project) || null,
      });
    }
  return [...found.values()].sort(byRecord);
}

const byRecord = (a: Candidate, b: Candidate): number =>
  b.coordinated.length - a.coordinated.length || compare(b.latest ?? '', a.latest ?? '');

/** Returns whose projects with the network are to be looked up. */
export const worthLookingAt = (projects: readonly WonProject[], { pics }: Reader): string[] =>
  candidates(projects, pics)
    .slice(0, MOST_LOOKED_AT)
    .map(({ pic }) => pic);

/**
 * Returns whom to call: up to five organisations that coordinated there, by how often, how recently, and
 * whether the reader's institute or another one has worked with them. An institute need not call itself.
 */
export function whomToCall(
  projects: readonly WonProject[],
  collaborations: readonly Collaboration[],
  reader: Reader,
): Contactable[] {
  const isOwn = ({ institute }: Collaboration['partnerOf']): number =>
    reader.institutes.has(institute.id) ? 1 : 0;
  const nearest = (pic: string): Contactable['partnerOf'] =>
    collaborations
      .filter((c) => c.pic === pic)
      .map((c) => c.partnerOf)
      .sort((a, b) => isOwn(b) - isOwn(a) || compare(b.start ?? '', a.start ?? ''))[0] ?? null;
  const known = ({ partnerOf }: Contactable): number => (partnerOf === null ? 0 : 1 + isOwn(partnerOf));
  return candidates(projects, reader.pics)
    .slice(0, MOST_LOOKED_AT)
    .map((c): Contactable => ({
      ...c,
      page: organisationPage(c.pic),
      of: projects.length,
      partnerOf: nearest(c.pic),
    }))
    .sort((a, b) => byRecord(a, b) || known(b) - known(a) || compare(a.name ?? a.pic, b.name ?? b.pic))
    .slice(0, MOST);
}

/** The most projects that a sentence names. */
const MOST_NAMES = 3;

/** "2021–24"; "since 2021" without an end; null without a beginning. */
export function yearsOf(start: string | null, end: string | null, language: Language): string | null {
  const [from, to] = [start?.slice(0, 4), end?.slice(0, 4)];
  if (!from) return null;
  if (!to) return translateTo(language)('won.since', { year: from });
  return from === to ? from : `${from}–${from.slice(0, 2) === to.slice(0, 2) ? to.slice(2) : to}`;
}

/** The name of an organisation with its country; its number if nobody names it. */
export const organisationText = (
  { name, pic, country }: Pick<Contactable, 'name' | 'pic' | 'country'>,
  language: Language,
): string =>
  translateTo(language)('won.organisation', { name: name ?? `PIC ${pic}`, country: country ?? 'none' });

/** Why to call it: "coordinated 2 of 4 (A, B); partner of CEA-Leti in NEXTBAT 2021–24". */
export function contactReason({ coordinated, of, partnerOf }: Contactable, language: Language): string {
  const t = translateTo(language);
  const names = coordinated.slice(0, MOST_NAMES).map(({ acronym, id }) => acronym ?? id);
  const led = t('won.coordinated', { n: coordinated.length, of, names: names.join(', ') });
  if (!partnerOf) return led;
  const { institute, project, start, end } = partnerOf;
  const years = yearsOf(start, end, language) ?? 'none';
  const partner = t('won.partner', { institute: nameIn(institute.name, 'of', language), project, years });
  return `${led}${t('text.semicolon')}${partner}`;
}
