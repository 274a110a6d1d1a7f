import type { ComponentChildren } from 'preact';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { STATUSES } from '../../calls/domain/status.js';
import {
  BandWord,
  But,
  ConfirmFirst,
  ConfirmForm,
  DaysLeft,
  Dots,
  Downloads,
  DraftWords,
  Empty,
  Field,
  Fold,
  Folds,
  FormError,
  Identifier,
  Keys,
  LanguageOptions,
  Money,
  OutsideLink,
  Pager,
  Score,
  StatusBadge,
  Tabs,
} from '../parts.js';
import { View, type Viewer } from '../viewer.js';
import { DAY_MS } from '../../kernel/durations.js';
import { Needs } from '../../platform/access/rule.js';
import { page } from '../page.js';

/** A component or element in its states, under its name in the code. */
const Sample = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <section class="sample" data-sample={name}>
    <h3>
      <code>{name}</code>
    </h3>
    <div class="row">{children}</div>
  </section>
);

/** Passed, urgent, soon, later, and more than a year. */
const DAYS = [-3, 2, 20, 90, 500];
const SCORES = [15, 45, 88];
const HERE = '#components';

/** A viewer whose sign-in was long ago, who is asked to confirm it. */
const longSignedIn = (v: Viewer): Viewer => ({
  ...v,
  actor: v.actor && { ...v.actor, signedInAt: new Date(0) },
});

function FieldSamples({ at }: { at: string }) {
  return (
    <Sample name="Field">
      {(['plain', 'wrong'] as const).map((state) => (
        <Field
          key={state}
          id={`field-${state}-${at}`}
          label={state}
          help="help"
          error={state === 'wrong' ? 'error' : undefined}
        >
          <input id={`field-${state}-${at}`} aria-describedby={`field-${state}-${at}-help`} />
        </Field>
      ))}
    </Sample>
  );
}

/** Components within a line of text. */
function WordSamples({ v }: { v: Viewer }) {
  const inDays = (n: number): string => new Date(v.now.getTime() + n * DAY_MS).toISOString();
  return (
    <>
      <Sample name="StatusBadge">
        {STATUSES.map((status) => (
          <StatusBadge key={status} v={v} status={status} />
        ))}
      </Sample>
      <Sample name="DraftWords">
        <DraftWords v={v} draft={{ reference: 'D113042/02', version: 2, day: '2026-07-28' }} />
      </Sample>
      <Sample name="DaysLeft">
        <DaysLeft v={v} at={null} />
        {DAYS.map((n) => (
          <DaysLeft key={n} v={v} at={inDays(n)} />
        ))}
      </Sample>
      <Sample name="Score">
        {SCORES.map((score) => (
          <Score key={score} score={score} />
        ))}
      </Sample>
      <Sample name="BandWord">
        {SCORES.map((score) => (
          <BandWord key={score} v={v} score={score} />
        ))}
      </Sample>
      <Sample name="But">
        <But v={v} says={['TRL 2–4', 'CSA']} />
      </Sample>
      <Sample name="OutsideLink">
        <p>
          <OutsideLink v={v} href="https://example.org/">
            example.org
          </OutsideLink>
        </p>
      </Sample>
      <Sample name="Money">
        <span>
          <Money v={v} amount={4_500_000} currency="EUR" />
        </span>
        <span>
          <Money v={v} amount={null} currency="EUR" />
        </span>
      </Sample>
      <Sample name="Identifier">
        <Identifier v={v} call={{ kind: 'grant', identifier: 'HORIZON-CL4-2027-01' }} />
        <Identifier v={v} call={{ kind: 'cascade', identifier: 'HORIZON-CL4-2027-01' }} />
      </Sample>
      <Sample name="Dots">
        <Dots parts={['RIA', 'Horizon Europe', null, '€4M']} />
      </Sample>
    </>
  );
}

