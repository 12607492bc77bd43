// End-to-end tests: the built program (dist/), its packed archive and its command line, each in a process of its own.
import unit from './jest.config.js'

/** @type {import('jest').Config} */
export default {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
  globalSetup: '<rootDir>/test/e2e/setup-store.mjs',
  globalTeardown: '<rootDir>/test/e2e/remove-store.mjs',
}
