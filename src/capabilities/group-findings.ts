/**
 * The findings of all groups (packages, modules or functions) for one capability and stage.
 *
 * A group has one finding: the direct one, or else the transitive one. Both stand side by side only when the direct one
 * is merely possible and the transitive one certain. Of several paths the best class gives the example: from a public
 * function or an entry point when one has such a path, for that is what a reader can call.
 */
import { checked, compareText } from '../base/index.js'
import { ALWAYS, type ConditionId } from './condition.js'
import { type ExamplePath, exampleFrom, exampleOfSeed } from './example-path.js'
import type { CapabilityFinding, Certainty, Way } from './findings.js'
import type { Group } from './group.js'
import { CERTAIN_BIT, type Seed } from './power-graph.js'
import type { Located, Question } from './question.js'
import { conditionsOf, PATH_CLASSES, type PathClass, type Reached, searchBack, seedAllowed } from './search.js'

/** Where a group's example begins: the best function, and whether a reader can call it. */
interface Start {
  readonly node: number
  readonly callable: boolean
}
/** By number of path class. */
interface Starts {
  readonly direct: (Start | undefined)[]
  readonly outward: (Start | undefined)[]
}

/** One finding a group, or two; in no order. */
export function groupFindings(question: Question): Located[] {
  const { power, seeds, stageBit } = question
  const own = seedsByGroup(question)
  if (own.size === 0) return []
  const searches = PATH_CLASSES.map((allowed) => searchBack(power, seeds, stageBit, allowed))
  const starts = startsByGroup(question, searches)
  const outward = outwardConditions(question, searches)
  const found: Located[] = []
  for (const group of new Set<Group>([...own.keys(), ...starts.keys()])) {
    const groupSeeds = own.get(group) ?? []
    const direct = bestClass((allowed) => groupSeeds.some((seed) => seedAllowed(power, seed, stageBit, allowed)))
    const start = starts.get(group)
    if (direct !== undefined) {
      const from = start?.direct[direct]
      const allowed = checked(PATH_CLASSES[direct])
      const example = from
        ? exampleFrom(power, checked(searches[direct]), from.node)
        : exampleOfSeed(power, groupSeeds.find((seed) => seedAllowed(power, seed, stageBit, allowed)) as Seed)
      found.push(directFinding(question, group, groupSeeds, allowed, example))
    }
    if (question.everyReach) {
      const whole = reachOf(question, searches, group, start, outward)
      if (whole) found.push(whole)
      continue
    }
    const transitive = bestClass((_, number) => start?.outward[number] !== undefined)
    const from = transitive === undefined ? undefined : start?.outward[transitive]
    if (transitive === undefined || from === undefined) continue
    const allowed = checked(PATH_CLASSES[transitive])
    if (direct !== undefined && (PATH_CLASSES[direct]?.certain || !allowed.certain)) continue
    const example = exampleFrom(power, checked(searches[transitive]), from.node)
    const { condition, sites, ways } = outward(group, transitive)
    found.push(finding(question, group, allowed, 'transitive', condition, sites, example, seeds, ways))
  }
  return found
}

/** Everything that leads out of a group; the example is one of a function that has nothing nearer, or of what it leads to. */
function reachOf(
  question: Question,
  searches: readonly Reached[],
  group: Group,
  start: Starts | undefined,
  outward: (group: Group, pathClass: number) => Outward,
): Located | undefined {
  const number = bestClass((_, each) => outward(group, each).callee !== undefined)
  if (number === undefined) return undefined
  const { condition, sites, ways, callee } = outward(group, number)
  const { certain } = checked(PATH_CLASSES[number])
  const alike = PATH_CLASSES.flatMap((each, i) => (each.certain === certain ? [i] : []))
  const best = alike.find((each) => start?.outward[each] !== undefined)
  const from = best === undefined ? callee : start?.outward[best]?.node
  const example = exampleFrom(question.power, checked(searches[best ?? checked(alike.at(-1))]), from as number)
  return finding(question, group, { certain }, 'transitive', condition, sites, example, question.seeds, ways)
}

