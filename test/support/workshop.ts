import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
const COPIED = ['src', 'test', 'config', 'package.json', 'tsconfig.json', 'jest.config.mjs', 'dist'];

/** The output of a command, whether it failed or not. */
interface Ran {
  failed: boolean;
  text: string;
}

/** A copy of the project, to which something is added as a README says. */
export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'workshop-')));
  private readonly before: Map<string, string>;

  constructor() {
    // With the rest already built, as for anybody who adds something.
    for (const name of COPIED.filter((n) => existsSync(join(ROOT, n))))
      cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    this.before = this.files();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  async run(command: string): Promise<Ran> {
    // The inner jest must not take itself for a worker of this one.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(JEST_WORKER_ID|NODE_OPTIONS)$/.test(name)),
    );
    try {
      const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', command], {
        cwd: this.folder,
        env,
        maxBuffer: 50_000_000,
      });
      return { failed: false, text: stdout + stderr };
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return { failed: true, text: stdout + stderr };
    }
  }

  /** Type-checks one folder. */
  types(folder: string): Promise<Ran> {
    this.write(
      'dist/tsconfig.json',
      JSON.stringify({ extends: '../tsconfig.json', include: ['../src/**/*.d.ts', `../${folder}`] }),
    );
    return this.run(
      'node node_modules/typescript-7/bin/tsc -p dist/tsconfig.json --noEmit --incremental false --rootDir src',
    );
  }

  /** Returns files created, changed and deleted since the copy, except build output. */
  touched(): { changed: string[]; lost: string[] } {
    const after = this.files();
    return {
      changed: [...after].filter(([path, hash]) => this.before.get(path) !== hash).map(([path]) => path),
      lost: [...this.before.keys()].filter((path) => !after.has(path)),
    };
  }

  /** Returns every file that is neither built nor installed, with its contents. */
  private files(inside = ''): Map<string, string> {
    const entries = readdirSync(join(this.folder, inside), { withFileTypes: true }).filter(
      (e) => !/^(node_modules|dist)$/.test(e.name),
    );
    return new Map(
      entries.flatMap((e): [string, string][] => {
        const path = join(inside, e.name);
        const hash = () =>
          createHash('sha256')
            .update(readFileSync(join(this.folder, path)))
            .digest('hex');
        return e.isDirectory() ? [...this.files(path)] : [[path, hash()]];
      }),
    );
  }
}

/** Returns the commands of a README section, block by block, with the given id instead of the README's. */
export function commandsOf(readme: string, heading: string, id: string): string[] {
  const text = readFileSync(join(ROOT, readme), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const blocks = section.split(/^## /m)[0]!.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm);
  return [...blocks].map(([, block]) => `ID=${id}\n${block!.replace(/^ +/gm, '').replace(/^ID=.*\n/m, '')}`);
}
