import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const { version, dependencies } = JSON.parse(text('package.json')) as {
  version: string;
  dependencies: Record<string, string>;
};

/** The versions with a section in the changelog, newest first. */
const sectionsOf = (changelog: string): string[] =>
  [...changelog.matchAll(/^## (\d+\.\d+\.\d+)\b/gm)].map(([, found]) => found!);
const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

interface State {
  version: string;
  sections: string[];
  tags: string[];
  databases: string[];
}

/** What prevents an update from a released version. */
function problems({ version, sections, tags, databases }: State): string[] {
  const kept = new Set(databases);
  const newest = [...sections].sort(byNumber).at(-1);
  return [
    ...[...new Set([...sections, ...tags])]
      .filter((v) => !kept.has(v))
      .map((v) => `${v} has no database in test/persistence/released: npm run keep-release`),
    ...tags.filter((v) => !sections.includes(v)).map((v) => `${v} is tagged, and has no section`),
    ...databases
      .filter((v) => v !== version && !sections.includes(v))
      .map((v) => `${v} has a database, and no section`),
    ...(newest && byNumber(newest, version) > 0 ? [`package.json is behind ${newest}`] : []),
  ];
}

describe('the versions that were released', () => {
  const tags = (): string[] => {
    try {
      const said = execFileSync('git', ['tag', '--list', 'v*'], {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: 'pipe',
      });
      return said.split('\n').flatMap((tag) => /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? []);
    } catch {
      // A copy without git history.
      return [];
    }
  };

  it('have a section in the changelog and a database on which each later one is tried', () => {
    const folder = join(ROOT, 'test/persistence/released');
    const databases = existsSync(folder)
      ? readdirSync(folder).map((name) => name.replace(/\.backup$/, ''))
      : [];
    const sections = sectionsOf(text('.github/CHANGELOG.md'));
    expect(problems({ version, sections, tags: tags(), databases })).toEqual([]);
    expect((JSON.parse(text('package-lock.json')) as { version: string }).version).toBe(version);
  });

  it('are noticed where something of them is missing', () => {
    const good = { version: '1.10.0', sections: ['1.9.0'], tags: ['1.9.0'], databases: ['1.9.0', '1.10.0'] };
    expect(problems(good)).toEqual([]);
    expect(problems({ ...good, databases: ['1.10.0'] })).toEqual([expect.stringMatching(/^1\.9\.0 has no/)]);
    expect(problems({ ...good, tags: ['1.9.0', '1.10.0'], databases: ['1.9.0'] })).toEqual([
      expect.stringMatching(/^1\.10\.0 has no database/),
      '1.10.0 is tagged, and has no section',
    ]);
    expect(problems({ ...good, sections: [] })).toEqual([
      '1.9.0 is tagged, and has no section',
      '1.9.0 has a database, and no section',
    ]);
    expect(problems({ ...good, version: '1.8.0', databases: ['1.8.0', '1.9.0'] })).toEqual([
      'package.json is behind 1.9.0',
    ]);
  });
});

describe('what is published with a release', () => {
  interface Job {
    needs?: string | string[];
    permissions?: object;
    uses?: string;
    with?: { scripts: string };
    strategy?: { matrix: { script: string } };
    steps: { uses?: string; run?: string; env?: Record<string, string> }[];
  }
  const workflowOf = (name: string) =>
    parse(text(`.github/workflows/${name}.yml`)) as {
      on: Record<string, { tags?: string[]; branches?: string[] } | null>;
      permissions: object;
      jobs: Record<string, Job>;
    };
  const workflow = workflowOf('release');
  const { checks, image, publish } = workflow.jobs as Record<'checks' | 'image' | 'publish', Job>;
  const runs = publish.steps.map(({ run = '' }) => run);

  it('comes of a tag, after all checks, from actions that are named by their commit', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v*'] } });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const { on, permissions, jobs } = workflowOf('checks');
    const asked = jobs['checks']!;
    for (const { uses } of [...asked.steps, ...image.steps, ...publish.steps].filter((step) => step.uses))
      expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    expect([image.needs, publish.needs, checks.uses, checks.with]).toEqual([
      'checks',
      ['checks', 'image'],
      './.github/workflows/checks.yml',
      { scripts: '["run", "release"]' },
    ]);
    expect([permissions, asked.steps.at(-1)!.run]).toEqual([
      { contents: 'read' },
      '.ci/${{ matrix.script }}',
    ]);
    // Each change is checked, and every week what has to be proved only once.
    expect(on).toMatchObject({
      push: { branches: ['**'] },
      pull_request: null,
      schedule: [{ cron: expect.any(String) }],
    });
    expect(asked.strategy!.matrix.script).toContain(
      `inputs.scripts || (github.event_name == 'schedule' && '["release"]' || '["run"]')`,
    );
    for (const script of JSON.parse(checks.with!.scripts) as string[])
      expect(statSync(join(ROOT, '.ci', script)).mode & 0o111).not.toBe(0);
    const order = [/GITHUB_REF_NAME" = "v\$version/, /npm run -s sbom/, /gh release create/];
    const places = order.map((step) => runs.findIndex((run) => step.test(run)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('has the image that was tried as containers, with its bill of materials and how it was built', () => {
    const tried = workflowOf('containers');
    expect(tried.on).toEqual({ push: { branches: ['**'] }, pull_request: null });
    expect(tried.permissions).toEqual({ contents: 'read' });
    expect(tried.jobs['containers']!.steps.at(-1)!.run).toBe('.ci/containers');
    expect(image.permissions).toEqual({ contents: 'read', packages: 'write' });
    const [, builder, trial, push] = image.steps.map(({ run }) => run);
    // One builder for both: what it has built for the trial is what it publishes.
    expect([builder, trial]).toEqual(['docker buildx create --use', '.ci/containers']);
    expect(push).toMatch(/docker buildx build --push --sbom=true --provenance=mode=max --tag "\$REGISTRY\//);
    expect(image.steps[3]!.env).toEqual({
      GH_TOKEN: '${{ github.token }}',
      REGISTRY: '${{ secrets.IMAGE_REGISTRY }}',
    });
  });

  it('is refused where the tag is another version, or has no section', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-release-'));
    const check = (tag: string, changelog: string): string | null => {
      execFileSync('mkdir', ['-p', join(folder, '.github')]);
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.0' }));
      writeFileSync(join(folder, '.github/CHANGELOG.md'), changelog);
      try {
        execFileSync('bash', ['-e', '-c', runs.find((run) => run.includes('CHANGELOG'))!], {
          cwd: folder,
          env: { ...process.env, GITHUB_REF_NAME: tag },
          stdio: 'pipe',
        });
        return readFileSync(join(folder, 'notes.md'), 'utf8').trim();
      } catch {
        return null;
      }
    };
    try {
      const changelog =
        '# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-12-01\n\n### Added\n\n- It.\n\n## 1.2.0-x\n\n## 1.1.0\n\n- That.\n';
      expect(check('v1.2.0', changelog)).toBe('### Added\n\n- It.');
      expect(check('v1.3.0', changelog)).toBeNull();
      expect(check('v1.2.0', '# Changelog\n\n## 1.1.0\n\n- That.\n')).toBeNull();
      // Its image is the first that is published.
      writeFileSync(join(folder, 'docker'), '#!/bin/sh\necho "$*" >> asked', { mode: 0o755 });
      const push = (tag: string): string => {
        const env = { GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: 'a/b', GITHUB_ACTOR: 'a', GH_TOKEN: '' };
        spawnSync('bash', ['-e', '-c', image.steps.at(-1)!.run!], {
          cwd: folder,
          env: { ...process.env, ...env, REGISTRY: 'r', PATH: `${folder}:${process.env['PATH']}` },
        });
        const asked = join(folder, 'asked');
        return existsSync(asked) ? readFileSync(asked, 'utf8') : '';
      };
      expect(push('v1.2.0-rc1')).toBe('');
      expect(push('v1.2.0')).toContain('r/a/b:1.2.0');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is the list of packages that an installation has, with their versions, and none of development', () => {
    const made = JSON.parse(
      execFileSync('npm', ['run', '-s', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }),
    ) as { bomFormat: string; components: { name: string; version: string; purl: string }[] };
    expect(made.bomFormat).toBe('CycloneDX');
    const { packages } = JSON.parse(text('package-lock.json')) as {
      packages: Record<string, { version: string; dev?: boolean }>;
    };
    const installed = Object.entries(packages).flatMap(([path, { version, dev }]) =>
      path && !dev ? [`${path.replace(/^.*node_modules\//, '')}@${version}`] : [],
    );
    expect(installed).toEqual(
      expect.arrayContaining(Object.entries(dependencies).map((pair) => pair.join('@'))),
    );
    expect(new Set(made.components.map((c) => `${c.name}@${c.version}`))).toEqual(new Set(installed));
  });
});
