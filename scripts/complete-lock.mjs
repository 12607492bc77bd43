// Adds to package-lock.json the optional packages of other platforms that the registry at hand does not offer.
// Without them `npm ci` calls the lockfile out of step with package.json, even where they would not be installed; npm
// itself leaves out what it cannot fetch. Run after every `npm install`:  node scripts/complete-lock.mjs
// An added entry has the exact version that its parent names, and no checksum: none can be known here.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = []
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    const words = name.split(/[-/]/)
    const system = SYSTEMS.find((word) => words.includes(word))
    if (lock.packages[key] || !system || !/^\d/.test(version)) continue
    const processor = PROCESSORS.find((word) => words.includes(word))
    const library = system === 'linux' ? LIBRARIES[words.at(-1)] : undefined
    lock.packages[key] = {
      version,
      cpu: [processor],
      ...(parent.dev && { dev: true }),
      ...(library && { libc: [library] }),
      optional: true,
      os: [system],
    }
    added.push(name)
  }
}
const names = Object.keys(lock.packages).sort((a, b) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(names.map((name) => [name, lock.packages[name]]))
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`)
console.log(added.length === 0 ? 'nothing is missing' : `added ${added.join(', ')}`)
