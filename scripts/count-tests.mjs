// Prints `PASSED FAILED` of a jest report (--json), for .ci/run:  node scripts/count-tests.mjs REPORT EXIT_CODE
// A run that failed without a failed test (a file that cannot be loaded, no report at all) is one failure.
import { readFileSync } from 'node:fs'

const [file, code] = process.argv.slice(2)
let passed = 0
let failed = 0
try {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  passed = report.numPassedTests
  failed = report.numFailedTests + report.numRuntimeErrorTestSuites
  for (const suite of report.testResults) {
    if (suite.status !== 'passed') console.error(suite.message)
  }
} catch (error) {
  console.error(`no test report: ${error.message}`)
}
if (code !== '0' && failed === 0) failed = 1
console.log(`${passed} ${failed}`)
