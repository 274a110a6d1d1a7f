import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Settings } from '../../platform/config/settings.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Open } from '../../platform/access/rule.js';
import { SETTINGS } from '../../platform/tokens.js';
import { page } from '../../ui/page.js';

/** The groups of people whose data are kept. */
const KINDS = [
  'account',
  'session',
  'audit',
  'contact',
  'researcher',
  'newsletter',
  'message',
  'backup',
] as const;

function PrivacyPage({ v, days }: { v: Viewer; days: Settings['retention'] }) {
  const values = {
    people: days.peopleDays,
    sessions: days.sessionDays,
    origins: days.originDays,
    messages: days.messageDays,
    sent: days.sentDays,
    links: days.mailDays,
  };
  return (
    <>
      <h1>{v.t('privacy.title')}</h1>
      <p>{v.t('privacy.says')}</p>
      <div class="scroll" role="region" tabIndex={0} aria-label={v.t('privacy.title')}>
        <table class="small stacked">
          <thead>
            <tr>
              {(['whose', 'what', 'why', 'until'] as const).map((column) => (
                <th key={column} scope="col">
                  {v.t(`privacy.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => (
              <tr key={kind}>
                <th scope="row">{v.t(`privacy.whose.${kind}`)}</th>
                <td data-label={v.t('privacy.what')}>{v.t(`privacy.what.${kind}`)}</td>
                <td data-label={v.t('privacy.why')}>{v.t(`privacy.why.${kind}`)}</td>
                <td data-label={v.t('privacy.until')}>{v.t(`privacy.until.${kind}`, values)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{v.t('privacy.rights')}</h2>
      <p>{v.t('privacy.rights.says')}</p>
      {v.actor?.personId && (
        <p>
          <a href="/personal-data">{v.t('privacy.own')}</a>
        </p>
      )}
    </>
  );
}

/** What is kept about whom, why and for how long: open to everyone, signed in or not. */
@ApiExcludeController()
@Open('researchers and contacts have no account, and their data are here too')
@Controller('privacy')
export class PrivacyPages {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  @Get()
  show(@View() v: Viewer): string {
    return page(v, { title: v.t('privacy.title') }, PrivacyPage({ v, days: this.settings.retention }));
  }
}
