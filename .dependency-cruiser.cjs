/** The import rule of docs/architecture.md, checked. Each ban says what to do instead. */
const own = '^src/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one thing, or lack a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'Core sees no Node API and no I/O library: yield a step (core/model/program.ts) or take the value as an argument.',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-libraries',
      severity: 'error',
      comment: 'Core uses pure libraries only. A library that touches the world belongs in an adapter.',
      from: { path: '^src/core/' },
      to: {
        path: 'node_modules/(execa|undici|nodemailer|p-limit|atomically|yauzl|listr2|commander|ignore|proper-lockfile|kysely|pg|lmdb)/',
      },
    },
    {
      name: 'model-stands-alone',
      severity: 'error',
      comment: 'The nouns know nobody. Move what needs a stage into that stage.',
      from: { path: '^src/core/model/' },
      to: { path: own, pathNot: '^src/core/model/' },
    },
    {
      name: 'stages-do-not-know-each-other',
      severity: 'error',
      comment: 'A stage takes values. Pass what you need through src/pipeline, or move the shared noun to core/model.',
      from: { path: '^src/core/(?!model/|notify/)([^/]+)/' },
      to: {
        path: '^src/core/',
        pathNot: ['^src/core/model/', '^src/core/$1/', '^src/core/match/', '^src/core/document/'],
      },
    },
    {
      name: 'notify-speaks-as-the-report-does',
      severity: 'error',
      comment: 'What people are told comes after the report and in its words; of other stages it knows nothing.',
      from: { path: '^src/core/notify/' },
      to: { path: '^src/core/', pathNot: ['^src/core/model/', '^src/core/notify/', '^src/core/report/'] },
    },
    {
      name: 'auditors-do-not-know-each-other',
      severity: 'error',
      comment: 'An auditor is a folder. What two of them share belongs in core/auditors/lib.',
      from: { path: '^src/core/auditors/([^/]+)/', pathNot: '^src/core/auditors/lib/' },
      to: { path: '^src/core/auditors/', pathNot: ['^src/core/auditors/$1/', '^src/core/auditors/lib/'] },
    },
    {
      name: 'core-stays-inside',
      severity: 'error',
      comment: 'Core is imported, it does not import outwards.',
      from: { path: '^src/core/' },
      to: { path: own, pathNot: '^src/core/' },
    },
    {
      name: 'ports-know-nouns-only',
      severity: 'error',
      comment: 'A port speaks in nouns of core/model.',
      from: { path: '^src/ports/' },
      to: { path: own, pathNot: ['^src/ports/', '^src/core/model/'] },
    },
    {
      name: 'adapters-stand-apart',
      severity: 'error',
      comment: 'An adapter implements a port. Shared code goes to adapters/lib; logic goes to core.',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: own, pathNot: ['^src/adapters/$1/', '^src/adapters/lib/', '^src/ports/', '^src/core/model/'] },
    },
    {
      name: 'mirror-is-a-function',
      severity: 'error',
      comment: 'The mirror answers requests from a store; the server around it is an adapter.',
      from: { path: '^src/mirror/' },
      to: { path: own, pathNot: ['^src/mirror/', '^src/core/model/', '^src/core/match/', '^src/ports/'] },
    },
    {
      name: 'pipeline-knows-core-and-ports',
      severity: 'error',
      comment: 'The pipeline orders stages and calls ports; adapters are handed to it by cli/compose.ts.',
      from: { path: '^src/pipeline/' },
      to: { path: own, pathNot: ['^src/pipeline/', '^src/core/', '^src/ports/'] },
    },
    {
      name: 'one-composer',
      severity: 'error',
      comment: 'Only cli/compose.ts (and compose-*.ts beside it) names adapters; everything else takes ports.',
      from: { path: '^src/', pathNot: ['^src/adapters/', '^src/cli/compose[^/]*[.]ts$'] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'page-stands-alone',
      severity: 'error',
      comment: 'What runs in a browser sees the page only; `npm run page` turns it into text the report holds.',
      from: { path: '^src/page/' },
      to: { pathNot: '^src/page/' },
    },
    {
      name: 'nobody-imports-the-page',
      severity: 'error',
      comment: 'The page is text to the rest: take it from core/report/html/page-assets.ts.',
      from: { path: '^src/', pathNot: '^src/page/' },
      to: { path: '^src/page/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody uses it: delete it.',
      from: { orphan: true, path: own, pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      comment: 'Shipped code does not lean on tests.',
      from: { path: own },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-dev',
      severity: 'error',
      comment: 'Ships, so it is a dependency.',
      from: { path: own },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
