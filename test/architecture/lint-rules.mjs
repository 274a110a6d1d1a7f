import { analyse } from 'scslre';

/**
 * Rules of oxlint for what it does not know by itself; `.oxlintrc.json` says where each holds, and
 * `lint.spec.ts` has a breach of each.
 */

/** All nodes below and including a node. */
function* nodesIn(node) {
  yield node;
  for (const [key, value] of Object.entries(node))
    if (key !== 'parent')
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === 'string') yield* nodesIn(child);
}
const textOf = (node) =>
  node.type === 'TemplateElement'
    ? node.value.raw
    : node.type === 'JSXText' || (node.type === 'Literal' && typeof node.value === 'string')
      ? node.value
      : null;
const textsIn = (node) => [...nodesIn(node)].map(textOf).filter((text) => text !== null);

const FRENCH = /[àâçéèêëîïôûœ]|\p{L}’\p{L}/iu;
// English also writes "the source’s"; text that is only in French always has another sign of it.
const isFrench = (text) => FRENCH.test(text.replace(/\p{L}’s\b/gu, ''));
const isLanguage = (text) => text === 'fr' || text === 'en';
const isText = (text) => /\p{L}{2}/u.test(text) && !isLanguage(text);
const isKey = (text) => /^[a-z-]+(\.[a-z-]+)+$/.test(text);

/** Whether an object is like `{ en: 'Open', fr: 'Ouvert' }`, however the texts are nested. */
const isTable = ({ properties }) => {
  const byLanguage = properties.filter(({ key }) => key && isLanguage(key.name ?? key.value));
  return byLanguage.length > 1 && byLanguage.some((property) => textsIn(property.value).some(isText));
};
/** Whether an expression is like `language === 'fr' ? 'Ouvert' : 'Open'`; keys of messages may be chosen so. */
const isChoice = ({ test, consequent, alternate }) =>
  test.type === 'BinaryExpression' &&
  [test.left, test.right].some(({ value }) => isLanguage(value)) &&
  [consequent, alternate].some((branch) =>
    textsIn(branch).some((text) => text !== '' && !isLanguage(text) && !isKey(text)),
  );
/** A plug-in's `messages({ … })` is a catalogue, too. */
const inCatalogue = (node) =>
  node !== null &&
  ((node.type === 'CallExpression' && node.callee.name === 'messages') || inCatalogue(node.parent));

const textsInCatalogues = {
  create(context) {
    const unless = (isIn) => (node) => {
      if (isIn(node) && !inCatalogue(node))
        context.report({ node, message: 'A text that people read belongs to the messages (src/i18n).' });
    };
    const french = unless((node) => textsIn(node).some(isFrench));
    return {
      ObjectExpression: unless(isTable),
      ConditionalExpression: unless(isChoice),
      Literal: french,
      TemplateLiteral: french,
      JSXText: french,
    };
  },
};

const noClock = {
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.name === 'Date' && node.arguments.length === 0)
        context.report({ node, message: 'The time is given by whoever calls.' });
    },
  }),
};

/**
 * Why an expression may look at a character more than a bounded number of times, however long the text is: null
 * if it does not.
 */
export function growthOf({ source, flags }) {
  const [report] = analyse({ source, flags }, { maxReports: 1 }).reports;
  return report ? `takes more than linear time for a text of "${report.character.pick}"` : null;
}

// What code puts together is in regular-expressions.spec.ts.
const linearExpressions = {
  create: (context) => ({
    Literal(node) {
      const growth = node.regex && growthOf({ source: node.regex.pattern, flags: node.regex.flags });
      if (growth) context.report({ node, message: `This expression ${growth}.` });
    },
  }),
};

/** `npm run boundaries` cannot follow what it cannot read. */
const computedImport = {
  create: (context) => ({
    ImportExpression(node) {
      if (node.source.type !== 'Literal')
        context.report({ node, message: 'The registries alone import by a path that is computed.' });
    },
  }),
};

const TESTS = /^(it|test|describe|(before|after)(All|Each))$/;
const calleeName = (node) =>
  node.name ?? (node.object && calleeName(node.object)) ?? (node.callee && calleeName(node.callee));
const noTimeLimit = {
  create: (context) => ({
    CallExpression(node) {
      if (TESTS.test(calleeName(node.callee)) && typeof node.arguments.at(-1)?.value === 'number')
        context.report({ node, message: 'A test has no time limit of its own.' });
    },
  }),
};

// Prettier does not wrap comments.
const commentWidth = {
  create: (context) => ({
    Program(node) {
      for (const comment of context.sourceCode.getAllComments())
        for (let { line } = comment.loc.start; line <= comment.loc.end.line; line++) {
          const text = context.sourceCode.lines[line - 1];
          if (text.length > 110 && /^ *(\/\*\*|\*|\/\/) /.test(text))
            context.report({
              node,
              loc: comment.loc,
              message: 'A line of a comment has at most 110 characters.',
            });
        }
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'texts-in-catalogues': textsInCatalogues,
    'linear-expressions': linearExpressions,
    'no-clock': noClock,
    'computed-import': computedImport,
    'no-time-limit': noTimeLimit,
    'comment-width': commentWidth,
  },
};
