import { z } from 'zod';
import { foldLine, foldText } from '../../../calls/domain/visible-text.js';
import type { PortalParticipant, PortalProjectRow } from '../../../funded-projects/domain/portal-project.js';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { htmlToText } from '../_kit/html-text.js';
import { readJson, SearchAnswer } from '../_kit/portal/answer.js';
import { portalDay } from '../_kit/portal/portal-date.js';
import { Fields, readInto } from '../_kit/portal/row.js';

const Amount = z.union([z.string(), z.number()]).nullish();
const Participants = z.array(
  z.object({
    pic: z.union([z.string().min(1), z.number().int()]),
    role: z.string().nullish(),
    legalName: z.string().nullish(),
    eucontribution: Amount,
    postalAddress: z
      .object({
        city: z.string().nullish(),
        countryCode: z.object({ abbreviation: z.string().nullish() }).nullish(),
      })
      .nullish(),
  }),
);

const line = (text: string | null | undefined): string | null => foldLine(text ?? '') || null;

/** An amount in euros, written as a number with a decimal point. An empty one is not stated. */
function euros(written: z.infer<typeof Amount>): number | null {
  const text = String(written ?? '').trim();
  if (text === '') return null;
  if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) throw new Error(`"${text}" is not an amount`);
  return Number(text);
}

const dayOf = (written: string | undefined): string | null =>
  written === undefined ? null : portalDay(written);

const participantsIn = (fields: Fields): PortalParticipant[] =>
  (fields.json('participants', Participants) ?? []).map(
    ({ pic, role, legalName, eucontribution, postalAddress }) => ({
      pic: String(pic),
      role: line(role) ?? '',
      name: line(legalName),
      country: line(postalAddress?.countryCode?.abbreviation),
      city: line(postalAddress?.city),
      contribution: euros(eucontribution),
    }),
  );

function projectIn(reference: string, fields: Fields): PortalProjectRow {
  const id = line(fields.first('projectId'));
  if (id === null) throw new Error('projectId is missing');
  const topics = fields.all('topicAbbreviation').flatMap((topic) => line(topic) ?? []);
  if (topics.length === 0) throw new Error('topicAbbreviation is missing');
  return {
    reference,
    project: {
      id,
      acronym: line(fields.first('acronym')),
      title: line(fields.first('title')),
      objective: foldText(htmlToText(fields.first('objective') ?? '')) || null,
      topics,
      topicTitle: line(fields.first('topicDescription')),
      programme: line(fields.first('programAbbreviation')),
      start: dayOf(fields.first('startDate')),
      end: dayOf(fields.first('endDate')),
      signedOn: dayOf(fields.first('ecSignatureDate')),
      status: line(fields.first('status')),
      totalCost: euros(fields.first('overallBudget')),
      contribution: euros(fields.first('euContributionAmount')),
      participants: participantsIn(fields),
    },
  };
}

/** Parses a page of funded projects. Throws ShapeError if it, or every row, is not in the known form. */
export function parse(document: RawDocument): ParsedPage {
  const answer = SearchAnswer.safeParse(readJson(document));
  if (!answer.success)
    throw new ShapeError(
      `the index of projects changed shape: ${z.prettifyError(answer.error)}`,
      answer.error,
    );
  const { totalResults, results } = answer.data;
  const page: ParsedPage = { total: totalResults, calls: [], unread: [], links: [], projects: [] };
  for (const row of results)
    readInto(page, row, ({ reference, metadata }) =>
      page.projects!.push(projectIn(reference, new Fields(metadata))),
    );
  if (page.unread.length > 1 && page.unread.length === results.length)
    throw new ShapeError(
      `the index of projects changed shape, none of ${results.length} rows could be read: ${page.unread[0]!.why}`,
    );
  return page;
}
