/**
 * Jest runs the TypeScript as Node does, which `test/typescript/register.js` teaches to read it; types are checked by
 * `npm run types`.
 */
export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/native-runner.js',
  testSequencer: '<rootDir>/test/support/longest-first.js',
  rootDir: '.',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  globalSetup: '<rootDir>/test/global-setup.js',
  globalTeardown: '<rootDir>/test/global-teardown.js',
  testMatch: ['**/*.spec.ts'],
  transform: {},
  // A guard against hanging, not a measure: a loaded machine must not fail a test.
  testTimeout: 240_000,
  // Every core: Jest would leave one idle, which on two cores is half of the machine.
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
};
