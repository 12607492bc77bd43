/**
 * Sharing between targets drops nothing: what is found with all targets together is, on each target's conditions, what is
 * found with that target alone. Held on generated crates and on the samples.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { loadWorkspace } from '../../src/project/index.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import { selectTargets } from '../../src/project/targets.js'
import { callGraphOf } from '../../src/wiring/call-graph-of.js'
import { parseFixture } from '../support/fixture.js'
import { graphOf } from '../support/fixture-graph.js'
import { targetCrate } from '../support/target-crates.js'
import { tooMuch, vanished, viewOf } from '../support/target-views.js'

const SEEDS = Array.from({ length: 6 }, (_, seed) => seed)
const TARGETS = selectTargets([
  'x86_64-unknown-linux-gnu',
  'x86_64-pc-windows-msvc',
  'aarch64-apple-darwin',
  'wasm32-unknown-unknown',
])

describe('generated crates', () => {
  const named = SEEDS.map((seed) => ({
    name: `${seed}`,
    fixture: parseFixture(`//- std: full\n//- /lib.rs crate:app\n${targetCrate(seed)}`),
  }))

  let alone: readonly CallGraph[]
  beforeAll(async () => {
    const graphs: CallGraph[] = []
    for (const target of TARGETS) graphs.push(await graphOf(named, [target]))
    alone = graphs
  }, 120_000)

  test.each([
    ['in order', TARGETS],
    ['reversed', [...TARGETS].reverse()],
  ])(
    'targets %s',
    async (_, targets) => {
      const joint = await graphOf(named, targets)
      const views = TARGETS.map((target, i) => ({
        target: target.triple,
        part: viewOf(joint, target),
        own: viewOf(alone[i] as CallGraph, target),
      }))
      expect(views.flatMap(({ target, part, own }) => vanished(part, own).map((each) => `${target} ${each}`))).toEqual(
        [],
      )
      expect(views.flatMap(({ target, part, own }) => tooMuch(part, own).map((each) => `${target} ${each}`))).toEqual(
        [],
      )
    },
    120_000,
  )
})

describe('samples', () => {
  const graphFor = async (sample: string, targets: readonly string[]) => {
    const workspace = await loadWorkspace(`samples/${sample}`, { offline: true, target: [...targets] })
    return { graph: await callGraphOf(workspace), targets: workspace.targets as readonly TargetPlatform[] }
  }

  test.each(['platform-specific', 'program'])(
    '%s',
    async (sample) => {
      const joint = await graphFor(sample, [])
      for (const target of joint.targets) {
        const { graph } = await graphFor(sample, [target.triple])
        const [part, alone] = [viewOf(joint.graph, target), viewOf(graph, target)]
        expect([...vanished(part, alone), ...tooMuch(part, alone)]).toEqual([])
      }
    },
    120_000,
  )
})
