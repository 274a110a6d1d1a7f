import { SingleBar } from 'cli-progress';
import { join } from 'node:path';
import type { FileReport, Monitoring } from '../funded-projects/history-import.js';
import { readArguments } from './arguments.js';
import { refuse } from '../platform/config/config-error.js';
import { withApplication } from '../app/with-application.js';
import { counted, say } from '../platform/say.js';

const USAGE = 'npm run cli -- import-history FOLDER';
/** Without a progress bar, one line per this many percent. */
const EVERY_PERCENT = 20;
const SHOWN = 20;

function readArgs(args: string[]): string {
  const { positionals: given } = readArguments({ args, options: {}, allowPositionals: true }, USAGE);
  refuse(
    given.length === 1
      ? []
      : [`Name one folder with project.csv and organization.csv as published by CORDIS. Fix: ${USAGE}`],
  );
  return given[0]!;
}

/** Shows the progress through a file: a bar on a terminal, a few lines elsewhere. */
class Progress implements Monitoring {
  private readonly bar = process.stdout.isTTY
    ? new SingleBar({ format: '  {name} {bar} {percentage} %, {rows} rows', hideCursor: true })
    : null;
  private file = { name: '', size: 1, percent: 0 };

  waiting(): void {
    say('Another import is running. This one starts when it has finished.');
  }
  absent(name: string): void {
    say(`${name} is not there. The import goes on without it.`);
  }

  begins(name: string, size: number, rows: number): void {
    this.file = { name, size, percent: 0 };
    if (rows) say(`  ${name}: goes on after ${counted(rows, 'row')}`);
    this.bar?.start(size, 0, { name, rows });
  }

  moves(offset: number, rows: number): void {
    const percent = Math.floor((100 * offset) / this.file.size);
    this.bar?.update(offset, { name: this.file.name, rows });
    if (this.bar || (percent < this.file.percent + EVERY_PERCENT && offset < this.file.size)) return;
    this.file.percent = percent;
    say(`  ${this.file.name}: ${percent} %, ${counted(rows, 'row')}`);
  }

  stores(): void {
    this.bar?.stop();
  }

  ends({ name, rows, bad, problems, changed, before }: FileReport): void {
    const told = before
      ? 'imported before, nothing to do'
      : `${counted(rows, 'row')}, ${changed.toLocaleString('en')} new or changed`;
    say(`${name}: ${told}${bad ? `, ${counted(bad, 'bad row')}` : ''}`);
    for (const { line, why } of problems.slice(0, SHOWN)) say(`  ${name}, line ${line}: ${why}`);
    if (bad > SHOWN) say(`  and ${(bad - SHOWN).toLocaleString('en')} more`);
  }
}

/** `import-history`: reads the projects that CORDIS publishes. An interrupted run can be resumed. */
export async function importHistory(args: string[]): Promise<void> {
  const folder = readArgs(args);
  await withApplication(async (app) => {
    const [{ HistoryImport }, { HistoryRepository }] = await Promise.all([
      import('../funded-projects/history-import.js'),
      import('../funded-projects/store/history.repository.js'),
    ]);
    await app.get(HistoryImport).run((name) => join(folder, name), new Progress());
    const { projects, participants, ended } = await app.get(HistoryRepository).size();
    say(
      `${counted(projects, 'project')} with ${counted(participants, 'participation')} are known${ended ? `, and ${counted(ended, 'participation')} that ended early` : ''}, after ${process.uptime().toFixed(1)} s.`,
    );
  });
}
