import { z } from 'zod';
import { type ClaimedProject, ownParts } from './claims.js';

/** The sum of the known amounts (null if none is known) and the number of unknown ones. */
export const KnownSum = z.object({
  amount: z.number().nullable().describe('of those that are known; null if none is'),
  unknown: z.number().int().describe('how many have no stated amount'),
});
export type KnownSum = z.infer<typeof KnownSum>;

/** Adds up in cents to avoid floating-point fractions in the sum. */
export function knownSum(amounts: (number | null)[]): KnownSum {
  const known = amounts.filter((a) => a !== null);
  return {
    amount: known.length ? known.reduce((sum, a) => sum + Math.round(a * 100), 0) / 100 : null,
    unknown: amounts.length - known.length,
  };
}

/** The EU contribution to one number in one claimed project. */
export interface Part {
  project: string;
  pic: string;
  role: string;
  /** The year in which the project began; null if it states no start date. */
  year: string | null;
  /** Euros; null if not stated. */
  net: number | null;
  /** Whether the number left the project; it is shown but not counted. */
  left: boolean;
}

export interface YearOfContributions {
  /** In which the projects began; null if they state no day. */
  year: string | null;
  projects: number;
  coordinated: KnownSum;
  joined: KnownSum;
  total: KnownSum;
  /** Not part of the total. */
  left: { projects: number; net: KnownSum };
}

export const partsOfClaimed = (claimed: ClaimedProject[]): Part[] =>
  claimed.flatMap((one) =>
    ownParts(one).map(({ pic, role, netEcContribution }) => ({
      ...{ project: one.project.id, pic, role, net: netEcContribution, left: one.left },
      year: one.project.start?.slice(0, 4) ?? null,
    })),
  );

/**
 * Merges the parts of several institutes: if two share a number and claim the same project, its part counts
 * once. It counts as left only if all of them have left.
 */
export function mergedParts(parts: Part[]): Part[] {
  const merged = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.project}/${part.pic}/${part.role}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, left: known.left && part.left } : part);
  }
  return [...merged.values()];
}

const projectsIn = (parts: Part[]): number => new Set(parts.map((p) => p.project)).size;
const netOf = (parts: Part[]): KnownSum => knownSum(parts.map((p) => p.net));

/** Returns the contributions by year, earliest first; projects without a start date come last. */
export function contributionsOf(parts: Part[]): YearOfContributions[] {
  const years = [...new Set(parts.map((p) => p.year))].sort((a, b) => (a ?? '9').localeCompare(b ?? '9'));
  return years.map((year) => {
    const all = parts.filter((p) => p.year === year);
    const [staying, left] = [all.filter((p) => !p.left), all.filter((p) => p.left)];
    return {
      year,
      projects: projectsIn(staying),
      coordinated: netOf(staying.filter((p) => p.role === 'coordinator')),
      joined: netOf(staying.filter((p) => p.role !== 'coordinator')),
      total: netOf(staying),
      left: { projects: projectsIn(left), net: netOf(left) },
    };
  });
}
