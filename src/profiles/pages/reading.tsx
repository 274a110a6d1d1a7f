import type { ComponentChildren } from 'preact';
import { countriesForPeople, programmeName } from '../../calls/domain/index.js';
import { labelIn } from '../domain/label-in.js';
import type { Competence, Profile } from '../domain/profile.js';
import { Dots, Money } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

const Words = ({ list }: { list: string[] }) => (
  <ul class="words">
    {list.map((w) => (
      <li key={w}>{w}</li>
    ))}
  </ul>
);

function CompetenceToRead({ v, c }: { v: Viewer; c: Competence }) {
  return (
    <section class="card">
      <h3>{labelIn(c, v.language)}</h3>
      {c.description && <p>{c.description}</p>}
      {c.keywords.length > 0 && <Words list={c.keywords} />}
      {c.exclusions.length > 0 && (
        <>
          <p class="small muted">{v.t('profile.exclusions')}</p>
          <Words list={c.exclusions} />
        </>
      )}
      {c.weight !== 1 && <p class="small muted">{v.t('profile.weight-is', { weight: c.weight })}</p>}
    </section>
  );
}

function PreferencesToRead({ v, p }: { v: Viewer; p: NonNullable<Profile['preferences']> }) {
  const fact = (label: string, value: ComponentChildren) => (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
  return (
    <section class="card">
      <h2>{v.t('profile.preferences')}</h2>
      <dl class="facts">
        {p.typesOfAction.length > 0 && fact(v.t('profile.types-of-action'), p.typesOfAction.join(', '))}
        {p.programmes.length > 0 &&
          fact(
            v.t('profile.programmes'),
            p.programmes.map((name) => programmeName(name, v.language)).join(', '),
          )}
        {p.answersAs &&
          p.answersAs.length > 0 &&
          fact(v.t('profile.answers-as'), p.answersAs.map((a) => v.t(`profile.addressee.${a}`)).join(', '))}
        {p.roles &&
          p.roles.length > 0 &&
          fact(v.t('profile.roles'), p.roles.map((r) => v.t(`profile.role.${r}`)).join(', '))}
        {p.countries &&
          p.countries.length > 0 &&
          fact(v.t('profile.countries'), countriesForPeople(p.countries, v.language))}
        {p.trl && fact('TRL', `${p.trl.min}–${p.trl.max}`)}
        {p.minLeadDays !== undefined && fact(v.t('profile.lead-days'), p.minLeadDays)}
        {p.budget?.min !== undefined &&
          fact(v.t('profile.budget.from'), <Money v={v} amount={p.budget.min} currency="EUR" />)}
        {p.budget?.max !== undefined &&
          fact(v.t('profile.budget.to'), <Money v={v} amount={p.budget.max} currency="EUR" />)}
      </dl>
    </section>
  );
}

/** A profile for those who do not change it. */
export function ProfileToRead({ v, profile }: { v: Viewer; profile: Profile }) {
  return (
    <>
      <h2>{v.t('profile.competences')}</h2>
      <div class="competences-to-read">
        {profile.competences.map((c, i) => (
          <CompetenceToRead key={i} v={v} c={c} />
        ))}
      </div>
      {profile.preferences && <PreferencesToRead v={v} p={profile.preferences} />}
      <section class="card">
        <h2>{v.t('profile.contacts')}</h2>
        {profile.contacts.length ? (
          <ul>
            {profile.contacts.map((c) => (
              <li key={c.email}>
                <Dots parts={[c.name, c.email]} />
              </li>
            ))}
          </ul>
        ) : (
          <p class="muted">{v.t('profile.contacts.none')}</p>
        )}
      </section>
    </>
  );
}
