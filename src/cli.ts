import 'reflect-metadata';
import { run } from './app/failure.js';
import { acrossInstitutes, inContext } from './platform/database/request-context.js';
import { CarnotError } from './kernel/errors.js';
import { say } from './platform/say.js';

type Command = (args: string[]) => Promise<void> | void;

/**
 * Each command is loaded on use: the whole application takes seconds to load, and half of them need little of
 * it. Their options are parsed by Node's own `parseArgs`.
 */
const COMMANDS: Record<string, { does: string; load: () => Promise<Command> }> = {
  replay: {
    does: 'harvest each recorded day from a stand-in portal and write what happened',
    load: async () => (await import('./commands/replay/replay.js')).replay,
  },
  reparse: {
    does: 'parse the stored documents of a source again and show what would change',
    load: async () => (await import('./commands/reparse.js')).reparse,
  },
  'check-source': {
    does: 'check that a source still has the form its parser expects',
    load: async () => (await import('./commands/check-source.js')).checkSource,
  },
  bounce: {
    does: 'read a bounced e-mail and stop writing to that address',
    load: async () => (await import('./commands/bounce.js')).bounce,
  },
  'test-mail': {
    does: 'send a test e-mail to an address',
    load: async () => (await import('./commands/test-mail.js')).testMail,
  },
  'preview-mail': {
    does: 'show the next e-mail to an institute without sending it',
    load: async () => (await import('./commands/preview-mail.js')).previewMail,
  },
  'import-history': {
    does: 'import funded projects and their participants from CORDIS files',
    load: async () => (await import('./commands/import-history.js')).importHistory,
  },
  evaluate: {
    does: 'rank calls for profiles, to compare with human judgements',
    load: async () => (await import('./commands/learning/evaluate.js')).evaluate,
  },
  train: {
    does: 'retrain the vectors and weights of the ranking',
    load: async () => (await import('./commands/learning/train.js')).train,
  },
  backup: {
    does: 'back up everything stored to one file',
    load: async () => (await import('./commands/backup.js')).backup,
  },
  restore: {
    does: 'restore a backup into an empty database; nothing is sent until "resume-sending"',
    load: async () => (await import('./commands/restore.js')).restore,
  },
  'resume-sending': {
    does: 'let a restored installation send messages, or send again what was given up',
    load: async () => (await import('./commands/resume-sending.js')).resumeSending,
  },
  audit: {
    does: 'check that the audit log is intact',
    load: async () => (await import('./commands/audit.js')).audit,
  },
  'rotate-secrets': {
    does: 're-encrypt stored secrets with a new SECRET_KEY',
    load: async () => (await import('./commands/rotate-secrets.js')).rotateSecrets,
  },
  'remove-passkeys': {
    does: 'remove the passkeys of a person who has lost them',
    load: async () => (await import('./commands/remove-passkeys.js')).removePasskeys,
  },
  'remove-officer': {
    does: 'remove an officer who is gone, even the last one of an institute',
    load: async () => (await import('./commands/remove-officer.js')).removeOfficer,
  },
  'let-in': {
    does: 'open what was inside an institute before to a person whom the network let in',
    load: async () => (await import('./commands/remove-officer.js')).letIn,
  },
  'rotate-admin-token': {
    does: 'create a new admin token',
    load: async () => (await import('./commands/rotate-admin-token.js')).rotateAdminToken,
  },
};

/** Lists all commands, one per line. */
const help = (): string =>
  [
    'npm run cli -- COMMAND …, where COMMAND is one of:',
    ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(20)}${does}`),
  ].join('\n');

/** One-off commands: `npm run cli -- <command> …`. */
run(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (name === '--help' || name === 'help') {
    say(help());
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
  await inContext({ kind: 'operator', via: `command/${name}` }, () =>
    acrossInstitutes('a command of the operator', async () => command(args)),
  );
  // With the status that the command has set, if any.
  process.exit();
}, 'The command stopped before it was finished.');
