import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Block, Words } from '../../kernel/document.js';
import { type Actor, may } from '../../kernel/actor.js';
import { blocksOf, Month, PaperContent } from '../domain/paper.js';
import { Papers, PaperSending } from '../papers.js';
import { momentText } from '../../ui/dates.js';
import { withQuery } from '../../ui/address.js';
import type { Page } from '../../platform/api/paging.js';
import { Dots, Field, FormError, LanguageOptions, Pager } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { page } from '../../ui/page.js';
import { BadRequest, Conflict } from '../../kernel/errors.js';
import { sayIssue, sayProblem } from '../../i18n/sentences.js';
import { type FieldIssue, issuesOf, pathInWords } from '../../kernel/issues.js';
import { monthAt } from '../../kernel/brussels.js';
import { Language } from '../../kernel/language.js';
import { Groups } from '../groups.js';
import { numberIn, PageQuery, readForm } from '../../ui/form.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

const Group = z.string().max(63).optional();
const PackInput = z.strictObject({ month: Month, group: Group, language: Language.optional() });
const OfferInput = z.strictObject({
  call: z.uuid().optional(),
  group: Group,
  language: Language.optional(),
});
const PaperInput = PaperContent.extend({ version: z.int32().min(1) });

const Said = ({ words }: { words: Words }) => (
  <>
    {(typeof words === 'string' ? [words] : words).map((run, i) =>
      typeof run === 'string' ? (
        run
      ) : (
        <a key={i} href={run.href} rel="noopener noreferrer">
          {run.text}
        </a>
      ),
    )}
  </>
);