/** One finding a place that has the power itself; what is there under several conditions is there under either. */
export function siteFindings(question: Question): Located[] {
  const { power, seeds, stageBit, grouping } = question
  const bySite = new Map<string, Seed[]>()
  for (const seed of seeds) {
    if (seed.node >= power.firstCopy || !seedAllowed(power, seed, stageBit, checked(PATH_CLASSES.at(-1)))) continue
    const key = siteOf(seed)
    bySite.set(key, [...(bySite.get(key) ?? []), seed])
  }
  return [...bySite.values()].map((same) => {
    const [seed] = same as [Seed]
    const group = seed.node < 0 ? grouping.ofPackage(seed.package) : checked(grouping.ofFunction[seed.node])
    const condition = same.map((one) => one.condition).reduce((x, y) => power.conditions.or(x, y))
    return finding(question, group, seed, 'direct', condition, 1, exampleOfSeed(power, seed), same)
  })
}

/** Where it is, what is there and how sure that is: two of the same are one thing. */
function siteOf({ node, package: id, file, line, column, what, certain, literals }: Seed): string {
  return [node, id, file, line, column, what, certain, JSON.stringify(literals)].join('\0')
}

function seedsByGroup(question: Question): ReadonlyMap<Group, readonly Seed[]> {
  const { power, seeds, stageBit, grouping } = question
  const own = new Map<Group, Seed[]>()
  for (const seed of seeds) {
    if (!seedAllowed(power, seed, stageBit, checked(PATH_CLASSES.at(-1)))) continue
    const group = seed.node < 0 ? grouping.ofPackage(seed.package) : checked(grouping.ofFunction[seed.node])
    const list = own.get(group)
    if (list) list.push(seed)
    else own.set(group, [seed])
  }
  return own
}

function directFinding(
  question: Question,
  group: Group,
  seeds: readonly Seed[],
  allowed: PathClass,
  example: ExamplePath,
): Located {
  const { power, stageBit } = question
  const certainty = { certain: allowed.certain, unconditional: false }
  const counted = seeds.filter((seed) => seedAllowed(power, seed, stageBit, certainty))
  const places = new Set(counted.map((seed) => `${seed.package}\0${seed.file}\0${seed.line}\0${seed.column}`))
  const condition = counted.map((seed) => seed.condition).reduce((a, b) => power.conditions.or(a, b))
  return finding(question, group, allowed, 'direct', condition, places.size, example, counted)
}

function finding(
  question: Question,
  group: Group,
  { certain }: { readonly certain: boolean },
  reach: CapabilityFinding['reach'],
  condition: ConditionId,
  sites: number,
  example: ExamplePath,
  places: readonly Seed[],
  ways?: readonly Way[],
): Located {
  const certainty: Certainty = certain ? 'certain' : 'possible'
  const { power, capability } = question
  const by = reach === 'transitive' ? group.package : undefined
  const resources = power.resources.resourcesOf(places, capability, by)
  const sends = power.resources.sends.sendingsOf(places, capability, by)
  const commonplace = power.resources.commonplaceOf(places, capability, question.stage)
  return {
    package: group.package,
    finding: {
      capability: question.capability,
      stage: question.stage,
      certainty,
      reach,
      condition: question.power.conditions.expr(condition),
      sites,
      path: example.steps,
      ...(group.module !== undefined && { module: group.module }),
      ...(group.function !== undefined && { function: group.function }),
      ...(example.seed.literals && { literals: example.seed.literals }),
      ...(resources.length > 0 && { resources }),
      ...(sends.length > 0 && { sends }),
      ...(commonplace !== undefined && { commonplace }),
      ...(ways && { ways }),
    },
  }
}

/** Searches list functions by distance, so the first one met has a shortest path. */
function startsByGroup(question: Question, searches: readonly Reached[]): ReadonlyMap<Group, Starts> {
  const groups = question.grouping.ofFunction
  const found = new Map<Group, Starts>()
  searches.forEach((reached, number) => {
    for (const node of reached.order) {
      const group = checked(groups[node])
      let starts = found.get(group)
      if (!starts) found.set(group, (starts = { direct: [], outward: [] }))
      const list = groups[checked(reached.end[node])] === group ? starts.direct : starts.outward
      if (list[number]?.callable) continue
      const { public: isPublic, entry } = checked(question.power.graph.functions[node])
      const callable = isPublic || entry
      if (callable || !list[number]) list[number] = { node, callable }
    }
  })
  return found
}

