// Starts the action's program, which `npm run build` made before. It knows the runner's environment and nothing else:
// what the action does stands in src/cli/github-action/.
const { endAsError } = await import('../dist/cli/main.js')
// Node ends with exit code 1 for what nobody catches, and 1 is a verdict.
process.on('uncaughtException', endAsError)
const { runAction } = await import('../dist/cli/github-action/main.js')
const { writeOutput } = await import('../dist/cli/output.js')
process.exitCode = await runAction({
  environment: process.env,
  workspace: process.cwd(),
  log: (text) => writeOutput([text]),
})