function BlockOf({ block }: { block: Block }) {
  if (block.kind === 'list')
    return (
      <ul>
        {block.items.map((words, i) => (
          <li key={i}>
            <Said words={words} />
          </li>
        ))}
      </ul>
    );
  if (block.kind === 'table')
    return (
      <table class="stacked">
        <thead>
          <tr>
            {block.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map(([first, ...cells], i) => (
            <tr key={i}>
              <th scope="row">
                <Said words={first ?? ''} />
              </th>
              {cells.map((words, n) => (
                <td key={n} data-label={block.head[n + 1]}>
                  <Said words={words} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  return block.kind === 'paragraph' ? (
    <p>
      <Said words={block.words} />
    </p>
  ) : null;
}

const PaperText = ({
  paper: { title, sections, language },
  level,
}: {
  paper: PaperContent & { language: string };
  level: 1 | 2;
}) => {
  const [Title, Heading] = level === 1 ? (['h1', 'h2'] as const) : (['h3', 'h4'] as const);
  return (
    <article class="paper" lang={language}>
      <Title>{title}</Title>
      {sections
        .filter((s) => s.text.trim() !== '')
        .map((section, i) => (
          <section key={i}>
            <Heading>{section.heading}</Heading>
            {blocksOf(section.text).map((block, n) => (
              <BlockOf key={n} block={block} />
            ))}
          </section>
        ))}
    </article>
  );
};

type Paper = Awaited<ReturnType<Papers['get']>>;
type Typed = PaperContent & { version: unknown };

const paperPath = (id: string): string => `/network/papers/${id}`;

/** Links to the paper in both formats. */
const PaperFiles = ({ v, id }: { v: Viewer; id: string }) => (
  <p class="downloads no-print">
    <a href={`/papers/${id}/document.docx`} download>
      {v.t('papers.docx')}
    </a>
    <a href={`/papers/${id}/document.pdf`} download>
      {v.t('papers.pdf')}
    </a>
  </p>
);

interface PaperShown {
  v: Viewer;
  paper: Paper;
  /** The values of the fields, and the version that they are based on. */
  typed: Typed;
  wrong: string | null;
}

function Sections({ v, typed }: Pick<PaperShown, 'v' | 'typed'>) {
  return (
    <>
      {[...typed.sections, { heading: '', text: '' }].map(({ heading, text }, i, all) => (
        <fieldset key={i} class="paper-section">
          <legend class="hidden-visually">
            {i === all.length - 1 ? v.t('papers.new-section') : heading}
          </legend>
          <Field id={`heading-${i}`} label={v.t('papers.heading', { n: i + 1 })}>
            <input id={`heading-${i}`} name="heading" maxLength={200} value={heading} />
          </Field>
          <Field id={`text-${i}`} label={v.t('papers.text', { n: i + 1 })}>
            <textarea
              id={`text-${i}`}
              name="text"
              maxLength={20_000}
              rows={Math.min(16, Math.max(3, text.split('\n').length * 2))}
            >
              {text}
            </textarea>
          </Field>
        </fieldset>
      ))}
    </>
  );
}

function Editor({ v, paper, typed, wrong }: PaperShown) {
  return (
    <form method="post" action={paperPath(paper.id)} class="card">
      <FormError says={wrong} />
      <input type="hidden" name="version" value={String(typed.version)} />
      <Field id="title" label={v.t('papers.title-field')}>
        <input id="title" name="title" required maxLength={300} value={typed.title} />
      </Field>
      <p class="muted small">{v.t('papers.help')}</p>
      <Sections v={v} typed={typed} />
      <button type="submit" class="primary">
        {v.t('form.save')}
      </button>
    </form>
  );
}

function Sending({ v, paper }: PaperShown) {
  return (
    <div class="row no-print">
      {paper.kind === 'pack' && (
        <form method="post" action={`${paperPath(paper.id)}/send`}>
          <button type="submit">{v.t('papers.send')}</button>
          <p class="muted small">{v.t('papers.send-says')}</p>
        </form>
      )}
      <form method="post" action={`${paperPath(paper.id)}/remove`}>
        <button type="submit" class="danger">
          {v.t('form.delete')}
        </button>
      </form>
    </div>
  );
}

/** The page of a paper: editor, preview and downloads. */
function PaperPage(shown: PaperShown) {
  const { v, paper, typed } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/papers" />
      <h1>{paper.title}</h1>
      <p class="muted small">
        <Dots
          parts={[
            v.t(`papers.${paper.kind}`),
            v.t('papers.edited', { when: momentText(v, paper.updatedAt) }),
            paper.kind === 'pack' &&
              (paper.sentAt === null
                ? v.t('papers.not-sent')
                : v.t('papers.sent', { when: momentText(v, paper.sentAt) })),
          ]}
        />
      </p>
      <PaperFiles v={v} id={paper.id} />
      <div class="joint-one">
        {may(v.actor, 'paper.write') && (
          <div>
            <Editor {...shown} />
            <Sending {...shown} />
          </div>
        )}
        <section class="card" aria-labelledby="preview">
          <h2 id="preview">{v.t('papers.preview')}</h2>
          <PaperText paper={{ ...typed, language: paper.language }} level={2} />
        </section>
      </div>
    </>
  );
}

/** A paper for readers who may not edit it. */
const ReadPaper = ({ v, paper }: { v: Viewer; paper: Paper }) => (
  <div class="narrow">
    <PaperFiles v={v} id={paper.id} />
    <PaperText paper={paper} level={1} />
  </div>
);

const Id = z.uuid();

/** A paper to read: for the network, and packs for institutes of the group they were sent to. */
@ApiExcludeController()
@Controller('papers/:paper')
export class ReadPaperPages {
  constructor(private readonly papers: Papers) {}

  @Needs('paper.read')
  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
  ): Promise<string> {
    const paper = await this.papers.get(actor, id);
    return page(v, { title: paper.title, styles: ['network'], wide: true }, ReadPaper({ v, paper }));
  }

  @Needs('paper.read')
  @Heavy()
  @Get('document.:format')
  async file(
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.papers.get(actor, id);
    await sendDocument(response, paper.title, format, this.papers.document(paper));
  }
}

interface Shown {
  v: Viewer;
  papers: Page<Paper>;
  cursor: string | undefined;
  groups: { id: string; name: string }[];
  group: string | undefined;
  month: string;
  language: string | undefined;
  wrong: string | null;
}

const LanguageField = ({ v, id, chosen }: { v: Viewer; id: string; chosen?: string | undefined }) => (
  <Field id={id} label={v.t('form.language')}>
    <select id={id} name="language">
      <LanguageOptions v={v} chosen={chosen ?? v.language} />
    </select>
  </Field>
);

function Forms({ v, groups, group, month, language, wrong }: Shown) {
  return (
    <div class="joint-one no-print">
      <form method="post" action="/network/papers/pack" class="card">
        <h2>{v.t('papers.new-pack')}</h2>
        <p class="muted small">{v.t('papers.new-pack-says')}</p>
        <div class="fields">
          <Field id="month" label={v.t('papers.month')} error={wrong ?? undefined}>
            <input
              id="month"
              name="month"
              type="month"
              required
              pattern="[0-9]{4}-[0-9]{2}"
              value={month}
              aria-invalid={wrong === null ? undefined : true}
            />
          </Field>
          <GroupField v={v} groups={groups} chosen={group} />
          <LanguageField v={v} id="pack-language" chosen={language} />
        </div>
        <button type="submit" class="primary">
          {v.t('papers.make')}
        </button>
      </form>
      <form method="post" action="/network/papers/offer" class="card">
        <h2>{v.t('papers.new-offer')}</h2>
        <p class="muted small">{v.t('papers.new-offer-says')}</p>
        <div class="fields">
          <Field id="sector" label={v.t('cockpit.group')}>
            <select id="sector" name="group">
              {groups.map((g) => (
                <option key={g.id} value={g.id} selected={group === g.id}>
                  {g.name}
                </option>
              ))}
            </select>
          </Field>
          <LanguageField v={v} id="offer-language" />
        </div>
        <button type="submit" class="primary">
          {v.t('papers.make')}
        </button>
      </form>
    </div>
  );
}

/** All packs and offers, and the forms to draft one. */
function PapersPage(shown: Shown) {
  const { v, papers, cursor, group } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/papers" />
      <h1>{v.t('papers.title')}</h1>
      {may(v.actor, 'paper.write') && <Forms {...shown} />}
      {papers.items.length === 0 ? (
        <p class="muted">{v.t('papers.none')}</p>
      ) : (
        <ul class="plain-list">
          {papers.items.map((p) => (
            <li key={p.id}>
              <p>
                <a href={paperPath(p.id)} lang={p.language}>
                  {p.title}
                </a>
                <span class="muted small">
                  <Dots
                    parts={[
                      v.t(`papers.${p.kind}`),
                      v.t('papers.edited', { when: momentText(v, p.updatedAt) }),
                      p.sentAt !== null && v.t('papers.sent', { when: momentText(v, p.sentAt) }),
                    ]}
                  />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager
        v={v}
        next={papers.next}
        first={cursor === undefined}
        href={(next) => withQuery('/network/papers', { group: group ?? null, cursor: next })}
      />
    </>
  );
}
const MOST_LISTED = 100;
const LIST_FIELDS = { group: z.string().max(63).optional(), cursor: z.string().max(1_000).optional() };
type ListQuery = z.infer<z.ZodObject<typeof LIST_FIELDS>>;
const LOOK = { place: 'cockpit' as const, styles: ['calls', 'account/account', 'network'] };

const texts = (value: unknown): string[] => [value].flat().map((v) => (typeof v === 'string' ? v : ''));

/** The submitted fields as typed. A section without a heading is left out, unless its text is new. */
function contentSent(body: Record<string, unknown>, stored: PaperContent): Typed {
  const [headings, all] = [texts(body['heading']), texts(body['text'])];
  const known = new Set(['', ...stored.sections.map(({ text }) => text.trim())]);
  return {
    title: texts(body['title'])[0] ?? '',
    version: numberIn(body['version']),
    sections: headings
      .map((heading, i) => ({ heading: heading.trim(), text: (all[i] ?? '').replaceAll('\r\n', '\n') }))
      .filter(({ heading, text }) => heading !== '' || !known.has(text.trim())),
  };
}

/** Which field is wrong, and why. */
function wrongIn(v: Viewer, { path, code, facts }: FieldIssue): string {
  const n = Number(path[1]) + 1;
  const fields: Record<string, string> = {
    title: v.t('papers.title-field'),
    sections: v.t('papers.sections'),
    heading: v.t('papers.heading', { n }),
    text: v.t('papers.text', { n }),
  };
  return `${fields[String(path.at(-1))] ?? pathInWords(path)} ${sayIssue(v.language, { code, facts })}. ${v.t('papers.not-saved')}`;
}

/** The pages where the coordination drafts, edits and sends meeting packs and offers. */
@ApiExcludeController()
@Controller('network/papers')
export class PaperPages {
  constructor(
    private readonly papers: Papers,
    private readonly sending: PaperSending,
    private readonly groups: Groups,
  ) {}

  @Needs('network.read')
  @Get()
  list(@View() v: Viewer, @PageQuery(LIST_FIELDS) query: ListQuery): Promise<string> {
    return this.listed(v, query, monthAt(v.now), null);
  }

  @Needs('paper.write')
  @Heavy()
  @Post('pack')
  async pack(@View() v: Viewer, @Body() body: unknown): Promise<Answer> {
    const sent = readForm(PackInput, body, v.language, ({ month, group, language }) => ({
      month,
      group,
      language,
    }));
    if (sent.ok) {
      const { month, group, language = v.language } = sent.value;
      return redirectTo(paperPath(await this.papers.makePack(month, group, language)));
    }
    return pageWith(
      422,
      await this.listed(
        v,
        { group: sent.typed['group'] },
        sent.typed['month'] ?? '',
        v.t('papers.month-wrong'),
        sent.typed['language'],
      ),
    );
  }

  /** For a call if given, otherwise for a sector. */
  @Needs('paper.write')
  @Heavy()
  @Post('offer')
  async offer(@View() v: Viewer, @Body() body: unknown): Promise<Answer> {
    const sent = readForm(OfferInput, body, v.language, (fields) => ({
      call: fields['call'],
      group: fields['group'],
      language: fields['language'],
    }));
    const { call, group, language = v.language } = sent.ok ? sent.value : {};
    if (call !== undefined) return redirectTo(paperPath(await this.papers.makeOffer(call, language)));
    if (group === undefined) throw new BadRequest('form-incomplete');
    return redirectTo(paperPath(await this.papers.makeSectorOffer(group, language)));
  }

  @Needs('network.read')
  @Get(':paper')
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
  ): Promise<string> {
    const paper = await this.papers.get(actor, id);
    return this.shown(v, paper, paper, null);
  }

  @Needs('paper.write')
  @Post(':paper')
  async save(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Body() body: Record<string, unknown>,
  ): Promise<Answer> {
    const paper = await this.papers.get(actor, id);
    const typed = contentSent(body, paper);
    const read = PaperInput.safeParse(typed);
    const refuse = (status: number, wrong: string): Answer =>
      pageWith(status, this.shown(v, paper, typed, wrong));
    if (!read.success) return refuse(422, wrongIn(v, issuesOf(read.error.issues, typed)[0]!));
    try {
      const { version, ...content } = read.data;
      await this.papers.save(id, version, content);
      return redirectTo(paperPath(id), 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return refuse(409, v.t('papers.stale'));
    }
  }

  @Needs('paper.write')
  @Post(':paper/send')
  async send(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
  ): Promise<Answer> {
    const paper = await this.papers.get(actor, id);
    try {
      await this.sending.send(paper, actor.name);
      return redirectTo(paperPath(id), 'flash.sent');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return pageWith(409, this.shown(v, paper, paper, sayProblem(v.language, error)));
    }
  }

  @Needs('paper.write')
  @Post(':paper/remove')
  async remove(@Param('paper', { schema: Id }) id: string): Promise<Answer> {
    await this.papers.remove(id);
    return redirectTo('/network/papers', 'flash.removed');
  }

  private async listed(
    v: Viewer,
    { group, cursor }: ListQuery,
    month: string,
    wrong: string | null,
    language?: string,
  ): Promise<string> {
    const papers = await this.papers.list({ limit: MOST_LISTED, cursor });
    const groups = this.groups.named(v.language);
    return page(
      v,
      { ...LOOK, title: v.t('papers.title'), wide: true },
      PapersPage({ v, papers, cursor, groups, group, month, language, wrong }),
    );
  }

  private shown(v: Viewer, paper: Paper, typed: Typed, wrong: string | null): string {
    return page(v, { ...LOOK, title: paper.title, wide: true }, PaperPage({ v, paper, typed, wrong }));
  }
}
