import tseslint from 'typescript-eslint';

/** What core must not touch: time, chance, the process and waiting. `now` is an argument; asking is yielding a step. */
const pure = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Core has no clock: take `now` as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Core has no clock: take `now` as an argument.',
  },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Core has no chance.' },
  { selector: "MemberExpression[object.name='performance']", message: 'Core has no clock.' },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    message: 'Core has no clock: take `now` as an argument.',
  },
  { selector: ':function[async=true]', message: 'Core is synchronous: yield a step (core/model/program.ts).' },
  { selector: 'AwaitExpression', message: 'Core is synchronous: yield a step (core/model/program.ts).' },
  {
    selector: "CallExpression[callee.property.name='localeCompare']",
    message: 'Locale decides nothing here: use byText (core/model/order.ts).',
  },
];

/** What start-up would pay for: a bundle holds all of a namespace that is imported by name, and a client that is loaded unasked. */
const lean = [
  {
    selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier[imported.name='z']",
    message: "Write `import * as z from 'zod'`: the named export brings the whole library into every command.",
  },
  {
    selector: ":matches(ImportDeclaration[importKind='value'], ImportExpression)[source.value='undici']",
    message: 'Load it when something is asked: import() of adapters/lib/http-client.ts.',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', '.cache/**', 'examples/**', 'reports/**', 'test/fixtures/**', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/dot-notation': 'off',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Return an exit code; src/main.ts sets it.' },
      ],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**/*.ts'],
    // Nothing but the mirror's own commands loads the second one.
    ignores: ['src/adapters/lib/http-client.ts', 'src/adapters/npm-upstream/**'],
    rules: { 'no-restricted-syntax': ['error', ...lean] },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...pure, ...lean],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'fetch',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'queueMicrotask',
        'crypto',
        'console',
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/core/**', 'src/main.ts', 'src/launch.ts', 'src/compiled-code.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          name: 'process',
          message: 'Only src/main.ts and what starts it read `process`; take what you need as an argument.',
        },
      ],
    },
  },
  { files: ['scripts/**', '*.mjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['scripts/**', 'test/**'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off', 'no-restricted-globals': 'off' },
  },
);
