// The std model without what no attack uses (processor intrinsics), decoded once for all command lines: most of the time of a
// run over a few lines goes into std.
import { loadStdModel as loadAll } from '../../../dist/names/std-model.js'

export * from '../../../dist/names/std-model.js'

const LEFT_OUT = new Set(['core_arch', 'core_simd'])
let known

export function loadStdModel() {
  known ??= withoutUnused(loadAll())
  return known
}

function withoutUnused(model) {
  const crates = model.crates.map((crate) => {
    const items = crate.facts.items.filter(({ name }) => !LEFT_OUT.has(name))
    return { ...crate, facts: { ...crate.facts, items } }
  })
  return { ...model, crates }
}
