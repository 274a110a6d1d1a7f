import { Inject, Injectable } from '@nestjs/common';
import { CarnotError } from '../kernel/errors.js';
import {
  type BadRow,
  columnsIn,
  CORDIS_FILES,
  type CordisFile,
  isUnreadable,
  type Kind,
  KINDS,
  projectOf,
  readRow,
} from './domain/cordis-rows.js';
import type { Clock } from '../kernel/ports.js';
import type { HistoryFileEntity } from './store/history-project.entity.js';
import { type Batch, HistoryImportRepository } from './store/history-import.repository.js';
import { CsvFile, type CsvPlace } from '../platform/csv/csv-file.js';
import { CLOCK } from '../platform/tokens.js';

/** The maximum number of rows and of characters in a batch: an objective is longer than a city. */
const BATCH = { rows: 2_000, characters: 2_000_000 };

/** A file that exists and has the required columns. */
interface Given {
  kind: Kind;
  name: string;
  csv: CsvFile;
  size: number;
  first: CsvPlace;
  places: Map<string, number>;
  width: number;
}

/** Callbacks that report the progress of an import. */
export interface Monitoring {
  waiting: () => void;
  /** An optional file does not exist. */
  absent: (name: string) => void;
  /** A file begins, or resumes after `rows` rows. */
  begins: (name: string, size: number, rows: number) => void;
  moves: (offset: number, rows: number) => void;
  /** All rows are read; new and changed ones are being stored. */
  stores: () => void;
  ends: (file: FileReport) => void;
}
/**
 * The result of a file. `lost`: bad rows whose project is unknown. `before`: it was imported earlier, so
 * nothing was done.
 */
export interface FileReport {
  name: string;
  rows: number;
  bad: number;
  lost: number;
  problems: BadRow[];
  changed: number;
  before: boolean;
}

/** Imports the files of a CORDIS archive into the database. */
@Injectable()
export class HistoryImport {
  constructor(
    private readonly files: HistoryImportRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Imports the files. `pathOf` returns the path of a file by name. Throws before doing anything if a file or
   * a column is missing, and after the other files if no row of one can be read.
   */
  async run(pathOf: (name: string) => string, reporter: Monitoring): Promise<FileReport[]> {
    const given = await this.given(pathOf, reporter);
    return this.files.alone(reporter.waiting, async () => {
      const reports: FileReport[] = [];
      for (const file of given) {
        const report = await this.file(file, reporter);
        reporter.ends(report);
        reports.push(report);
      }
      await this.files.log();
      refuseUnreadable(reports);
      return reports;
    });
  }

  private async given(pathOf: (name: string) => string, reporter: Monitoring): Promise<Given[]> {
    const [given, problems]: [Given[], string[]] = [[], []];
    for (const kind of KINDS) {
      const file = CORDIS_FILES[kind];
      const looked = await look(file, new CsvFile(pathOf(file.name)));
      if (looked === null && !file.required) reporter.absent(file.name);
      else if (looked === null)
        problems.push(
          `${pathOf(file.name)} is missing. Fix: Unpack the archive of CORDIS whole, and name the folder that holds project.csv.`,
        );
      else if ('problem' in looked) problems.push(looked.problem);
      else given.push(looked);
    }
    if (problems.length)
      throw new CarnotError('NoHistoryFiles', `Nothing was imported.\n${problems.join('\n')}`, 'person');
    return given;
  }

  private async file(file: Given, reporter: Monitoring): Promise<FileReport> {
    const id = { kind: file.kind, hash: await file.csv.hash() };
    const before = await this.files.imported(id.hash);
    if (before) return reportOf(file, { ...before, changed: 0 }, true);
    const progress = await this.files.progress(id);
    const from = progress ? { offset: Number(progress.byteOffset), line: progress.line } : file.first;
    let rows = progress?.rows ?? 0;
    reporter.begins(file.name, file.size, rows);
    for await (const batch of batches(file, from)) {
      await this.files.stage(id, batch);
      rows += batch.rows.length + batch.bad.length;
      reporter.moves(batch.next.offset, rows);
    }
    reporter.stores();
    return reportOf(file, await this.files.finish(id, this.clock.now()), false);
  }
}

const reportOf = (
  { name }: Given,
  { rows, bad, lost, problems, changed }: HistoryFileEntity,
  before: boolean,
): FileReport => ({ name, rows, bad, lost, problems, changed, before });

function refuseUnreadable(reports: FileReport[]): void {
  const refused = reports.filter(isUnreadable).map(({ name, problems: [first] }) => {
    const why = first ? ` (line ${first.line}: ${first.why})` : '';
    return `${name} was not imported: none of its rows can be read${why}. What was known stays as it was. Fix: Take all files of one archive of CORDIS, as it publishes them; if they are refused again, their form has changed, and carnot-europe needs an update.`;
  });
  if (refused.length) throw new CarnotError('NoHistoryRows', refused.join('\n'), 'person');
}

/** Returns a file with the positions of its columns, or what is wrong with it; null if it does not exist. */
async function look(file: CordisFile, csv: CsvFile): Promise<Given | { problem: string } | null> {
  const size = await csv.size();
  if (size === null) return null;
  const { cells, next } = await csv.header();
  const columns = columnsIn(file, cells);
  if ('places' in columns)
    return {
      kind: file.kind,
      name: file.name,
      csv,
      size,
      first: next,
      places: columns.places,
      width: cells.length,
    };
  const { missing } = columns;
  return {
    problem: `${csv.path} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}. Fix: Take the file as CORDIS publishes it: semicolons between, names of columns in the first line.`,
  };
}

/** Yields the rows from a place on in batches. */
async function* batches(file: Given, from: CsvPlace): AsyncGenerator<Batch> {
  let batch: Batch = { rows: [], bad: [], unread: [], next: from };
  let characters = 0;
  for await (const { line, cells, garbled, next } of file.csv.rows(from, file.width)) {
    const read = !cells
      ? { why: 'has a quote that is opened and not closed' }
      : garbled
        ? { why: 'is not in UTF-8' }
        : readRow(CORDIS_FILES[file.kind] as CordisFile, file.places, file.width, cells);
    if ('row' in read) batch.rows.push({ line, row: read.row });
    else {
      batch.bad.push({ line, why: read.why });
      const projectId = cells && projectOf(file.places, cells);
      if (projectId !== null) batch.unread.push({ line, projectId });
    }
    batch.next = next;
    characters += cells?.reduce((sum, c) => sum + c.length, 0) ?? 0;
    if (batch.rows.length + batch.bad.length < BATCH.rows && characters < BATCH.characters) continue;
    yield batch;
    [batch, characters] = [{ rows: [], bad: [], unread: [], next }, 0];
  }
  if (batch.rows.length + batch.bad.length) yield batch;
}
