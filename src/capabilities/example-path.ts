/**
 * An example path as a reader sees it: the functions by name, each with the place where the one before refers to it.
 */
import { checked } from '../base/index.js'
import type { PathStep } from './findings.js'
import type { PowerGraph, Seed } from './power-graph.js'
import { pathFrom, type Reached } from './search.js'

/** The path of a reached function to the power. */
export interface ExamplePath {
  readonly steps: readonly PathStep[]
  readonly seed: Seed
}

/** From a function that the search reached. */
export function exampleFrom(power: PowerGraph, reached: Reached, start: number): ExamplePath {
  const { references, seed } = pathFrom(power, reached, start)
  return { steps: stepsAlong(power, start, references, seed), seed }
}

/** From the function that has the power itself; the power alone when it belongs to no function. */
export function exampleOfSeed(power: PowerGraph, seed: Seed): ExamplePath {
  return { steps: seed.node < 0 ? [lastStep(seed)] : stepsAlong(power, seed.node, [], seed), seed }
}

/** The steps from a function over references, by number, to a seed. */
export function stepsAlong(power: PowerGraph, start: number, references: readonly number[], seed: Seed): PathStep[] {
  const first = checked(power.graph.functions[start])
  const between = references.map((index) => {
    const reference = checked(power.graph.references[index])
    return stepOf(checked(power.graph.functions[reference.to as number]).path, reference)
  })
  return [stepOf(first.path, first), ...between, lastStep(seed)]
}

function lastStep(seed: Seed): PathStep {
  return { ...stepOf(seed.what, seed), ...(seed.fact !== undefined && { fact: seed.fact }) }
}

function stepOf(name: string, place: Omit<PathStep, 'function'>): PathStep {
  return { function: name, package: place.package, file: place.file, line: place.line, column: place.column }
}
