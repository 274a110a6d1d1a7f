import { ConfirmFirst } from '../../ui/confirm.js';
import { may } from '../../kernel/actor.js';
import { Field } from '../../ui/parts.js';
import type { Typed } from '../../ui/typed.js';
import type { Viewer } from '../../ui/viewer.js';

/** The reader's own data and, for people who may write, the data of others at their institute. */
export function PersonalDataPage({ v, sent }: { v: Viewer; sent: Typed }) {
  return (
    <>
      <h1>{v.t('personal.title')}</h1>
      <section class="card">
        <h2>{v.t('personal.own')}</h2>
        <p>
          {v.t('personal.own.says')} <a href="/privacy">{v.t('privacy.title')}</a>
        </p>
        <form method="post" action="/personal-data/download">
          <button type="submit">{v.t('personal.download')}</button>
        </form>
        <p>
          <a class="button" href="/personal-data/erase">
            {v.t('personal.preview.own')}
          </a>
        </p>
      </section>
      {may(v.actor, 'personal-data.write') && <OfOthers v={v} sent={sent} />}
    </>
  );
}

function OfOthers({ v, sent }: { v: Viewer; sent: Typed }) {
  return (
    <section class="card">
      <h2>{v.t('personal.others')}</h2>
      <p>{v.t('personal.others.says')}</p>
      <form method="post" action="/personal-data/of/download">
        <ConfirmFirst v={v} />
        <Field id="whose" label={v.t('personal.email')} error={sent.errors['email']}>
          <input
            id="whose"
            name="email"
            type="email"
            required
            maxLength={320}
            autocomplete="off"
            value={sent.typed['email']}
            aria-describedby={sent.errors['email'] ? 'whose-error' : undefined}
          />
        </Field>
        <p class="row">
          <button type="submit">{v.t('personal.download')}</button>
          <button type="submit" formaction="/personal-data/of/preview">
            {v.t('personal.preview.other')}
          </button>
        </p>
      </form>
    </section>
  );
}
