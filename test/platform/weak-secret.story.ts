import { randomBytes } from 'node:crypto';
import { readEnvironment } from '../../src/platform/config/environment.js';

const problemsOf = (variables: NodeJS.ProcessEnv): string[] => {
  try {
    readEnvironment(variables, 'start');
    return [];
  } catch (error) {
    return (error as { problems: string[] }).problems;
  }
};
const good = randomBytes(12).toString('hex');

describe('a secret with which nothing starts', () => {
  it.each([
    ['a'.repeat(40), /repeats a few characters/],
    ['abcabcabcabcabcabcabc', /repeats a few characters/],
    ['1212121212121212', /repeats a few characters/],
    ['a-token-for-the-tests', /an example of ours/],
    ['change-me-openssl-rand-hex-24', /an example of ours/],
    ['changeme-changeme', /an example of ours/],
    ['0123456789abcdef', /an example of ours/],
    ['Zx8-qP3_vB7.kL2', /shorter than 16/],
  ])('is the admin token %s', (token, says) => {
    const problems = problemsOf({ ADMIN_TOKEN: token });
    expect(problems).toEqual([expect.stringMatching(says)]);
    expect(problems[0]).toMatch(/^ADMIN_TOKEN .*\. Fix: Make one with: openssl rand -hex 32\.$/);
    expect(problems[0]).not.toContain(token);
  });

  it('is a weak password at a database or a queue on another machine, and none on this one', () => {
    for (const weak of ['password', 'carnot', 'x'.repeat(30), 'Zx8qP3vB']) {
      expect(problemsOf({ DATABASE_URL: `postgres://carnot:${weak}@db.example.org/carnot` })).toEqual([
        expect.stringMatching(/^DATABASE_URL has a password that .* Fix: /),
      ]);
      expect(problemsOf({ REDIS_URL: `redis://:${weak}@cache:6379` })).toEqual([
        expect.stringMatching(/^REDIS_URL has a password that .* Fix: /),
      ]);
      expect(
        problemsOf({
          DATABASE_URL: `postgres://carnot:${weak}@127.0.0.1/carnot`,
          REDIS_URL: `redis://:${weak}@localhost:6379`,
        }),
      ).toEqual([]);
    }
  });

  it('is one of our own examples where others give the secret, however short theirs may be', () => {
    const mail = { MAIL_FROM: 'a@b', PUBLIC_URL: 'https://x.org', OPERATOR_EMAIL: 'o@x.org' };
    expect(problemsOf({ ...mail, SMTP_URL: 'smtp://user:password@mail.example.org' })).toEqual([
      expect.stringMatching(/^SMTP_URL holds a secret that is an example of ours/),
    ]);
    expect(problemsOf({ ...mail, SMTP_URL: 'smtp://user:Zx8@mail.example.org' })).toEqual([]);
    expect(
      problemsOf({ EMBEDDING_URL: 'https://x.org', EMBEDDING_MODEL: 'm', EMBEDDING_KEY: 'change-me' }),
    ).toEqual([expect.stringMatching(/^EMBEDDING_KEY holds/)]);
    expect(problemsOf({ READER_URL: 'https://x.org', READER_MODEL: 'm', READER_KEY: 'change-me' })).toEqual([
      expect.stringMatching(/^READER_KEY holds/),
    ]);
  });

  it('is none that chance made, and no password where there is none', () => {
    const urls = { DATABASE_URL: `postgres://carnot:${good}@db/carnot`, REDIS_URL: 'redis://cache:6379' };
    for (let i = 0; i < 500; i += 1) {
      for (const token of [randomBytes(32).toString('hex'), randomBytes(12).toString('base64url')])
        expect(problemsOf({ ...urls, ADMIN_TOKEN: token })).toEqual([]);
    }
  });

  it('is told together with all others', () => {
    expect(
      problemsOf({ PORT: 'x', ADMIN_TOKEN: 'b'.repeat(20), DATABASE_URL: 'postgres://u:p@db/x' }).map(
        (p) => p.split(' ')[0],
      ),
    ).toEqual(['PORT', 'DATABASE_URL', 'ADMIN_TOKEN']);
  });
});
