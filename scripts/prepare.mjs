// npm's `prepare`: builds caps where it is installed from a git revision (pre-commit, `npm install git+…`), of which npm
// publishes what this leaves. In a checkout it never runs: .npmrc says ignore-scripts, and `npm run build` is for that.
// A global install hands its own settings down, and the compiler would be looked for, and put, into the user's programs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const settings = ['npm_config_global', 'npm_config_location', 'npm_config_prefix', 'npm_config_local_prefix']
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.includes(name.toLowerCase())))

if (!existsSync('node_modules/typescript')) npm('ci')
npm('run', 'build')

function npm(...words) {
  const { status } = spawnSync('npm', words, { env, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}
