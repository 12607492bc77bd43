#!/usr/bin/env node
// Starts the compiled program. A checkout that was not built yet has none: that is said plainly, not as a stack trace.
import { existsSync } from 'node:fs'

const program = new URL('../dist/bundle/caps.js', import.meta.url)
if (existsSync(program)) {
  // Node ends with exit code 1 for what nobody catches, and 1 is what a gate says.
  const loaded = await import(program.href).catch((thrown) => {
    process.stderr.write(
      'error: caps cannot be loaded\n' +
        `  why: ${thrown instanceof Error ? thrown.message : String(thrown)}\n` +
        '  fix: raise the limit of open files if that is it (`ulimit -n 1024`); else install caps again\n',
    )
    process.exitCode = 2
  })
  if (loaded !== undefined) {
    process.on('uncaughtException', loaded.endAsError)
    process.exitCode = await loaded.main(process.argv.slice(2))
  }
} else {
  process.stderr.write(
    'error: caps is not built\n' +
      '  why: dist/bundle/caps.js is missing; a checkout holds only the TypeScript sources\n' +
      '  fix: run `npm ci && npm run build` in the directory of caps\n',
  )
  process.exitCode = 2
}
