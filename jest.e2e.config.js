// End-to-end tests: the built program (dist/), its packed archive and its command line, each in a process of its own.
import unit from './jest.config.js'

/** @type {import('jest').Config} */
export default {
  ...unit,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
}
