import { ownParts, type ClaimedProject } from './claims.js';
import { knownSum, type KnownSum } from './known-sum.js';

/** What the European Union granted to one number in one project that is claimed. */
export interface Part {
  project: string;
  pic: string;
  role: string;
  /** In which the project began; null where it states no day. */
  year: string | null;
  /** Euros; null where none is stated. */
  net: number | null;
  /** It left the project: it is shown, and counts for nothing. */
  left: boolean;
}

/** The projects that began in a year. */
export interface YearOfContributions {
  year: string | null;
  projects: number;
  coordinated: KnownSum;
  /** In every other role. */
  joined: KnownSum;
  total: KnownSum;
  /** Projects that were left, and what had been granted there: not part of the total. */
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
 * Of several institutes: two that share a number and claim the same project count its part once; it is left
 * where all of them say so.
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

/** Year by year, the earliest first; what states no day at the end. */
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
