/** A block of seeds: its mutants put into one crate, compiled, judged; what vanished is asked again alone. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallGraph } from '../../../src/graph/call-graph.js'
import { type Crate, compiling, errorsOf, write } from './compile.js'
import { judge, type Verdict } from './judge.js'
import { callOf, described, type FilePlaces, type Mutant, mutantOf, mutate } from './mutant.js'

export interface Outcome {
  readonly seed: number
  readonly crate: string
  readonly what: string
  readonly verdict: Verdict | 'refused' | 'idle'
  /** Of what vanished: where it stood and its text. */
  readonly file?: string
  readonly code?: string
}
/** Reads a directory and gives its call graph. */
export type GraphOf = (directory: string) => Promise<CallGraph>

/** The outcomes of the seeds, in their order; `idle`: the compiler does not look there (a cfg that is off, a macro nobody uses). */
export async function runBlock(
  crate: Crate,
  places: readonly FilePlaces[],
  seeds: readonly number[],
  graphOf: GraphOf,
): Promise<Outcome[]> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'caps-mutation-')))
  try {
    const mutants = distinct(seeds.flatMap((seed) => mutantOf(seed, places) ?? []))
    const compiled = await compiling(directory, crate, mutants)
    const mutated = mutate(crate.files, crate.root, compiled)
    write(directory, crate, mutated.files)
    const verdicts = judge(await graphOf(directory), mutated)
    const missing = compiled.filter((mutant) => verdicts.get(mutant) === 'vanished')
    const idle = await idleOf(directory, crate, missing)
    return mutants.map((mutant): Outcome => {
      const verdict = idle.has(mutant) ? 'idle' : (verdicts.get(mutant) ?? 'refused')
      const outcome: Outcome = { seed: mutant.seed, crate: crate.name, what: described(mutant), verdict }
      if (verdict !== 'vanished') return outcome
      const items = mutant.way.items?.(`crate::caps_m${mutant.seed}`, mutant.power.code(`m${mutant.seed}`)) ?? ''
      const offset = mutant.place.start
      const line = (crate.files.get(mutant.file) ?? '').slice(0, offset).split('\n').length
      return { ...outcome, file: `${mutant.file}:${line}`, code: `${callOf(mutant)}  // ${items}` }
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Two mutants on one expression would be one place: the first stays. */
function distinct(mutants: readonly Mutant[]): Mutant[] {
  const taken = new Set<string>()
  return mutants.filter(({ file, place }) => {
    const key = `${file} ${place.start} ${place.end} ${place.kind === 'wrap'}`
    if (place.kind !== 'wrap' && place.kind !== 'guard' && place.kind !== 'predicate') return true
    return !taken.has(key) && taken.add(key)
  })
}

/** Those at whose place an undeclared name is no error. */
async function idleOf(directory: string, crate: Crate, mutants: readonly Mutant[]): Promise<Set<Mutant>> {
  if (mutants.length === 0) return new Set()
  const probes = new Map(mutants.map((mutant) => [mutant, `caps_undeclared_${mutant.seed}_()`]))
  write(directory, crate, mutate(crate.files, crate.root, mutants, probes).files)
  const said = (await errorsOf(directory, crate)).map(({ message }) => message).join('\n')
  return new Set(mutants.filter(({ seed }) => !said.includes(`caps_undeclared_${seed}_`)))
}
