// The built program, run for one command line after another in one process: what std is has to be read only once. A line of JSON
// in ({ directory, environment, args }, or no args for the Action), a line of JSON out ({ code, text }).
import { register } from 'node:module'
import { createInterface } from 'node:readline'

register('./small-std-hook.mjs', import.meta.url)
const { runAction } = await import('../../../dist/cli/github-action/main.js')
const { main } = await import('../../../dist/cli/main.js')

const answer = process.stdout.write.bind(process.stdout)
let text = ''
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, done) => {
    text += chunk
    if (typeof done === 'function') done()
    return true
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { directory, environment, args } = JSON.parse(line)
  process.chdir(directory)
  Object.assign(process.env, environment)
  process.exitCode = undefined
  text = ''
  const log = (words) => {
    text += words
  }
  const code = args ? await main(args) : await runAction({ environment, workspace: directory, log })
  process.exitCode = undefined
  answer(`${JSON.stringify({ code, text })}\n`)
}
