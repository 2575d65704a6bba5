import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

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
  // The command line and the benchmarks speak on the terminal.
  { files: ['apps/cli/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
);
