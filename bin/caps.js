#!/usr/bin/env node
// Starts the compiled program. A checkout that was not built yet has none: that is said plainly, not as a stack trace.
import { existsSync } from 'node:fs'

const program = new URL('../dist/bundle/caps.js', import.meta.url)
if (existsSync(program)) {
  const { endAsError, main } = await import(program.href)
  // Node ends with exit code 1 for what nobody catches, and 1 is what a gate says.
  process.on('uncaughtException', endAsError)
  process.exitCode = await main(process.argv.slice(2))
} else {
  process.stderr.write(
    'error: caps is not built\n' +
      '  why: dist/bundle/caps.js is missing; a checkout holds only the TypeScript sources\n' +
      '  fix: run `npm ci && npm run build` in the directory of caps\n',
  )
  process.exitCode = 2
}
