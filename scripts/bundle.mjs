// Joins the compiled program to a few files, dist/bundle/: what a command needs is then one file or two instead of four hundred, most
// of which would be loaded only because their room has one door. What runs in a thread or process of its own is an entry too; all
// of them stand at the depth of the rooms, so that what they read beside themselves is where it was.
import { copyFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from '@rollup/wasm-node'

const DIRECTORY = 'dist/bundle'
/** By the name that they are started by. */
const ENTRIES = {
  caps: 'dist/cli/main.js',
  'graph-worker': 'dist/wiring/graph-worker.js',
  'parse-worker': 'dist/syntax/parse-worker.js',
  'survey-worker': 'dist/wiring/survey-worker.js',
  watch: 'dist/survey/watch.js',
}
/** Packages of many small files that read nothing beside themselves. */
const JOINED = ['zod', 'smol-toml']

/** Circles within types, and comments of a package for another tool. */
const HARMLESS = new Set(['CIRCULAR_DEPENDENCY', 'INVALID_ANNOTATION'])

const isJoined = (id) => JOINED.some((name) => id === name || id.startsWith(`${name}/`))
const isPackage = (id) => !/^[./\0]/.test(id)

rmSync(DIRECTORY, { recursive: true, force: true })
const bundle = await rollup({
  input: ENTRIES,
  external: (id) => builtinModules.includes(id) || id.startsWith('node:') || (isPackage(id) && !isJoined(id)),
  plugins: [nodeResolve({ exportConditions: ['node'] })],
  // Nothing but an entry does anything by being loaded.
  treeshake: { moduleSideEffects: (id) => Object.values(ENTRIES).some((entry) => id.endsWith(entry)) },
  onwarn(warning) {
    if (!HARMLESS.has(warning.code)) throw new Error(warning.message)
  },
})
await bundle.write({ dir: DIRECTORY, format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' })
copyFileSync('dist/syntax/rust.wasm', `${DIRECTORY}/rust.wasm`)
