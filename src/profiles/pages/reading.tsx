import { labelIn } from '../domain/names-in.js';
import type { Competence, Profile } from '../domain/profile.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { PreferencesToRead } from './preferences/preference-list.js';

const Words = ({ list }: { list: string[] }) => (
  <ul class="words">
    {list.map((w) => (
      <li key={w}>{w}</li>
    ))}
  </ul>
);

function CompetenceToRead({ v, c }: { v: Viewer; c: Competence }) {
  return (
    <details class="card" open data-fold="narrow">
      <summary>
        <h3>{labelIn(c, v.language)}</h3>
      </summary>
      {c.description && <p>{c.description}</p>}
      {c.keywords.length > 0 && <Words list={c.keywords} />}
      {c.exclusions.length > 0 && (
        <>
          <p class="small muted">{v.t('profile.exclusions')}</p>
          <Words list={c.exclusions} />
        </>
      )}
      {c.weight !== 1 && <p class="small muted">{v.t('profile.weight-is', { weight: c.weight })}</p>}
    </details>
  );
}

/** A profile for read-only viewers. */
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
          <p class="muted">{v.t('text.nobody-yet')}</p>
        )}
      </section>
    </>
  );
}
