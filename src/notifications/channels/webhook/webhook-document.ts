import { z } from 'zod';
import { BesideFields, ParsedCall } from '../../../calls/domain/parsed-call.js';
import { CHANGE_KINDS } from '../../../calls/domain/versions/diff.js';
import { SOURCE_TROUBLES } from '../../../calls/domain/facts/call-facts.js';
import { STATUSES } from '../../../calls/domain/status.js';
import { Piece } from '../../../calls/domain/versions/text-diff.js';
import { AwardedProposal } from '../../../harvest/domain/drafts/committee-document.js';
import { QUESTION_NEWS } from '../../../harvest/domain/questions/question.js';
import { WANTS } from '../../../harvest/domain/partner-search.js';
import { ANSWERS } from '../../../proposals/domain/answer.js';
import { BANDS } from '../../../kernel/band.js';
import { FOLLOW_KINDS } from '../../domain/content/message.js';
import { URGENCIES } from '../../domain/preferences/choice.js';
import { Language } from '../../../kernel/language.js';

/**
 * A list of values that may grow within a version, in the form that generators of clients leave open
 * (`x-extensible-enum`). `unknown` says what a receiver does with a value that came later. An `enum`, on the
 * other hand, never changes within a version.
 */
const growing = <Value extends string>(values: readonly Value[], unknown: string, about = '') =>
  z.string().meta({
    'x-extensible-enum': values,
    description: `${about && `${about}; `}may grow in v1; if unknown, ${unknown}`,
  }) as unknown as z.ZodType<Value>;

const Moment = z.object({
  utc: z.iso.datetime(),
  brussels: z.iso.datetime({ offset: true }).describe('the same time, as written there'),
});
const Deadline = Moment.extend({
  kind: growing(['single', 'stage-1', 'stage-2', 'cut-off'], 'a deadline like any other'),
  timeTold: z.boolean().describe('false: the source gives only the day; 17:00 in Brussels is the default'),
  says: z.string(),
});
const Because = z.object({
  kind: growing(FOLLOW_KINDS, 'take `name` as it is'),
  target: z.string().describe('the id of the subject followed'),
  name: z.string(),
  through: z.string().nullable().describe('for a group: the institute that the call fits'),
});

const Call = z.object({
  kind: growing(ParsedCall.shape.kind.options, 'treat it as a grant'),
  id: z.string(),
  version: z.number().int().nullable().describe('the version described; null if the call is only mentioned'),
  language: z.string(),
  title: z.string(),
  identifier: z.string().nullable().describe('for a cascade call: that of the topic that funded its project'),
  callIdentifier: z.string().nullable().describe('of the call to which it, or that topic, belongs'),
  status: z.enum(STATUSES).exclude(['draft']).describe('by the server’s clock, when the message was written'),
  programme: z.string().nullable(),
  typesOfAction: z.array(z.string()),
  opensAt: Moment.nullable(),
  deadlines: z.array(Deadline),
  budget: z
    .object({
      currency: z.string(),
      total: z.number().nullable(),
      expectedGrants: z.number().nullable(),
      minContribution: z.number().nullable(),
      maxContribution: z.number().nullable(),
      asWritten: ParsedCall.shape.budget.unwrap().shape.asWritten,
    })
    .nullable(),
  ...BesideFields.shape,
  url: z.url().nullable().describe('its page at its source'),
  pageUrl: z.url().describe('its page here; requires sign-in'),
});

const Fit = z.object({
  id: z.string(),
  name: z.string(),
  score: z.number().min(0).max(100),
  band: z.enum(BANDS).describe('the score as a word: strong from 65, possible from 50, uncertain from 40'),
});

const Change = z.object({
  kind: growing(CHANGE_KINDS, 'treat it as `details`'),
  field: z.string(),
  from: z.unknown().describe('the previous value; null for texts and lists, which have the difference'),
  to: z.unknown(),
  difference: z.array(Piece).nullable().describe('for a text or a list: what was removed and added'),
  whole: z.boolean().describe('false: the difference was shortened'),
});

const STATES = ['new', 'healthy', ...SOURCE_TROUBLES, 'quiet'] as const;

const Item = z.object({
  news: growing(
    ['new', 'changed', 'told-late'],
    'treat it as `changed`',
    'told-late: not new at its source, but not announced before',
  ),
  urgency: growing(URGENCIES, 'urgent for another reason', 'null: not urgent').nullable(),
  call: Call,
  fits: z.array(Fit).describe('followed profiles that it fits, best first'),
  reason: z.string().nullable().describe('why it fits, in one sentence'),
  passage: z
    .object({ before: z.string(), found: z.string(), after: z.string() })
    .nullable()
    .describe('where it stands in the call'),
  because: z.array(Because),
  changes: z.array(Change),
  says: z.array(z.string()).describe('the changes as sentences'),
});

