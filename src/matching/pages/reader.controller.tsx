import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { momentText } from '../../ui/dates.js';
import { BandWord, ConfirmFirst, Dots, Empty, Field, Score } from '../../ui/parts.js';
import { numberTo } from '../../i18n/message.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { may } from '../../kernel/actor.js';
import { shownScore } from '../../kernel/band.js';
import { type ReaderView, ReaderViews } from '../api/reader-views.js';
import { ReaderServer, type Tried } from '../reading/reader-server.js';
import { CarnotError, Forbidden } from '../../kernel/errors.js';
import { JustSignedIn, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { Environment } from '../../platform/config/environment.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { page } from '../../ui/page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

interface Shown {
  v: Viewer;
  reader: ReaderView;
}

/** What was typed, which fields are wrong, and what became of it. The key is never shown again. */
interface SetUp {
  typed: { url: string; model: string };
  wrong: ReadonlySet<string>;
  failed: string | null;
  tried: Tried[] | null;
  used: boolean;
}
const NOTHING_TYPED: SetUp = {
  typed: { url: '', model: '' },
  wrong: new Set(),
  failed: null,
  tried: null,
  used: false,
};

const TONES: Record<Exclude<ReaderView['state'], 'off'>, string> = {
  done: 'well',
  reading: 'well',
  failing: 'doubt',
  paused: 'trouble',
  limit: 'doubt',
};

const moneyText = (v: Viewer, money: number, currency: string | null): string =>
  `${numberTo(v.language, money, 2)}\u00a0${currency ?? ''}`;

function spentText(
  v: Viewer,
  { prompt, completion, money }: ReaderView['today'],
  currency: string | null,
): string {
  const n = prompt + completion;
  return money === null
    ? v.t('reader.tokens', { n })
    : v.t('reader.tokens-money', { n, money: moneyText(v, money, currency) });
}

function limitText(v: Viewer, { dailyLimit: { tokens, money }, currency }: ReaderView): string {
  const limits = [
    ...(tokens === null ? [] : [v.t('reader.tokens', { n: tokens })]),
    ...(money === null ? [] : [moneyText(v, money, currency)]),
  ];
  return limits.join(' · ') || v.t('reader.no-limit');
}

function Facts({ v, reader }: Shown) {
  const { state, pausedUntil, lastError, waiting, today, month, currency } = reader;
  return (
    <section class="card source" aria-labelledby="state">
      <h2 id="state">
        {v.t('outbox.state')}{' '}
        {state !== 'off' && <span class={`badge state ${TONES[state]}`}>{v.t(`reader.state.${state}`)}</span>}
      </h2>
      {pausedUntil && <p>{v.t('reader.until', { when: momentText(v, pausedUntil) })}</p>}
      <dl class="facts">
        <dt>{v.t('reader.waiting')}</dt>
        <dd>
          {waiting.calls === 0
            ? v.t('reader.nothing')
            : v.t('reader.waiting-says', {
                calls: waiting.calls,
                pairs: waiting.pairs,
                summaries: waiting.summaries,
                spent: spentText(v, waiting.expected, currency),
              })}
        </dd>
        <dt>{v.t('reader.today')}</dt>
        <dd>{spentText(v, today, currency)}</dd>
        <dt>{v.t('reader.month')}</dt>
        <dd>{spentText(v, month, currency)}</dd>
        <dt>{v.t('reader.limit')}</dt>
        <dd>{limitText(v, reader)}</dd>
        {lastError && (
          <>
            <dt>{v.t('reader.error')}</dt>
            <dd>
              <Dots parts={[momentText(v, lastError.at), <span lang="en">{lastError.says}</span>]} />
            </dd>
          </>
        )}
      </dl>
      {currency === null && <p class="muted small">{v.t('reader.no-prices')}</p>}
    </section>
  );
}

function Outcome({ v, one }: { v: Viewer; one: ReaderView['last'][number] }) {
  if (one.error !== null)
    return (
      <span class="reason-of-run" lang="en">
        {one.error}
      </span>
    );
  if (one.tokens === null) return <>{v.t('reader.outcome.asked')}</>;
  return (
    <>{one.refused > 0 ? v.t('reader.outcome.refused', { n: one.refused }) : v.t('reader.outcome.read')}</>
  );
}

function Last({ v, reader: { last } }: Shown) {
  return (
    <section class="card source" aria-labelledby="last">
      <h2 id="last">{v.t('sources.past')}</h2>
      {last.length === 0 ? (
        <p>{v.t('reader.last-none')}</p>
      ) : (
        <div class="scroll" role="group" tabIndex={0} aria-labelledby="last">
          <table class="small">
            <thead>
              <tr>
                <th scope="col">{v.t('reader.when')}</th>
                <th scope="col">{v.t('calls.call')}</th>
                <th scope="col">{v.t('network.title')}</th>
                <th scope="col" class="number">
                  {v.t('reader.spent')}
                </th>
                <th scope="col">{v.t('reader.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {last.map((one) => (
                <tr key={`${one.askedAt} ${one.callId}`}>
                  <td>{momentText(v, one.askedAt)}</td>
                  <th scope="row">
                    <a href={`/calls/${one.callId}`}>{one.title}</a>
                  </th>
                  <td>{one.institutes.join(', ') || v.t('reader.for-all')}</td>
                  <td class="number">{one.tokens === null ? '–' : numberTo(v.language, one.tokens)}</td>
                  <td>
                    <Outcome v={v} one={one} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Left({ v, reader: { left, summariesLeft } }: Shown) {
  return (
    <section class="card source" aria-labelledby="left">
      <h2 id="left">{v.t('reader.left')}</h2>
      <p>{v.t('reader.left-says', { n: left.total })}</p>
      {summariesLeft > 0 && <p>{v.t('reader.summaries-left', { n: summariesLeft })}</p>}
      {left.pairs.length > 0 && (
        <ul class="small">
          {left.pairs.map(({ callId, profileId, title, why }) => (
            <li key={`${callId} ${profileId}`}>
              <Dots
                parts={[<a href={`/calls/${callId}`}>{title}</a>, profileId, <span lang="en">{why}</span>]}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Leaves({ v, reader: { prompt } }: Shown) {
  return (
    <section class="card source" aria-labelledby="leaves">
      <h2 id="leaves">{v.t('reader.leaves')}</h2>
      <p>{v.t('reader.leaves-says')}</p>
      <details>
        <summary>{v.t('reader.prompt', { n: prompt.version })}</summary>
        {prompt.says.split('\n').map((line) => (
          <p key={line} class="small" lang="en">
            {line}
          </p>
        ))}
      </details>
    </section>
  );
}

/** What a model brings, what leaves the house, and what it costs. */
const About = ({ v }: { v: Viewer }) => (
  <section class="card source" aria-labelledby="about-model">
    <h2 id="about-model">{v.t('reader.about')}</h2>
    <ul>
      {(['does', 'brings', 'leaves', 'costs', 'weak'] as const).map((what) => (
        <li key={what}>{v.t(`reader.about.${what}`)}</li>
      ))}
    </ul>
  </section>
);

/** Servers of one's own, with the ports on which they listen unless told otherwise. */
const OWN_SERVERS = [
  ['ollama', 11_434],
  ['vllm', 8_000],
  ['llama-cpp', 8_080],
] as const;

/** What was said of three calls, beside the built-in judgement. */
function Trial({ v, tried }: { v: Viewer; tried: Tried[] }) {
  const tokens = Math.max(...tried.map(({ usage }) => usage.prompt + usage.completion));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-labelledby="trial">
      <table class="small">
        <caption id="trial">{v.t('reader.trial', { n: tried.length, tokens })}</caption>
        <thead>
          <tr>
            <th scope="col">{v.t('calls.call')}</th>
            <th scope="col">{v.t('network.institute')}</th>
            <th scope="col">{v.t('reader.built-in')}</th>
            <th scope="col">{v.t('reader.model-says')}</th>
          </tr>
        </thead>
        <tbody>
          {tried.map(({ title, institute, score, reading, refused }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{institute}</td>
              <td>
                <Score score={shownScore(score)} /> <BandWord v={v} score={score} />
              </td>
              <td>
                {reading === null ? (
                  <span lang="en">{refused}</span>
                ) : (
                  <>
                    <strong>{v.t(`reader.grade.${reading.grade}`)}</strong>{' '}
                    {reading.grade !== 'not' &&
                      (reading.reason[v.language] ?? Object.values(reading.reason)[0])}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SetUpForm({ v, setUp: { typed, wrong, failed, tried, used } }: { v: Viewer; setUp: SetUp }) {
  const error = (name: string): string | undefined =>
    wrong.has(name) ? v.t(`reader.wrong.${name as 'url' | 'model' | 'key'}`) : undefined;
  return (
    <section class="card source" aria-labelledby="set-up">
      <h2 id="set-up">{v.t('reader.set-up')}</h2>
      <p>{v.t('reader.set-up.help')}</p>
      <ConfirmFirst v={v} />
      {failed !== null && (
        <p class="error" role="alert">
          {v.t('reader.failed')} <span lang="en">{failed}</span>
        </p>
      )}
      {tried !== null && (
        <p role="status">
          <strong>{v.t(used ? 'reader.used' : 'reader.refused')}</strong>
        </p>
      )}
      {tried !== null && tried.length > 0 && <Trial v={v} tried={tried} />}
      <form method="post" action="/reader/server">
        <Field id="url" label={v.t('reader.url')} help={v.t('reader.url.help')} error={error('url')}>
          <input id="url" name="url" type="url" value={typed.url} required aria-describedby="url-help" />
        </Field>
        <Field id="model" label={v.t('reader.model')} error={error('model')}>
          <input id="model" name="model" value={typed.model} required />
        </Field>
        <Field id="key" label={v.t('reader.key')} help={v.t('reader.key.help')} error={error('key')}>
          <input id="key" name="key" type="password" autocomplete="off" aria-describedby="key-help" />
        </Field>
        <button type="submit" class="primary">
          {v.t('reader.set-up.do')}
        </button>
      </form>
      <details>
        <summary>{v.t('reader.local')}</summary>
        <ul>
          {OWN_SERVERS.map(([server, port]) => (
            <li key={server}>
              {v.t(`reader.local.${server}`, { address: `http://${v.t('reader.local.host')}:${port}/v1` })}
            </li>
          ))}
        </ul>
        <p class="small muted">{v.t('reader.local.context')}</p>
      </details>
    </section>
  );
}

/** How often the model agrees with the officers, so that a weak one is seen to be weak. */
const Agrees = ({ v, reader: { agreement } }: Shown) => (
  <section class="card source" aria-labelledby="agreement">
    <h2 id="agreement">{v.t('reader.agreement')}</h2>
    <p>
      {agreement === null
        ? v.t('reader.agreement.few')
        : v.t('reader.agreement.says', {
            share: agreement.same / agreement.decisions,
            n: agreement.decisions,
          })}
    </p>
  </section>
);

/** The language model: its state and cost, what it has read, and its prompt; and where it is set. */
function ReaderPage({ v, reader, setUp = NOTHING_TYPED }: Shown & { setUp?: SetUp }) {
  const { model, server } = reader;
  return (
    <>
      <h1>{v.t('reader.title')}</h1>
      {model === null ? (
        <Empty title={v.t('reader.none')}>
          <p>{v.t('reader.none-says')}</p>
        </Empty>
      ) : (
        <>
          <p class="muted">{v.t('reader.intro', { model, server: server ?? '' })}</p>
          <Facts v={v} reader={reader} />
          <Agrees v={v} reader={reader} />
          <Last v={v} reader={reader} />
          <Left v={v} reader={reader} />
        </>
      )}
      <About v={v} />
      {reader.isNamed ? (
        <p class="muted">{v.t('reader.named')}</p>
      ) : (
        may(v.actor, 'operation.write') && (
          <>
            <SetUpForm v={v} setUp={setUp} />
            {model !== null && (
              <form method="post" action="/reader/server/remove">
                <button type="submit">{v.t('reader.remove')}</button>
              </form>
            )}
          </>
        )
      )}
      <Leaves v={v} reader={reader} />
    </>
  );
}

const { READER_URL, READER_MODEL, READER_KEY } = Environment.shape;
/** The same rules as for the variables; an empty key is none. */
const Server = z.object({
  url: READER_URL.unwrap(),
  model: z.string().min(1).pipe(READER_MODEL.unwrap()),
  key: z.preprocess((key) => (key === '' ? undefined : key), READER_KEY),
});
const Typed = z.object({
  url: z.string().trim().max(500).catch(''),
  model: z.string().trim().max(300).catch(''),
  key: z.string().trim().max(1_000).catch(''),
});

/** The page of the language model that reads calls: its state, its cost, its prompt, and where it is set. */
@ApiExcludeController()
@Needs('operation.read')
@Controller('reader')
export class ReaderPages {
  constructor(
    private readonly views: ReaderViews,
    private readonly servers: ReaderServer,
    private readonly language: LanguageModel,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  show(@View() v: Viewer): Promise<string> {
    return this.shown(v);
  }

  /** Responds with the page instead of a redirect: what the server said of three calls is stored nowhere. */
  @Needs('operation.write')
  @JustSignedIn()
  @Post('server')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async set(@View() v: Viewer, @Gone() gone: AbortSignal, @Body() body: unknown): Promise<Answer> {
    this.mustBeFree();
    const typed = Typed.parse(body ?? {});
    const read = Server.safeParse(typed);
    const setUp = { typed, wrong: new Set<string>(), failed: null, tried: null, used: false };
    if (!read.success) {
      const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
      return pageWith(422, await this.shown(v, { ...setUp, wrong }));
    }
    try {
      const { url, model, key } = read.data;
      const outcome = await this.servers.set({ url, model, key }, gone);
      return pageWith(outcome.used ? 200 : 422, await this.shown(v, { ...setUp, ...outcome }));
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
      return pageWith(422, await this.shown(v, { ...setUp, failed: error.message }));
    }
  }

  @Needs('operation.write')
  @JustSignedIn()
  @Post('server/remove')
  async remove(): Promise<Answer> {
    this.mustBeFree();
    await this.servers.remove();
    return redirectTo('/reader', 'flash.saved');
  }

  private mustBeFree(): void {
    if (this.language.isNamed) throw new Forbidden('reader-named');
  }

  private async shown(v: Viewer, setUp?: SetUp): Promise<string> {
    return page(
      v,
      { title: v.t('reader.title'), place: 'sources', styles: ['sources'] },
      ReaderPage({ v, reader: await this.views.view(), ...(setUp && { setUp }) }),
    );
  }
}
