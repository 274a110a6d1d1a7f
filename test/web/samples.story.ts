import { permissionsOf } from '../../src/kernel/actor.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { h } from 'preact';
import { part } from '../../src/ui/page.js';
import { ComponentSamples } from '../../src/ui/samples/samples.controller.js';
import { translateTo } from '../../src/i18n/translate.js';
import type { Viewer } from '../../src/ui/viewer.js';

const UI = 'src/ui';
/** Components that contain pages rather than being part of them. */
const FRAMES = ['Layout'];
const shared = readdirSync(UI)
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => [
    ...readFileSync(join(UI, name), 'utf8').matchAll(/^export (?:function|const) ([A-Z]\w+)/gm),
  ])
  .map(([, name]) => name!)
  .filter((name) => !FRAMES.includes(name));

describe('the page of all components', () => {
  it('shows each that pages share', () => {
    expect(shared.length).toBeGreaterThan(10);
    const now = new Date('2026-06-30T08:00:00Z');
    const v: Viewer = {
      actor: {
        kind: 'person',
        role: 'coordinator',
        name: 'Anne',
        email: 'anne@example.org',
        personId: '1',
        profileId: null,
        profileName: null,
        permissions: permissionsOf('coordinator', 'write'),
        language: 'en',
        sessionId: '1',
        signedInAt: now,
      },
      language: 'en',
      t: translateTo('en'),
      now,
      at: '/ui',
      part: false,
      flash: null,
      withoutRecipients: null,
      sendingHeld: false,
      unsentMail: null,
    };
    const html = part(h(ComponentSamples, { v, at: 'here' }));
    const names = [...html.matchAll(/data-sample="(\w+)"><h3>.*?<\/h3><div class="row">(?!<\/div>)/g)];
    expect(names.map(([, name]) => name)).toEqual(expect.arrayContaining(shared));
  });
});
