import type { INestApplicationContext } from '@nestjs/common';
import type { CallContent } from '../../calls/domain/call-content.js';
import { documentKey } from '../../harvest/domain/drafts/committee-document.js';
import {
  type DraftDifference,
  differencesOf,
  valuesOf,
} from '../../harvest/domain/drafts/draft-difference.js';
import type { DocumentChange } from '../../harvest/store/drafts/committee-document.entity.js';
import { DraftRepository } from '../../harvest/store/drafts/draft.repository.js';
import type { DraftTopicEntity } from '../../harvest/store/drafts/draft-topic.entity.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { grouped } from '../../kernel/collections.js';

const FIELDS: Record<DocumentChange['field'], string> = {
  title: 'title',
  meetingEnds: 'meetingEndDate',
  files: 'attachments',
};

/** The day of a moment, as the files of a replay have it: in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const text = (value: unknown): unknown => (Array.isArray(value) ? value.join('; ') : value);

function topicLine(document: string, content: CallContent): object {
  const { budget, opensAt, deadlines, identifier, title, typesOfAction } = content;
  const values = valuesOf(content);
  return {
    document,
    identifier,
    title,
    typeOfAction: typesOfAction[0],
    budgetEur: budget?.total,
    minContributionEur: budget?.minContribution,
    maxContributionEur: budget?.maxContribution,
    expectedProjects: budget?.expectedGrants,
    openingDate: opensAt && brusselsDate(new Date(opensAt)),
    deadlineDates: deadlines.map((d) => brusselsDate(new Date(d.at))),
    text: values.text,
  };
}

/** Returns every topic of every draft, and every proposal of a decision. */
export async function topicsRead(app: INestApplicationContext): Promise<object[]> {
  const drafts = app.get(DraftRepository);
  const proposals = (await drafts.documents()).flatMap((d) =>
    d.proposals.map(({ number, acronym, grant }) => ({
      document: documentKey(d),
      proposal: number,
      acronym,
      grantEur: grant,
    })),
  );
  return [...(await drafts.topics()).map((t) => topicLine(documentKey(t), t.content)), ...proposals];
}

/**
 * Returns which documents were new, and what changed in them. Those of the first reading were there before.
 */
export async function registerEvents(app: INestApplicationContext): Promise<object[]> {
  const documents = await app.get(DraftRepository).documents();
  const first = documents[0]?.firstSeenAt.getTime();
  return documents.flatMap((d) => {
    const about = { source: 'register', key: documentKey(d) };
    return [
      ...(d.firstSeenAt.getTime() === first
        ? []
        : [{ day: dayOf(d.firstSeenAt), ...about, kind: 'new', after: d.content.title }]),
      ...d.changes.map(({ at, field, from, to }) => ({
        day: at.slice(0, 10),
        ...about,
        kind: 'changed',
        field: FIELDS[field],
        before: text(from),
        after: text(to),
      })),
    ];
  });
}

function line(day: string, to: string, difference: DraftDifference): object {
  const { title, ...rest } = { title: undefined, ...difference };
  return { day, source: 'drafts', to, ...rest, ...(title !== undefined && { after: title }) };
}

/**
 * Returns how drafts differ from the version before, and the newest of those that have one from what is
 * published.
 */
export async function draftEvents(app: INestApplicationContext, day: string): Promise<object[]> {
  const drafts = app.get(DraftRepository);
  const topics = await drafts.topics();
  const seen = new Map(topics.map((t) => [documentKey(t), t.seenAt]));
  const between = (await drafts.documents()).flatMap((d) =>
    d.differences.map((difference) =>
      line(dayOf(seen.get(documentKey(d)) ?? d.firstSeenAt), documentKey(d), difference),
    ),
  );
  const newest = [...grouped(topics, (t) => [t.reference]).values()].flatMap((of): DraftTopicEntity[][] => {
    const versions = [...new Set(of.map((t) => t.version))];
    return versions.length > 1 ? [of.filter((t) => t.version === Math.max(...versions))] : [];
  });
  const published = await Promise.all(
    newest.map(async (of) =>
      differencesOf(
        of.map((t) => t.content),
        (await drafts.published(of)).map((c) => c.content),
      ).map((difference) => line(day, 'published', difference)),
    ),
  );
  return [...between, ...published.flat()];
}
