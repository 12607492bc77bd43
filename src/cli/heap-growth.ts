/**
 * How V8 is told to run a program of some seconds: how little it compiles, and how far it lets the heap outgrow what is
 * alive in it. Left alone the heap more than doubles, which for a workspace of hundreds of packages is gigabytes; held
 * tight from the start it spends its time collecting. So a small heap may double, and a large one may not. Only the program
 * does this: a library leaves its user's engine alone.
 */
import { setFlagsFromString } from 'node:v8'

/** Bytes of the whole process, its threads included, beyond which memory is dearer than time. */
const LARGE = 1000 * 1024 * 1024
/** In per cent of what is alive. */
const GROWTH_OF_SMALL = 100
const GROWTH_OF_LARGE = 30

/**
 * A run is over before V8's optimising compiler has earned what it costs: it ran for a third of the time, in threads of its
 * own. So it inlines less, and later. Measured on ripgrep with all its dependencies: a fifth less CPU time. The budget is
 * Node 20's: a later V8 has no such flag, and complains of it on stderr.
 */
const COMPILE_LESS = [
  '--max-inlined-bytecode-size-cumulative=300',
  ...(Number.parseInt(process.versions.v8, 10) < 12 ? ['--interrupt-budget=250000'] : []),
]

/** To be called now and then while the heap grows. */
export function heapGrowth(): () => void {
  for (const flag of COMPILE_LESS) setFlagsFromString(flag)
  setFlagsFromString(`--heap-growing-percent=${GROWTH_OF_SMALL}`)
  let large = false
  return () => {
    if (large || process.memoryUsage.rss() < LARGE) return
    large = true
    setFlagsFromString(`--heap-growing-percent=${GROWTH_OF_LARGE}`)
  }
}
