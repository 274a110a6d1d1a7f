import 'reflect-metadata';
import { run } from './app/failure.js';
import { acrossInstitutes, actingAs } from './platform/database/acting.js';
import { CarnotError } from './kernel/errors.js';

type Command = (args: string[]) => Promise<void> | void;

/** Each is loaded when it is asked for: the whole application takes seconds to load, and half of them need little of it. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  replay: async () => (await import('./commands/replay/replay.js')).replay,
  reparse: async () => (await import('./commands/reparse.js')).reparse,
  'check-source': async () => (await import('./commands/check-source.js')).checkSource,
  bounce: async () => (await import('./commands/bounce.js')).bounce,
  'test-mail': async () => (await import('./commands/test-mail.js')).testMail,
  'preview-mail': async () => (await import('./commands/preview-mail.js')).previewMail,
  'import-history': async () => (await import('./commands/import-history.js')).importHistory,
  evaluate: async () => (await import('./commands/learning/evaluate.js')).evaluate,
  train: async () => (await import('./commands/learning/train.js')).train,
  backup: async () => (await import('./commands/backup.js')).backup,
  restore: async () => (await import('./commands/restore.js')).restore,
  'resume-sending': async () => (await import('./commands/resume-sending.js')).resumeSending,
  audit: async () => (await import('./commands/audit.js')).audit,
  'rotate-secrets': async () => (await import('./commands/rotate-secrets.js')).rotateSecrets,
  'remove-passkeys': async () => (await import('./commands/remove-passkeys.js')).removePasskeys,
  'rotate-admin-token': async () => (await import('./commands/rotate-admin-token.js')).rotateAdminToken,
};

/** One-off commands: `npm run cli -- <command> …`. */
run(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load)
    throw new CarnotError(
      'UnknownCommand',
      `There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`,
      'person',
    );
  const command = await load();
  await actingAs({ kind: 'operator', via: `command/${name}` }, () =>
    acrossInstitutes('a command of the operator', async () => command(args)),
  );
  // With the status that the command has set, where it has.
  process.exit();
});
