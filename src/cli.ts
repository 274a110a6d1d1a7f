import 'reflect-metadata';
import { run } from './app/failure.js';
import { acrossInstitutes, actingAs } from './platform/database/acting.js';
import { CarnotError } from './kernel/errors.js';

type Command = (args: string[]) => Promise<void> | void;

/**
 * Each is loaded when it is asked for: the whole application takes seconds to load, and half of them need
 * little of it. Their options are read by Node's own `parseArgs`.
 */
const COMMANDS: Record<string, { does: string; load: () => Promise<Command> }> = {
  replay: {
    does: 'harvests on each recorded day of a stand-in of the portal, and writes what happened',
    load: async () => (await import('./commands/replay/replay.js')).replay,
  },
  reparse: {
    does: 'reads the stored documents of a source with the present parser, and shows what would change',
    load: async () => (await import('./commands/reparse.js')).reparse,
  },
  'check-source': {
    does: 'asks a source whether it still is what its parser assumes',
    load: async () => (await import('./commands/check-source.js')).checkSource,
  },
  bounce: {
    does: 'reads a mail that came back, and writes to that address no more',
    load: async () => (await import('./commands/bounce.js')).bounce,
  },
  'test-mail': {
    does: 'sends a mail to an address, to see whether the mail server takes it',
    load: async () => (await import('./commands/test-mail.js')).testMail,
  },
  'preview-mail': {
    does: 'shows the mail that an institute would get now, and sends nothing',
    load: async () => (await import('./commands/preview-mail.js')).previewMail,
  },
  'import-history': {
    does: 'reads who took part in which project, from files of CORDIS',
    load: async () => (await import('./commands/import-history.js')).importHistory,
  },
  evaluate: {
    does: 'ranks calls for profiles, to be compared with what people judged',
    load: async () => (await import('./commands/learning/evaluate.js')).evaluate,
  },
  train: {
    does: 'learns the vectors and weights of the ranking anew',
    load: async () => (await import('./commands/learning/train.js')).train,
  },
  backup: {
    does: 'writes all that is stored into one file',
    load: async () => (await import('./commands/backup.js')).backup,
  },
  restore: {
    does: 'brings a backup into an empty database; nothing is sent from there until "resume-sending"',
    load: async () => (await import('./commands/restore.js')).restore,
  },
  'resume-sending': {
    does: 'lets an installation that was restored send messages again',
    load: async () => (await import('./commands/resume-sending.js')).resumeSending,
  },
  audit: {
    does: 'says whether the audit log was tampered with',
    load: async () => (await import('./commands/audit.js')).audit,
  },
  'rotate-secrets': {
    does: 'seals what is secret in the database with a new SECRET_KEY',
    load: async () => (await import('./commands/rotate-secrets.js')).rotateSecrets,
  },
  'remove-passkeys': {
    does: 'takes the passkeys of a person who has lost them',
    load: async () => (await import('./commands/remove-passkeys.js')).removePasskeys,
  },
  'rotate-admin-token': {
    does: 'makes another token for the operator',
    load: async () => (await import('./commands/rotate-admin-token.js')).rotateAdminToken,
  },
};

/** All of them, a line each. */
const help = (): string =>
  [
    'npm run cli -- COMMAND …, where COMMAND is one of',
    ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(20)}${does}`),
    '',
  ].join('\n');

/** One-off commands: `npm run cli -- <command> …`. */
run(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (name === '--help' || name === 'help') {
    process.stdout.write(help());
    return;
  }
  const chosen = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!chosen)
    throw new CarnotError(
      'UnknownCommand',
      `There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`,
      'person',
    );
  const command = await chosen.load();
  await actingAs({ kind: 'operator', via: `command/${name}` }, () =>
    acrossInstitutes('a command of the operator', async () => command(args)),
  );
  // With the status that the command has set, where it has.
  process.exit();
}, 'The command ended before it was done.');
