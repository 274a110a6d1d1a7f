import { z } from 'zod';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { foldText } from '../../../calls/domain/visible-text.js';
import type { ParsedNote } from '../../domain/list.js';
import { htmlToText } from '../_kit/html-text.js';
import { Fields, portalDay, type Row, whyUnread } from '../_kit/portal/row.js';

/**
 * Names of the portal's framework programme codes, as on its own search page. An unknown code has no name.
 */
const PROGRAMMES: Record<string, string> = {
  '111111': 'EU External Action',
  '31045243': 'Horizon 2020',
  '43089234': 'Innovation Fund',
  '43108390': 'Horizon Europe',
  '43152860': 'Digital Europe',
  '43251447': 'Asylum, Migration and Integration Fund',
  '43251530': 'Border Management and Visa Instrument',
  '43251567': 'Connecting Europe Facility',
  '43251589': 'Citizens, Equality, Rights and Values',
  '43251814': 'Creative Europe',
  '43251842': 'Union Anti-fraud Programme',
  '43252368': 'Internal Security Fund',
  '43252386': 'Justice Programme',
  '43252405': 'LIFE',
  '43252433': 'Pericles IV',
  '43252449': 'Research Fund for Coal and Steel',
  '43252476': 'Single Market Programme',
  '43252517': 'Social Prerogative and Specific Competencies Lines',
  '43253967': 'Renewable Energy Financing Mechanism',
  '43254019': 'European Social Fund Plus',
  '43254037': 'European Solidarity Corps',
  '43298203': 'Union Civil Protection Mechanism',
  '43298664': 'Promotion of Agricultural Products',
  '43298916': 'Euratom Research and Training',
  '43332642': 'EU4Health',
  '43353764': 'Erasmus+',
  '43392145': 'European Maritime, Fisheries and Aquaculture Fund',
  '43637601': 'Pilot Projects and Preparatory Actions',
  '43697167': 'European Parliament',
  '44181033': 'European Defence Fund',
  '44416173': 'Interregional Innovation Investments',
  '44773066': 'Just Transition Mechanism',
  '45532249': 'EU Bodies and Agencies',
  '46324255': 'European Regional Development Fund, technical assistance',
};

const Facets = z.object({
  facets: z.array(
    z.looseObject({
      name: z.string(),
      values: z.array(z.looseObject({ rawValue: z.string(), value: z.string() })).nullish(),
    }),
  ),
});

/** Some names are URL-encoded, "Erasmus%2B" among them; malformed ones are left as they are. */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name.trim();
  }
}

/**
 * Returns the names of programmes by code from the search's facets, null if the answer has none. A name equal
 * to the code is no name.
 */
export function programmesIn(answer: unknown): Record<string, string> | null {
  const read = Facets.safeParse(answer);
  if (!read.success) return null;
  const values = read.data.facets
    .filter((f) => f.name === 'frameworkProgramme')
    .flatMap((f) => f.values ?? []);
  return Object.fromEntries(
    values
      .map((v) => [v.rawValue, decoded(v.value)] as const)
      .filter(([code, name]) => name !== '' && name !== code),
  );
}

/** Returns a programme by the portal's code. */
export const programmeOf = (code: string): { code: string; name: string | null } => ({
  code,
  name: PROGRAMMES[code] ?? null,
});

const Agreement = z.looseObject({ abbreviation: z.string().nullish(), description: z.string().nullish() });

/** A topic's action: JSON in a string in the search's rows, plain in the topic's own file. */
export const Action = z.object({
  plannedOpeningDate: z.string().nullish(),
  deadlineModel: z.string().nullish(),
  submissionProcedure: z.object({ abbreviation: z.string().nullish() }).nullish(),
  types: z
    .array(
      z.object({
        typeOfAction: z.string().nullish(),
        typeOfMGA: z.array(Agreement).nullish().catch(undefined),
      }),
    )
    .nullish(),
});
export type Action = z.infer<typeof Action>;

const MODELS: Record<string, ParsedCall['deadlineModel']> = {
  'single-stage': 'single-stage',
  'two-stage': 'two-stage',
  'multiple cut-off': 'multiple-cut-off',
};

const isLumpSum = ({ abbreviation, description }: z.infer<typeof Agreement>): boolean =>
  /-LS\b/.test(abbreviation ?? '') || /\blump sum\b/i.test(description ?? '');

/** Returns the facts in a topic's actions; null and empty if they state nothing. */
export function actionFacts(actions: Action[]): {
  opensAt: string | null;
  typesOfAction: string[];
  /** Whether its grant agreements are all lump sums (true) or none is (false). */
  lumpSum: boolean | null;
  deadlineModel: (otherwise: string | undefined) => ParsedCall['deadlineModel'];
} {
  const [first] = actions;
  const types = actions.flatMap((a) => a.types ?? []);
  const lumps = types.flatMap((t) => t.typeOfMGA ?? []).map(isLumpSum);
  const settled = lumps.length > 0 && lumps.every((x) => x === lumps[0]);
  return {
    opensAt: first?.plannedOpeningDate || null,
    typesOfAction: types.flatMap((t) => t.typeOfAction ?? []),
    lumpSum: settled ? lumps[0]! : null,
    deadlineModel: (otherwise) =>
      MODELS[first?.deadlineModel ?? first?.submissionProcedure?.abbreviation ?? otherwise ?? ''] ?? null,
  };
}

const Written = z.union([z.string(), z.number()]).nullish();
const Info = z.object({ approvalDate: Written, lastChangeDate: Written, content: z.string().nullish() });

/** The portal's code for a row that is a note on a topic. */
export const NOTE_TYPE = '6';

const noteText = (html: string | null | undefined): string => foldText(htmlToText(html ?? ''));

/**
 * Parses a note in a topic's own list; null if it has no text. Its date is that of its publication, which
 * later corrections do not change.
 */
function noteOf(info: unknown, identifier: string): ParsedNote | null {
  const { approvalDate, lastChangeDate, content } = Info.parse(info);
  const text = noteText(content);
  if (!text) return null;
  const written = approvalDate ?? lastChangeDate;
  if (written === null || written === undefined) throw new Error('its date is missing');
  return { identifier, day: portalDay(written), text };
}

/** Returns the notes in a topic's `latestInfos`, and why any could not be read. */
export function notesOf(infos: unknown[], identifier: string): { notes: ParsedNote[]; unread: string[] } {
  const [notes, unread]: [ParsedNote[], string[]] = [[], []];
  for (const info of infos) {
    try {
      const note = noteOf(info, identifier);
      if (note) notes.push(note);
    } catch (error) {
      unread.push(`a note on it: ${whyUnread(error)}`);
    }
  }
  return { notes, unread };
}

/**
 * Returns the same for a search row, which holds them as JSON in a string. Unreadable notes do not affect the
 * call.
 */
export function notesInRow(fields: Fields): ParsedNote[] {
  const identifier = fields.first('identifier');
  try {
    return identifier
      ? notesOf(fields.json('latestInfos', z.array(z.unknown())) ?? [], identifier).notes
      : [];
  } catch {
    return [];
  }
}

/** Parses a row that is itself a note on a topic; null if it has no text. Throws if it cannot be read. */
export function noteRow({ metadata }: Row): ParsedNote | null {
  const fields = new Fields(metadata);
  const [identifier, day, text] = [
    fields.first('identifier'),
    fields.first('startDate'),
    noteText(fields.first('description') ?? fields.first('descriptionByte')),
  ];
  if (!identifier) throw new Error('identifier is missing');
  if (!day) throw new Error('startDate is missing');
  return text ? { identifier, day: portalDay(day), text } : null;
}
