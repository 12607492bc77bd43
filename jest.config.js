// Unit tests: test/<room>/**/*.test.ts against src/, as ES modules, with no build between an edit and its test.
// test/e2e and test/traced run the built program and have their own configs, since they need `npm run build`.
/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/traced/'],
  extensionsToTreatAsEsm: ['.ts'],
  // Imports end in `.js`, as TypeScript wants them for ES modules; here the `.ts` beside is meant.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tmp/', '<rootDir>/samples/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Only our own TypeScript is transformed: packages are loaded as they are published.
  transformIgnorePatterns: ['/node_modules/'],
  // Two cores are the machine that the speed promises are made for.
  maxWorkers: 2,
  testTimeout: 20_000,
}
