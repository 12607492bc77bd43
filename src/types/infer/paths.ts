/** Path expressions (The Rust Reference, "Paths"): the type of each, and what it refers to, recorded at its place. */
import { resolvePath, type Segment, STD_PACKAGE, segmentAt } from '../../names/index.js'
import type { Path, PathSegment } from '../../syntax/index.js'
import { adtTy, fnDefTy, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, fact, reference, useItem } from './body-context.js'
import { loseClosures } from './handed-closures.js'
import { type PathValue, resolveValue } from './path-values.js'
import { asFound, handedTo } from './values.js'

interface PlacedName {
  readonly at: number
  readonly name: string
}

const lastOf = (path: Path): PathSegment | undefined => path.segments[path.segments.length - 1]

/**
 * Where a path's callee is written: at its last name, or, as rustc has it, at the path's beginning when a macro begins
 * the path and its caller ends it (`libc::$name`), or when the text is std's.
 */
function placedName(cx: BodyContext, path: Path): PlacedName | undefined {
  const last = lastOf(path)
  const first = path.segments[0]
  if (!last || !first || first === last) return last
  const from = segmentAt(cx.source, first.at)
  const to = segmentAt(cx.source, last.at)
  if (from === to && !from) return last
  const beginsDeeper = (from?.hygiene?.id ?? -1) > (to?.hygiene?.id ?? -1)
  return beginsDeeper || isStd(from) ? { at: path.at, name: last.name } : last
}

const isStd = (segment: Segment | undefined): boolean =>
  segment?.source.origin.k === 'file' && segment.source.origin.package === STD_PACKAGE

/** The type of a path expression; what it refers to is recorded. */
export function inferPath(cx: BodyContext, path: Path): Ty {
  const last = placedName(cx, path)
  const value = resolveValue(cx, path)
  const { visits } = cx.source
  // Text of a macro may be looked at more than once.
  cx.values.delete(path)
  if (value.k !== 'local') {
    cx.localOfPath.delete(path)
    cx.notes.variables.delete(path)
  }
  switch (value.k) {
    case 'local':
      cx.notes.variables.set(path, value.local)
      if (value.local.value || value.local.isUnset) cx.localOfPath.set(path, value.local)
      else cx.localOfPath.delete(path)
      if (path !== cx.calledPath && !cx.handedBy) loseClosures(value.local.value)
      visits?.note(cx.source, path.at, 'path', 'known')
      return value.ty
    case 'const param':
      visits?.note(cx.source, path.at, 'path', 'known')
      return value.ty
    case 'fn':
      useItem(cx, value.def, value.args)
      if (last) referToFn(cx, path, last, value)
      return fnDefTy(value.def, value.args)
    case 'constructor': {
      const { def } = value
      const shape = 'shape' in def.ast ? def.ast.shape : undefined
      cx.made.add(def.kind === 'variant' ? def.enum : def)
      cx.notes.constructed.set(path, def.name)
      if (shape !== 'tuple') visits?.note(cx.source, path.at, 'path', 'known')
      if (shape !== 'tuple') return adtTy(def.kind === 'variant' ? def.enum : def, value.args)
      if (last) reference(cx, last.at, last.name, 'path', { k: 'constructor', def })
      return fnDefTy(def, value.args)
    }
    case 'const':
      if (!value.others?.length && (value.def.kind === 'static' || value.def.container?.kind !== 'trait'))
        cx.values.set(path, asFound(cx, path, { k: 'const', def: value.def }))
      if (last) referToConst(cx, last, value)
      return value.ty
    case 'unknown':
      if (last)
        reference(cx, last.at, last.name, 'path', {
          k: 'unresolved',
          why: value.opaque ? 'opaque macro' : 'unknown path',
        })
      return UNKNOWN
  }
}

function referToFn(cx: BodyContext, path: Path, { at, name }: PlacedName, value: PathValue & { k: 'fn' }): void {
  const { def, args } = value
  const call = handedTo(cx, path, def)
  const candidates = value.others?.filter((each) => each.kind === 'fn') ?? []
  const callee = { k: 'fn', fn: def, args, ...(candidates.length > 0 && { candidates }) } as const
  reference(cx, at, name, 'path', callee, [], call)
}

function referToConst(cx: BodyContext, { at, name }: PlacedName, value: PathValue & { k: 'const' }): void {
  const { def, args } = value
  reference(cx, at, name, 'path', { k: 'const', def, ...(args && { args }) })
  for (const other of value.others ?? [])
    if (other.kind === 'const') reference(cx, at, name, 'path', { k: 'const', def: other })
  if (def.kind === 'static' && def.foreign) fact(cx, 'foreign static', def.name, at)
  else if (def.kind === 'static' && def.ast.mut) fact(cx, 'static mut', def.name, at)
}

/**
 * Says what became of the path of a pattern or struct expression, which calls nothing. One that hangs on what was not read,
 * which is told, makes what it binds unknown.
 */
export function notePath(cx: BodyContext, path: Path, isKnown: boolean): void {
  const { visits } = cx.source
  if (!visits) return
  const isOpaque = !isKnown && resolvePath(cx.module, cx.source, path, 'types').opaque
  visits.note(cx.source, path.at, 'path', isKnown ? 'known' : isOpaque ? 'follows' : 'unknown')
}