/**
 * The JSON sent to a webhook. Within a version fields may be added, and values to the lists that say so;
 * every other list and the meaning of all changes only with the version.
 */
export const WebhookDocument = z
  .object({
    type: growing(['carnot.first.v1', 'carnot.digest.v1', 'carnot.urgent.v1'], 'answer 200 and ignore it'),
    id: z.string().describe('of the message; the webhook-id shows whether it is a repeat'),
    timestamp: z.iso.datetime().describe('when the message was written'),
    data: z.object({
      language: growing(Language.options, 'a tag of BCP 47 all the same', 'of all sentences'),
      subject: z.string(),
      sample: z.boolean().describe('true: the calls are sample data'),
      follows: z.array(Because),
      items: z.array(Item),
      deadlines: z
        .array(
          z.object({
            call: Call,
            deadline: Deadline,
            daysLeft: z.number().int().describe('in Brussels'),
            because: z.array(Because),
          }),
        )
        .describe('upcoming deadlines'),
      answers: z.array(
        z.object({
          call: Call,
          researcher: z.string(),
          answer: growing(ANSWERS, 'read `word`'),
          word: z.string().nullable(),
          institute: z.string(),
        }),
      ),
      results: z
        .array(
          z.object({
            call: Call,
            acronym: z.string().nullable().describe('of the bid'),
            institute: z.string(),
            votesUntil: z.iso.date().nullable().describe('the last day of the vote, in Brussels'),
            voted: z.boolean(),
            named: AwardedProposal.nullable().describe(
              'what the annex says of the bid, which is not final; null if it was not recognised there',
            ),
            url: z.url().describe('the document in the register of committees'),
          }),
        )
        .describe(
          'in a digest: draft decisions on awards, and votes on them, for bids that wait for a result',
        ),
      troubles: z.array(
        z.object({
          source: z.string(),
          state: growing(STATES, 'treat it as trouble'),
          since: z.iso.datetime(),
          lastGoodRunAt: z.iso.datetime().nullable(),
          says: z.string(),
        }),
      ),
      partners: z
        .array(
          z.object({
            call: Call,
            searches: z.array(
              z.object({
                wants: z.enum(WANTS),
                country: z.string().nullable().describe('ISO 3166, two letters'),
                countryName: z.string().nullable(),
                organisationType: z.string().nullable(),
                summary: z.string().nullable().describe('without e-mail addresses and telephone numbers'),
                publishedAt: z.iso.datetime().nullable(),
              }),
            ),
          }),
        )
        .describe('in a digest: new partner searches for followed calls'),
      postponed: z
        .array(z.object({ call: Call, institute: z.string(), until: z.iso.date() }))
        .describe('in a digest: calls that an institute postponed and that are due for its decision again'),
      drafts: z
        .array(z.object({ call: Call, says: z.string(), url: z.url().describe('the draft in the register') }))
        .describe('in a digest: what drafts say that is new of calls that the institute decided on'),
      coming: z
        .array(z.object({ call: Call, draft: ParsedCall.shape.draft.unwrap() }))
        .describe('in a digest: topics of drafts that fit; they are not yet adopted'),
      questions: z
        .array(
          z.object({
            call: Call,
            questions: z.array(
              z.object({
                news: growing(QUESTION_NEWS, 'treat it as `corrected`'),
                question: z.string(),
                answer: z.string().nullable(),
              }),
            ),
          }),
        )
        .describe('in a digest: news of questions on calls that the institute studies'),
      more: z.number().int().describe('further matching calls that are not in this message'),
      unread: z
        .number()
        .int()
        .describe(
          'new and changed calls that the language model has not read: the built-in ranking ranks them',
        ),
      held: z.number().int().describe('items held back by the daily limit'),
      dailyLimit: z.number().int().describe('messages per day'),
      nextDigest: z.object({ utc: z.iso.datetime(), zone: z.string() }).nullable(),
      sources: z.array(
        z.object({
          name: z.string(),
          state: growing(STATES, 'treat it as trouble'),
          lastGoodRunAt: z.iso.datetime().nullable(),
          says: z.string(),
        }),
      ),
      links: z.object({ inbox: z.url().nullable(), settings: z.url(), unsubscribe: z.url() }),
    }),
  })
  .meta({ id: 'WebhookDocument' });
export type WebhookDocument = z.infer<typeof WebhookDocument>;
