// Starts the action's program, which `npm run build` made before. It knows the runner's environment and nothing else:
// what the action does stands in src/cli/github-action/.
const { runAction } = await import('../dist/cli/github-action/main.js')
process.exitCode = await runAction({
  environment: process.env,
  workspace: process.cwd(),
  log: (text) => process.stdout.write(text),
})
