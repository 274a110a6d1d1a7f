import 'reflect-metadata';
import { bounce } from './app/bounce.js';
import { run } from './app/failure.js';
import { checkSource } from './app/check-source.js';
import { importHistory } from './app/import-history.js';
import { evaluate } from './app/learning/evaluate.js';
import { train } from './app/learning/train.js';
import { replay } from './app/replay/replay.js';
import { reparse } from './app/reparse.js';
import { previewMail } from './app/preview-mail.js';
import { testMail } from './app/test-mail.js';
import { CarnotError } from './domain/errors.js';

const COMMANDS: Record<string, (args: string[]) => Promise<void> | void> = { replay, reparse, 'check-source': checkSource, bounce, 'test-mail': testMail, 'preview-mail': previewMail, 'import-history': importHistory, evaluate, train };

/** One-off commands: `npm run cli -- <command> …`. */
run(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new CarnotError('UnknownCommand', `There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`, 'person');
  await command(args);
  // With the status that the command has set, where it has.
  process.exit();
});
