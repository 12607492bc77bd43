/** A crate's module tree as text, for tests and for `caps debug modules`. Sorted by name, so that it can be compared. */
import { compareText } from '../base/index.js'
import { definitionPath } from './definition-paths.js'
import type { Binding, Crate, Module } from './defs.js'

/** One line for each module and binding: `name: t v m` with the namespaces and where each leads. */
export function dumpModules(crate: Crate): string {
  const lines: string[] = []
  dumpModule(crate.root, crate.name, lines)
  return `${lines.join('\n')}\n`
}

function dumpModule(module: Module, path: string, lines: string[]): void {
  lines.push(module.opaque ? `${path} (opaque)` : path)
  const names = new Map<string, string[]>()
  const children: Module[] = []
  for (const ns of ['types', 'values', 'macros'] as const) {
    for (const [name, binding] of module.scope[ns]) {
      const { def } = binding
      if (def.kind === 'module' && def.parent === module) children.push(def)
      names.set(name, [...(names.get(name) ?? []), `${ns[0]}${describe(binding, module)}`])
    }
  }
  for (const name of [...names.keys()].sort(compareText)) lines.push(`  ${name}: ${(names.get(name) ?? []).join(' ')}`)
  for (const trait of [...module.scope.unnamedTraits.keys()].map(definitionPath).sort(compareText))
    lines.push(`  _: t=${trait}`)
  if (module.impls.length > 0) lines.push(`  impls: ${module.impls.length}`)
  for (const child of children.sort((a, b) => compareText(a.name, b.name)))
    dumpModule(child, `${path}::${child.name}`, lines)
}

function describe(binding: Binding, module: Module): string {
  const { def, vis, via } = binding
  const seen = vis === 'public' ? '+' : vis === module ? '' : '~'
  return via === 'decl' ? seen : `${seen}${via === 'glob' ? '*' : '='}${definitionPath(def)}`
}