/** All shared components in all their states. */
export function ComponentSamples({ v, at }: { v: Viewer; at: string }) {
  return (
    <>
      <WordSamples v={v} />
      <FieldSamples at={at} />
      <Sample name="Keys">
        <Keys v={v} keys={[{ key: 's', does: 'verdict.relevant' }]} />
      </Sample>
      <Sample name="FormError">
        <FormError says="error" />
      </Sample>
      <Sample name="LanguageOptions">
        <select aria-label={v.t('account.language')}>
          <LanguageOptions v={v} chosen="fr" />
        </select>
      </Sample>
      <Sample name="Fold">
        <Fold v={v} label="Fold" count={2}>
          <p>children</p>
        </Fold>
      </Sample>
      <Sample name="Folds">
        <Folds v={v} below={[{ kind: 'grant', identifier: 'HORIZON-CL5-2026-D3-01', title: 'title' }]}>
          <p>children</p>
        </Folds>
      </Sample>
      <Sample name="Tabs">
        <Tabs
          label={`Tabs ${at}`}
          tabs={[
            { path: HERE, name: 'shown', isShown: true },
            { path: '/calls', name: 'other', isShown: false },
          ]}
        />
      </Sample>
      <Sample name="Empty">
        <Empty title="Empty">
          <p>children</p>
        </Empty>
      </Sample>
      <Sample name="Pager">
        <Pager v={v} next="2" first={false} href={() => HERE} />
      </Sample>
      <Sample name="Downloads">
        <Downloads v={v} path="/calls" query="" />
      </Sample>
      <Sample name="ConfirmFirst">
        <ConfirmFirst v={longSignedIn(v)} />
      </Sample>
      <Sample name="ConfirmForm">
        <ConfirmForm v={v} next={null} />
      </Sample>
    </>
  );
}

const Buttons = () => (
  <Sample name="button">
    <button type="button" class="primary">
      primary
    </button>
    <button type="button">plain</button>
    <button type="button" class="danger">
      danger
    </button>
    <button type="button" class="plain">
      link
    </button>
    <button type="button" disabled>
      disabled
    </button>
    <a class="button" href="#components">
      a.button
    </a>
  </Sample>
);

const Inputs = ({ at }: { at: string }) => (
  <Sample name="input, select, textarea">
    <input aria-label="input" value="input" />
    <select aria-label="select">
      <option>select</option>
    </select>
    <textarea aria-label="textarea" rows={2}>
      textarea
    </textarea>
    <label class="choice">
      <input type="checkbox" checked /> checkbox
    </label>
    <label class="choice">
      <input type="radio" name={`radio-${at}`} checked /> radio
    </label>
  </Sample>
);

const Tables = () => (
  <Sample name="table">
    <table>
      <thead>
        <tr>
          <th scope="col">th</th>
          <th scope="col" class="number">
            th.number
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>td</td>
          <td class="number">1,234</td>
        </tr>
      </tbody>
    </table>
  </Sample>
);

/** Plain elements as styled, and the classes that pages use on them. */
function ElementSamples({ at }: { at: string }) {
  return (
    <>
      <Buttons />
      <Sample name="a, kbd, code">
        <a href="#components">link</a> <kbd>Ctrl K</kbd> <code>HORIZON-CL4-2027-01</code>
      </Sample>
      <Inputs at={at} />
      <Sample name=".badge">
        <span class="badge">badge</span> <span class="badge new">new</span>{' '}
        <span class="badge changed">changed</span>
      </Sample>
      <Sample name=".flash, .notice">
        <p class="flash">flash</p>
        <p class="notice">notice</p>
        <p class="notice warn">notice warn</p>
        <p class="notice bad">notice bad</p>
      </Sample>
      <Sample name=".card, dl.facts">
        <div class="card">
          <dl class="facts">
            <dt>dt</dt>
            <dd>dd</dd>
          </dl>
        </div>
      </Sample>
      <Tables />
      <Sample name="del, ins, mark">
        <del>del</del> <ins>ins</ins> <mark>mark</mark>
      </Sample>
    </>
  );
}

/** Both side by side, so that neither is forgotten. To check the print style, print the page. */
const LOOKS = ['light', 'dark'] as const;

/** The page of all shared components and styled elements. */
const SamplesPage = ({ v }: { v: Viewer }) => (
  <>
    <h1 id="components">{v.t('samples.title')}</h1>
    <p class="muted">{v.t('samples.lead')}</p>
    <div class="samples">
      {LOOKS.map((look) => (
        <section key={look} class={look} aria-label={look}>
          <h2>
            <code>{look}</code>
          </h2>
          <ComponentSamples v={v} at={look} />
          <ElementSamples at={look} />
        </section>
      ))}
    </div>
  </>
);

/** The components, for developers of pages. It shows no data, and only the network needs it. */
@ApiExcludeController()
@Controller('ui')
export class SamplePages {
  @Needs('operation.read')
  @Get()
  show(@View() v: Viewer): string {
    return page(v, { title: v.t('samples.title'), styles: ['samples'], wide: true }, SamplesPage({ v }));
  }
}