/** What a transitive finding says of the references that lead out of its group. */
interface Outward {
  readonly condition: ConditionId
  /** Places of those references. */
  readonly sites: number
  readonly ways: readonly Way[]
  /** A function that one of them leads to; none when there is none. */
  readonly callee?: number
}
interface Tally {
  readonly callee: number
  condition: ConditionId | undefined
  readonly sites: Set<string>
  /** Places by the function that they lead to and their condition. */
  readonly ways: Map<
    string,
    { readonly function: string; readonly condition: ConditionId; readonly sites: Set<string> }
  >
}

/** Counts, when first asked, for each certainty once. */
function outwardConditions(
  question: Question,
  searches: readonly Reached[],
): (group: Group, pathClass: number) => Outward {
  const counted = new Map<number, ReadonlyMap<Group, Outward>>()
  return (group, pathClass) => {
    const widest = PATH_CLASSES.findLastIndex(({ certain }) => certain === PATH_CLASSES[pathClass]?.certain)
    let groups = counted.get(widest)
    if (!groups) counted.set(widest, (groups = countOutward(question, searches, widest)))
    return groups.get(group) ?? { condition: ALWAYS, sites: 0, ways: [] }
  }
}

function countOutward(question: Question, searches: readonly Reached[], number: number): ReadonlyMap<Group, Outward> {
  const { power, grouping, stageBit } = question
  const { graph, inStart, inReferences, referenceBits, referenceConditions, stageBits, conditions } = power
  const allowed = checked(PATH_CLASSES[number])
  const reached = checked(searches[number])
  const always = checked(searches[number - 1])
  const sometimes = conditionsOf(power, reached, stageBit, allowed, always)
  const bits = allowed.certain ? CERTAIN_BIT : 0
  const places = new Map<Group, Tally>()
  for (const callee of reached.order) {
    const calleeCondition = sometimes.get(callee) ?? ALWAYS
    for (let i = checked(inStart[callee]); i < checked(inStart[callee + 1]); i++) {
      const index = checked(inReferences[i])
      const reference = checked(graph.references[index])
      const group = checked(grouping.ofFunction[reference.from])
      if (group === grouping.ofFunction[callee] || (checked(referenceBits[index]) & bits) !== bits) continue
      if ((checked(stageBits[reference.from]) & stageBit) === 0) continue
      const condition = conditions.and(calleeCondition, checked(referenceConditions[index]))
      let tally = places.get(group)
      if (!tally) places.set(group, (tally = { callee, condition: undefined, sites: new Set(), ways: new Map() }))
      tally.condition = tally.condition === undefined ? condition : conditions.or(tally.condition, condition)
      const place = `${reference.package}\0${reference.file}\0${reference.line}\0${reference.column}`
      tally.sites.add(place)
      const name = checked(graph.functions[callee]).path
      const own = checked(referenceConditions[index])
      const way = tally.ways.get(`${own} ${name}`) ?? { function: name, condition: own, sites: new Set() }
      tally.ways.set(`${own} ${name}`, way)
      way.sites.add(place)
    }
  }
  return new Map([...places].map(([group, tally]) => [group, outwardOf(question, tally)]))
}

function outwardOf({ power: { conditions } }: Question, { condition = ALWAYS, sites, ways, callee }: Tally): Outward {
  const counted = [...ways.values()].map((way) => ({
    function: way.function,
    condition: conditions.expr(way.condition),
    sites: way.sites.size,
  }))
  return { condition, sites: sites.size, callee, ways: counted.sort((a, b) => compareText(a.function, b.function)) }
}

function bestClass(holds: (allowed: PathClass, number: number) => boolean): number | undefined {
  const number = PATH_CLASSES.findIndex(holds)
  return number < 0 ? undefined : number
}
