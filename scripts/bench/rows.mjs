// The rows of the table: what is run, and what it is held against. A row's `of` gets the places and the rows before it.
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkWithCargo } from './cargo.mjs'
import { doubling, largeFile, workspace } from './inputs.mjs'
import { median, run } from './measure.mjs'

const LINUX = ['--target', 'x86_64-unknown-linux-gnu']
const caps = ({ caps: program }, args, options) => run(process.execPath, [program, ...args], options)
const quiet = ['--format', 'json', '-o', '/dev/null', '-q']
const before = (said, name) => said.find((row) => row.name === name)?.seconds

const node = { name: 'node -e 0', of: ({ runs }) => median(runs * 3, () => run(process.execPath, ['-e', '0'])) }

/** Held against `node -e 0`. */
const start = (name, args, goal) => ({
  name,
  of: async (place, said) => {
    const cost = await median(place.runs * 3, () => caps(place, args(place)))
    return { ...cost, ratio: cost.seconds / before(said, node.name), to: 'node -e 0', goal }
  },
})

const starts = [
  start('caps --version', () => ['--version'], 1.5),
  start('caps lookup std::fs::read', () => ['lookup', 'std::fs::read'], 2.5),
  start(
    'samples/program, cold',
    ({ samples }) => ['analyze', join(samples, 'program'), '--offline', ...LINUX, ...quiet, '--no-cache'],
    8,
  ),
  start(
    'samples/program, warm',
    ({ samples }) => ['analyze', join(samples, 'program'), '--offline', ...LINUX, ...quiet],
    4,
  ),
]

const crateArgs = ({ oracle }, crate) => {
  const lockfile = join(oracle, 'truth', `${crate.replace('@', '-')}.lock`)
  return ['analyze', crate, ...quiet, ...(existsSync(lockfile) ? ['--lockfile', lockfile] : [])]
}

const RIPGREP = 'ripgrep@15.2.0'
const REQWEST = 'reqwest@0.13.5'
const cargoOf = (crate) => `cargo check ${crate}, cold`

const cargo = (crate) => ({
  name: cargoOf(crate),
  of: (place) =>
    place.cargo ? median(place.runs, () => checkWithCargo(place, crate)) : { skipped: 'not run (--cargo)' },
})

const cold = (crate, targets, held) => ({
  name: `${crate}, ${targets.length > 0 ? 'one target' : 'nine targets'}, cold`,
  of: async (place, said) => {
    const cost = await median(place.runs, () => caps(place, [...crateArgs(place, crate), ...targets, '--no-cache']))
    const other = before(said, held.to)
    return { ...cost, ...(other && { ratio: cost.seconds / other, ...held }) }
  },
})

const again = {
  name: `${RIPGREP}, one target, again`,
  of: async (place, said) => {
    const args = [...crateArgs(place, RIPGREP), ...LINUX]
    await caps(place, args)
    const cost = await median(place.runs, () => caps(place, args))
    const to = `${RIPGREP}, one target, cold`
    return { ...cost, ratio: cost.seconds / before(said, to), to, goal: 0.08 }
  },
}

const LARGE_WORKSPACE = 1000

const sized = (packages, held) => ({
  name: `a workspace of ${packages} packages`,
  of: async (place, said) => {
    const root = join(place.directory, `w${packages}`)
    const bytes = workspace(root, packages)
    const once = () => caps(place, ['analyze', root, '--offline', ...LINUX, ...quiet, '--no-cache'])
    const cost = await median(packages < LARGE_WORKSPACE ? place.runs : 1, once)
    const other = held && said.find((row) => row.name === held.to)
    const ratio = other && cost.seconds / bytes / (other.seconds / other.bytes)
    return { ...cost, bytes, ...(other && { ratio, ...held }) }
  },
})

const changedMember = (packages) => ({
  name: `one of ${packages} packages changed in a body`,
  of: async (place, said) => {
    const root = join(place.directory, `w${packages}`)
    const file = join(root, `p${packages - 1}/src/lib.rs`)
    const args = ['analyze', root, '--offline', ...LINUX, ...quiet]
    await caps(place, args)
    const cost = await median(place.runs, (i) => {
      appendFileSync(file, `pub fn added${i}() { let _ = std::env::var("ADDED"); }\n`)
      return caps(place, args)
    })
    const to = `a workspace of ${packages} packages`
    return { ...cost, ratio: cost.seconds / before(said, to), to, goal: 0.15 }
  },
})

const large = {
  name: 'one file of 20 MB with 400,000 functions',
  of: async (place) => {
    const root = join(place.directory, 'large')
    largeFile(root, 400_000)
    return caps(place, ['analyze', root, '--offline', ...LINUX, ...quiet, '--no-cache'])
  },
}

const macro = {
  name: 'a macro that doubles 39 times',
  of: async (place) => {
    const root = join(place.directory, 'doubling')
    doubling(root, 40)
    return caps(place, ['analyze', root, '--offline', ...LINUX, ...quiet, '--no-cache'])
  },
}

export const rows = [
  node,
  ...starts,
  cargo(RIPGREP),
  cold(RIPGREP, LINUX, { to: cargoOf(RIPGREP), goal: 1.2 }),
  cold(RIPGREP, [], { to: cargoOf(RIPGREP), goal: 2.2 }),
  again,
  cold(REQWEST, LINUX, { to: cargoOf(RIPGREP) }),
  cold(REQWEST, [], { to: `${REQWEST}, one target, cold`, goal: 2 }),
  sized(10),
  sized(100, { to: 'a workspace of 10 packages' }),
  changedMember(100),
  sized(LARGE_WORKSPACE, { to: 'a workspace of 100 packages', goal: 1.3 }),
  macro,
  large,
]

const quickAgain = {
  name: 'a workspace of 100 packages, again',
  of: async (place, said) => {
    const root = join(place.directory, 'w100')
    const args = ['analyze', root, '--offline', ...LINUX, ...quiet]
    await caps(place, args)
    const cost = await median(place.runs, () => caps(place, args))
    const to = 'a workspace of 100 packages'
    return { ...cost, ratio: cost.seconds / before(said, to), to, goal: 0.3 }
  },
}

/** Goals are wider than what is measured on a quiet machine: these say that something broke, not how fast it is. */
export const quickRows = [node, sized(10), sized(100, { to: 'a workspace of 10 packages', goal: 1.3 }), quickAgain]
