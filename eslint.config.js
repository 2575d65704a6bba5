import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Half-width punctuation beside a Chinese character or mark; `!` is of a sheet (清单!A1) unless it ends the text. */
const HALF_WIDTH = '/[,;:()?](?=[\\u3400-\\u9FFF“《〔（])|(?<=[\\u3400-\\u9FFF”》〕）])(?:[,;:()?]|!$)/u';
const halfWidthIn = (...nodes) =>
  nodes.map((node) => ({
    selector: `${node}=${HALF_WIDTH}]`,
    message: 'Chinese text has full-width punctuation.',
  }));
const IN_CODE = halfWidthIn('Literal[value', 'TemplateElement[value.raw');

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'dist-bench/**', 'apps/web/src/api/schema.d.ts'] },
  ...tseslint.configs.recommendedTypeChecked,
  // Faults only: how a template is written is Prettier's.
  ...vue.configs['flat/essential'],
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'apps/web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
        // No rule here reads the comments of libraries, which are a third of what there is to parse.
        jsDocParsingMode: 'none',
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  // A specification lists as many cases as the behaviour has.
  {
    files: ['**/*.spec.ts', 'test/**', 'libs/**/testing/**', 'libs/**/conformance/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['apps/**', 'libs/**'],
    rules: {
      'no-restricted-syntax': ['error', ...IN_CODE],
      'vue/no-restricted-syntax': [
        'error',
        ...halfWidthIn(':not(VElement[name=script]) > VText[value', 'VLiteral[value'),
        ...IN_CODE,
      ],
    },
  },
  {
    files: [
      // What people type and print, as specifications and the sample imitate it: their lists have either width.
      '**/*.spec.ts',
      '**/testing/**',
      'libs/sample/**',
      // What is read is made half-width first, so that either is found.
      'libs/exchange/project-list/{columns,counts}.ts',
      'libs/exchange/plan/{plan-words,printed-value}.ts',
      // What digests and recorded events name by its text: another comma would be another content.
      'libs/findings/domain/default-rule-set.ts',
      'libs/plans/domain/indicators/definitions.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // The command line and the benchmarks speak on the terminal.
  { files: ['apps/cli/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
);
