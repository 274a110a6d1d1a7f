import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../support/command.js';
import { CordisFolder, SAMPLE } from '../support/harvest/cordis.js';
import { TestPortal } from '../support/harvest/portal.js';
import { report } from '../support/notifications/reports.js';
import { everyNth, sampled } from '../support/release.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';

const PROFILE = 'leti';
const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-beside-'));
const cordis = new CordisFolder({
  'project.csv': SAMPLE['project.csv']!,
  'organization.csv': SAMPLE['organization.csv']!,
});

interface Run {
  args?: string[];
  input?: Buffer;
  status?: number;
  says: RegExp;
}

/** Each command that an operator needs, as they would use it while the installation works. */
const BESIDE: Record<string, Run> = {
  audit: { args: ['verify'], says: /The audit log is intact: \d+ entries/ },
  backup: { args: [join(folder, 'backup')], says: /Backed up and read back/ },
  bounce: {
    input: report('postfix-unknown', { messageId: 'x@y', address: 'anne@example.fr' }),
    says: /not about one of our e-mails/,
  },
  'import-history': { args: [cordis.path], says: /\d+ projects with \d+ participations are known/ },
  'let-in': { args: ['nobody@example.org'], status: 1, says: /nobody@example\.org/ },
  'preview-mail': { args: [PROFILE, '--first'], says: /The first message[^]*Subject: / },
  'remove-officer': {
    args: ['nobody@example.org'],
    status: 1,
    says: /There is no officer nobody@example\.org/,
  },
  'remove-passkeys': { args: ['nobody@example.org'], status: 1, says: /Nobody here has this address/ },
  reparse: { args: ['--source', 'funding-tenders'], says: /calls are unchanged, 0 differ/ },
  restore: { args: [join(folder, 'backup')], status: 1, says: /already (running on|has tables)/ },
  'resume-sending': { says: /Nothing was held back/ },
  'rotate-admin-token': { says: /the admin token is set in ADMIN_TOKEN/ },
  'rotate-secrets': { says: /Everything is already encrypted with SECRET_KEY/ },
  'test-mail': { args: ['anne@example.fr'], says: /the e-mail was written to a file/ },
};
/** They never touch what an installation has stored: a source is asked, or files of their own are read. */
const ELSEWHERE = ['check-source', 'replay', 'evaluate', 'train'];

describe('a command of the operator', () => {
  let portal: TestPortal;
  let system: System;
  let installation: Record<string, string>;
  beforeAll(async () => {
    portal = await TestPortal.start(new Date());
    system = new System({ FUNDING_TENDERS_URL: portal.url });
    await system.start();
    installation = {
      FUNDING_TENDERS_URL: portal.url,
      ADMIN_TOKEN: system.token,
      DATA_DIR: join(system.folder, 'data'),
      ...(system.apart && { DATABASE_URL: system.databaseUrl! }),
    };
    await until(
      'the matching',
      async () => (await system.get(`/v1/matches?profile=${PROFILE}&limit=1`)).total > 0,
    );
  });
  afterAll(async () => {
    await system.remove();
    await portal.close();
    cordis.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one of those tried here', async () => {
    const { output } = await ran(['--help']);
    const names = [...output.matchAll(/^ {2}(\S+) /gm)].map(([, name]) => name);
    expect([...Object.keys(BESIDE), ...ELSEWHERE].sort()).toEqual(names.sort());
  });

  it.each(sampled('commands beside an installation', Object.entries(BESIDE), everyNth(2)))(
    'works while the installation runs: %s',
    async (name, run) => {
      const { args = [], input, status = 0, says } = run;
      const { status: ended, output } = await ran([name, ...args], installation, input?.toString());
      expect([ended, output]).toEqual([status, expect.stringMatching(says)]);
      // The role of the program, whose rows PostgreSQL keeps apart, and not the superuser.
      expect(output).not.toContain('BYPASSRLS');
      expect(system.programs.every((p) => p.running)).toBe(true);
    },
  );

  it('leaves everything to the role of the program, and the installation working', async () => {
    expect((await system.get('/health/ready')).status).toBe('ok');
    expect((await system.get('/v1/calls?limit=1')).total).toBeGreaterThan(0);
  });
});
