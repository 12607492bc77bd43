/** Each format as the built program prints it, of each result that has it, held against its readers. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { instance } from '@viz-js/viz'
import { SaxesParser } from 'saxes'
import { throughProto } from '../report/capslock-proto.js'
import { foreignNodes, tableOf } from '../report/gfm.js'
import { commandsOf } from '../report/github-runner.js'
import { sarifProblems } from '../report/sarif-schema.js'
import { caps, type Run, repository } from './run-caps.js'

/** A repository with a crate in a directory of it, whose policy was written for the version before. */
let checkout = ''
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'caps-formats-'))
  mkdirSync(join(checkout, '.git'))
  for (const version of ['v1', 'v2']) {
    cpSync(join(repository, 'samples/malicious-pair', version), join(checkout, version), { recursive: true })
  }
  expect(caps(['init', '--quiet'], '', join(checkout, 'v1')).code).toBe(0)
  cpSync(join(checkout, 'v1/caps.toml'), join(checkout, 'v2/caps.toml'))
})
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const RESULTS: readonly (readonly [string, readonly string[], number])[] = [
  ['analyze', ['analyze', 'v2', '--offline'], 0],
  ['diff', ['diff', 'v1', 'v2', '--offline'], 0],
  ['check', ['check', 'v2', '--offline'], 1],
]
const runs = new Map<string, Run>()

/** What a command prints; each is run once. */
function printed(args: readonly string[], format: string): Run {
  const all = [...args, '--quiet', '--format', format]
  const known = runs.get(all.join(' '))
  const run = known ?? caps(all, '', checkout)
  runs.set(all.join(' '), run)
  return run
}

describe.each(RESULTS)('caps %s', (command, args, code) => {
  test('sarif is valid, and shows everything at files of the repository', () => {
    const run = printed(args, 'sarif')
    expect([run.code, run.stderr]).toEqual([code, ''])
    const log = JSON.parse(run.stdout)
    expect(sarifProblems(log)).toEqual([])
    const [{ results, automationDetails }] = log.runs
    expect(automationDetails.id).toBe(`caps-${command}/`)
    expect(results.map((one: { ruleId: string }) => one.ruleId)).toContain('network/connect')
    for (const { locations } of results) {
      expect(locations[0].physicalLocation.artifactLocation).toMatchObject({
        uri: expect.stringMatching(/^v2\/(?:src\/|linelog-format\/|caps\.toml$|Cargo\.toml$)/),
        uriBaseId: '%SRCROOT%',
      })
    }
  })

  test('markdown is a table of the packages', () => {
    const { stdout } = printed(args, 'markdown')
    expect(stdout.startsWith(`<!-- caps ${command} -->\n`)).toBe(true)
    expect(foreignNodes(stdout)).toEqual([])
    const [head, ...rows] = tableOf(stdout)
    expect(head).toContain('network')
    expect(rows.map(([name]) => name?.split(' ')[0]).sort()).toEqual(['linelog', 'linelog-format'])
  })

  test('github is annotations at those files', () => {
    const commands = commandsOf(printed(args, 'github').stdout)
    expect(commands.find(({ data }) => data.includes('network/connect'))?.properties['file']).toBe('v2/src/flush.rs')
  })
})

test('capslock’s reader takes what analyze prints for it', () => {
  const list = throughProto(printed(['analyze', 'v2', '--offline'], 'capslock').stdout)
  const found = (list['capabilityInfo'] as { packageDir: string; capabilityName: string }[]).map(
    ({ packageDir, capabilityName }) => `${packageDir} ${capabilityName}`,
  )
  expect(found).toEqual(expect.arrayContaining(['linelog NETWORK', 'linelog-format/build EXEC']))
})

test('graphviz draws the packages, and GraphML is well-formed', async () => {
  const viz = await instance()
  const args = ['analyze', 'v2', '--offline']
  expect(viz.render(printed(args, 'dot').stdout, { format: 'svg' }).status).toBe('success')
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.write(printed(args, 'graphml').stdout).close()
})

test('the same input gives the same bytes', () => {
  const again = caps(['check', 'v2', '--offline', '--quiet', '--format', 'sarif'], '', checkout)
  expect(again.stdout).toBe(printed(['check', 'v2', '--offline'], 'sarif').stdout)
})
