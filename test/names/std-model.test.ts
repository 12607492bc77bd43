/** The std model as it is shipped, seen through names: what is in it on which target, and what is not. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildProgram, type Def, loadFiles, loadStdModel, type Module, type Program } from '../../src/names/index.js'
import { selectTargets } from '../../src/project/targets.js'
import { initSyntax } from '../../src/syntax/index.js'

const programs = new Map<string, Program>()

async function programFor(triple: string): Promise<Program> {
  const known = programs.get(triple)
  if (known) return known
  const [target] = selectTargets([triple])
  if (!target) throw new Error(`no target ${triple}`)
  const files = await loadFiles([], new Map(), [target])
  const program = buildProgram({ units: [], packages: new Map(), files, target, std: loadStdModel() })
  programs.set(triple, program)
  return program
}

/** What a public path names, modules only on the way. */
function lookup(program: Program, path: string): readonly Def[] {
  const [crate, ...names] = path.split('::')
  let module: Module | undefined = program.crates.find((each) => each.name === crate)?.root
  for (const name of names.slice(0, -1)) {
    const next: Def | undefined = module?.scope.types.get(name)?.def
    module = next?.kind === 'module' ? next : undefined
  }
  const last = names[names.length - 1] ?? ''
  const bindings = module
    ? [module.scope.types.get(last), module.scope.values.get(last), module.scope.macros.get(last)]
    : []
  return bindings.flatMap((binding) => (binding?.vis === 'public' ? [binding.def] : []))
}

/** `fn`, `struct`, `module macro` …: the kinds of what the path names. */
function kinds(program: Program, path: string): string {
  return [...new Set(lookup(program, path).map((def) => def.kind))].join(' ')
}

function trait(program: Program, path: string) {
  const [def] = lookup(program, path)
  if (def?.kind !== 'trait') throw new Error(`${path} is no trait`)
  return def
}

/** Names of public functions in inherent impls for the type that is written so. */
function inherent(program: Program, self: string): ReadonlySet<string> {
  const impls = program.crates.flatMap((crate) => crate.impls).filter(({ ast }) => !ast.trait)
  const own = impls.filter(({ ast }) => ast.self.k === 'path' && ast.self.path.segments.at(-1)?.name === self)
  return new Set(own.flatMap((impl) => impl.items.map((item) => item.name)))
}

const LINUX = 'x86_64-unknown-linux-gnu'
const WINDOWS = 'x86_64-pc-windows-msvc'

beforeAll(initSyntax)

describe('the std model', () => {
  test('tells its version and holds the crates in the order of their dependencies', () => {
    const { version, crates } = loadStdModel()
    expect(version).toMatch(/^1\.\d+\.\d+$/)
    expect(crates.map(({ name }) => name)).toEqual(['core', 'alloc', 'std_detect', 'std', 'proc_macro', 'test'])
  })

  test.each([
    ['std::fs::read', 'fn'],
    ['std::fs::File', 'struct'],
    ['std::io::Read', 'trait'],
    ['std::process::Command', 'struct'],
    ['std::collections::HashMap', 'struct'],
    ['core::option::Option', 'enum'],
    ['alloc::vec::Vec', 'struct'],
    ['std::vec', 'module macro'],
    ['std::println', 'macro'],
    ['std::thread_local', 'macro'],
    ['std::ptr::read_volatile', 'fn'],
    ['core::arch::x86_64::_mm_add_epi8', 'fn'],
    ['core::sync::atomic::AtomicU64', 'alias'],
    ['proc_macro::TokenStream', 'struct'],
  ])('%s is a %s', async (path, kind) => {
    expect(kinds(await programFor(LINUX), path)).toBe(kind)
  })

  test('has every platform, and shows each only its own', async () => {
    const [linux, windows] = [await programFor(LINUX), await programFor(WINDOWS)]
    expect(kinds(linux, 'std::os::unix::fs::symlink')).toBe('fn')
    expect(kinds(windows, 'std::os::unix::fs::symlink')).toBe('')
    expect(kinds(linux, 'std::os::windows::fs::symlink_file')).toBe('')
    expect(kinds(windows, 'std::os::windows::fs::symlink_file')).toBe('fn')
    expect(kinds(linux, 'core::arch::aarch64::vaddq_u8')).toBe('')
    expect(kinds(await programFor('aarch64-apple-darwin'), 'core::arch::aarch64::vaddq_u8')).toBe('fn')
  })

  test('takes the arm of cfg_select! that the target asks for', async () => {
    const charOf = (program: Program): unknown => {
      const [def] = lookup(program, 'core::ffi::c_char')
      return def?.kind === 'alias' ? def.ast.ty : undefined
    }
    const named = (path: readonly string[]) => ({ k: 'path', path: { segments: path.map((name) => ({ name })) } })
    expect(charOf(await programFor(LINUX))).toMatchObject(named(['c_char_definition', 'c_char']))
    const definition = (program: Program): unknown => {
      const ffi = program.core.root.scope.types.get('ffi')?.def
      const primitives = ffi?.kind === 'module' ? ffi.scope.types.get('primitives')?.def : undefined
      const module = primitives?.kind === 'module' ? primitives.scope.types.get('c_char_definition')?.def : undefined
      const alias = module?.kind === 'module' ? module.scope.types.get('c_char')?.def : undefined
      return alias?.kind === 'alias' ? alias.ast.ty : undefined
    }
    expect(definition(await programFor(LINUX))).toMatchObject(named(['i8']))
    expect(definition(await programFor('aarch64-unknown-linux-musl'))).toMatchObject(named(['u8']))
  })

  test('holds what only macros of std make', async () => {
    const program = await programFor(LINUX)
    const methods = inherent(program, 'i32')
    for (const name of ['checked_add', 'wrapping_mul', 'leading_zeros', 'to_le_bytes']) expect(methods).toContain(name)
    expect(inherent(program, 'str')).toContain('len')
  })

  test('tells which functions of a trait have a default', async () => {
    const { items } = trait(await programFor(LINUX), 'core::iter::Iterator')
    const bodyOf = (name: string) =>
      items.flatMap((item) => (item.kind === 'fn' && item.name === name ? [item.ast.body] : []))
    expect(bodyOf('next')).toEqual([undefined])
    expect(bodyOf('map')).toEqual([0])
  })

  test('has no private functions and no fields that users cannot see', async () => {
    const program = await programFor(LINUX)
    const [file] = lookup(program, 'std::fs::File')
    expect(file?.kind === 'struct' && file.ast.k === 'struct' ? file.ast.fields : undefined).toEqual([])
    const hidden = program.std.defs.filter((def) => def.kind === 'fn' && !def.container && def.vis !== 'public')
    expect(hidden.map((def) => def.name)).toEqual([])
  })

  test('resolves in itself', async () => {
    const losses = (await programFor(LINUX)).losses.map((loss) => `${loss.kind}: ${loss.what}`)
    // A crate of rustc's own that only proc_macro's literal parsing names.
    expect(losses).toEqual(['unresolved import: rustc_literal_escaper::EscapeError'])
  })
})
