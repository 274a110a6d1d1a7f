import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { emptyDatabase } from '../support/database/database.js';
import { Program } from '../support/system.js';

describe('the demonstration', () => {
  it('has its own data, whatever database and mail server a file of the environment names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-demo-'));
    chmodSync(folder, 0o711); // As root: the database's own user must be able to traverse it.
    const real = await emptyDatabase();
    const file = (name: string, value: string): string => {
      writeFileSync(join(folder, name), value);
      return join(folder, name);
    };
    const program = new Program('demo', {
      DATA_DIR: folder,
      PORT: '0',
      DATABASE_URL_FILE: file('database-url', real.url),
      SMTP_URL_FILE: file('smtp-url', 'smtp://127.0.0.1:1'),
      MAIL_FROM: 'calls@example.org',
    });
    try {
      const [, mail] = await program.says(/^ +E-mail +(.*)$/m);
      expect(mail).toMatch(/^written as files to .*\.data-demo/);
      await program.end('SIGTERM');
      const client = new pg.Client({ connectionString: real.url });
      await client.connect();
      const { rows } = await client
        .query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)
        .finally(() => client.end());
      expect(rows).toEqual([]);
    } finally {
      await program.end('SIGKILL');
      await real.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
