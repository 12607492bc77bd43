/**
 * Takes a share into the graph: its functions by their keys, its references and facts, and what is brought together when
 * all shares are there. Shares are added in a fixed order (target, crate), in which what two of them say of one thing is
 * settled: the first one's place and name stand, conditions come together.
 */
import { cfgAnd, cfgOr, checked } from '../../base/index.js'
import { conditionKey } from '../condition-key.js'
import type { CrateShare, FunctionKey, ShareFunction, ShareReference, Site } from '../crate-share.js'
import { addCasts } from './casts.js'
import { addDispatch } from './dispatch.js'
import { addDrops } from './drops.js'
import { addFact, addLoss, addReference, type LinkState } from './link-state.js'
import type { OpenNode, OpenReference, OpenUse, PlacedSite } from './open-graph.js'
import { addValues } from './values.js'

/** Adds a share; throws when it is of a target that the graph is not made for. */
export function addShare(state: LinkState, share: CrateShare): void {
  const group = state.groups.findIndex(([target]) => target?.triple === share.target)
  if (group < 0) throw new Error(`a share of ${share.unit} for ${share.target}, which was not asked for`)
  const targets = state.targetsOf.get(share.unit) ?? []
  state.targetsOf.set(share.unit, targets)
  if (!targets.includes(group)) targets.push(group)
  const nodes = share.functions.map((record) => nodeOf(state, record, group, targets))
  const uses: (OpenUse | undefined)[] = []
  for (const { values } of share.sites) uses.push(values && { values, calls: uses })
  for (const [i, { returns, recipe }] of share.functions.entries()) {
    if (returns) checked(nodes[i]).returned.push({ value: returns, calls: uses })
    if (recipe) checked(nodes[i]).recipe.push({ recipe, calls: uses })
  }
  const sites = share.sites.map((site, i) => placed(site, nodes, uses[i]))
  addMakers(state, share, nodes, group)
  for (const { field, function: index, value } of share.open.fieldWrites) {
    const write = { from: idOf(nodes, index), value, calls: uses }
    const known = state.fieldWrites.get(field)
    if (known) known.push(write)
    else state.fieldWrites.set(field, [write])
  }
  for (const reference of share.references) {
    const site = checked(sites[reference.at])
    addReference(state, withCallee(site, reference), numberOf(state, reference.to), group)
  }
  for (const { function: index, ...fact } of share.facts) addFact(state, checked(nodes[index]), fact, group)
  for (const loss of share.losses) addLoss(state, loss)
  if (share.exposes.length > 0) {
    const known = state.exposes.get(share.package) ?? new Set()
    for (const other of share.exposes) known.add(other)
    state.exposes.set(share.package, known)
  }
  for (const { at, of } of share.open.constReads) state.openReads.push({ at: checked(sites[at]), of })
  addDispatch(state, share, sites)
  addValues(state, share, sites, nodes)
  addDrops(state, share, sites)
  addCasts(state, share, sites, nodes)
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A place in the graph's own words. This and the next copy field by field: there are hundreds of thousands. */
function placed(site: Site, nodes: readonly OpenNode[], use: OpenUse | undefined): PlacedSite {
  const { package: pkg, file, line, column, cfg, name, writtenAt, literals } = site
  const at: Mutable<PlacedSite> = { from: idOf(nodes, site.function), package: pkg, file, line, column, cfg, name }
  if (writtenAt) at.writtenAt = writtenAt
  if (literals) at.literals = literals
  if (use) at.use = use
  return at
}

function withCallee(site: PlacedSite, reference: ShareReference): OpenReference {
  const { callee, aliases, certainty, found, item, cfg, symbol, ofTrait, why, to } = reference
  const { from, package: pkg, file, line, column, name } = site
  const under = cfg ? cfgAnd(site.cfg, cfg) : site.cfg
  const out: Mutable<OpenReference> = {
    from,
    package: pkg,
    file,
    line,
    column,
    cfg: under,
    name,
    callee,
    aliases,
    certainty,
    found,
  }
  if (site.writtenAt) out.writtenAt = site.writtenAt
  if (site.literals) out.literals = site.literals
  if (site.use) out.use = site.use
  if (item) out.item = item
  if (symbol !== undefined) out.symbol = symbol
  if (ofTrait) out.ofTrait = ofTrait
  if (why !== undefined) out.why = why
  if (to !== undefined) out.pending = to
  return out
}

const idOf = (nodes: readonly OpenNode[], index: number): number => checked(nodes[index]).id

/** A number that stands for a function, in place of its long key; nothing for what has none. */
function numberOf({ numberOfKey }: LinkState, key: FunctionKey | undefined): string {
  if (key === undefined) return ''
  let number = numberOfKey.get(key)
  if (number === undefined) numberOfKey.set(key, (number = numberOfKey.size))
  return `${number}`
}

function nodeOf(state: LinkState, record: ShareFunction, group: number, targets: readonly number[]): OpenNode {
  let node = state.nodeOfKey.get(record.key)
  if (!node) {
    const {
      key,
      inferred: _i,
      madeIn: _m,
      holdsFor: _h,
      sameAs: _s,
      asked: _a,
      returns: _r,
      recipe: _c,
      namedByTarget: _n,
      facts,
      ...rest
    } = record
    node = {
      ...rest,
      id: state.nodes.length,
      facts: [...facts],
      metIn: [],
      inferredIn: [],
      sharedWith: [],
      returned: [],
      recipe: [],
    }
    state.nodes.push(node)
    state.nodeOfKey.set(key, node)
  } else if (conditionKey(node.cfg) !== conditionKey(record.cfg)) {
    // Another target may have it under another condition: a module that is mounted there by another attribute.
    node.cfg = cfgOr(node.cfg, record.cfg)
  }
  node.metIn.push(group)
  if (record.namedByTarget) node.namedAmong ??= targets
  if (record.inferred && !node.inferredIn.includes(group)) node.inferredIn.push(group)
  if (record.sameAs !== undefined) node.sharedWith.push([group, record.sameAs])
  return node
}

/** A closure is reached by whoever makes it. */
function addMakers(state: LinkState, share: CrateShare, nodes: readonly OpenNode[], group: number): void {
  for (const [i, { key, madeIn }] of share.functions.entries()) {
    if (madeIn === undefined) continue
    const closure = checked(nodes[i])
    closure.maker ??= checked(nodes[madeIn])
    const reference = {
      from: idOf(nodes, madeIn),
      package: closure.package,
      file: closure.file,
      line: closure.line,
      column: closure.column,
      cfg: closure.cfg,
      name: '',
      callee: closure.path,
      aliases: [],
      certainty: 'certain',
      found: 'value',
      to: closure.id,
    } as const
    addReference(state, reference, numberOf(state, key), group)
  }
}
