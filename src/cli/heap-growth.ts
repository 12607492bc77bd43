/**
 * How far V8 lets the heap outgrow what is alive in it. Left alone it more than doubles, which for a workspace of hundreds of
 * packages is gigabytes; held tight from the start it spends its time collecting. So a small heap may double, and a
 * large one may not. Only the program does this: a library leaves its user's heap alone.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'

/** Bytes in use beyond which memory is dearer than time. */
const LARGE_HEAP = 600 * 1024 * 1024
/** In per cent of what is alive. */
const GROWTH_OF_SMALL = 100
const GROWTH_OF_LARGE = 30

/** To be called now and then while the heap grows. */
export function heapGrowth(): () => void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_OF_SMALL}`)
  let large = false
  return () => {
    if (large || getHeapStatistics().used_heap_size < LARGE_HEAP) return
    large = true
    setFlagsFromString(`--heap-growing-percent=${GROWTH_OF_LARGE}`)
  }
}
