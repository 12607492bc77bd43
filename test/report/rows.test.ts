/** Rows of the report: a package has one for a capability, and what it possibly has besides is a detail of it. */
import { expect, test } from '@jest/globals'
import { capabilityRows } from '../../src/report/rows.js'
import { finding, packageOf, result, step } from './results.js'

const rowsOf = (...packages: Parameters<typeof result>[0]) =>
  capabilityRows(result(packages)).map(({ capability, certainty, packages: of, sites, possibleSites }) => ({
    row: `${capability} ${certainty} ${of.join()}`,
    sites,
    possibleSites,
  }))

test('a package that has it for certain is in no row of what is possible', () => {
  const certain = finding('exec', { sites: 2 })
  const possible = finding('exec', { certainty: 'possible', sites: 3 })
  expect(rowsOf(packageOf('app@1.0.0', [certain, possible], true))).toEqual([
    { row: 'exec certain app@1.0.0', sites: 2, possibleSites: 3 },
  ])
  expect(rowsOf(packageOf('app@1.0.0', [certain, possible], true), packageOf('dep@1.0.0', [possible]))).toEqual([
    { row: 'exec certain app@1.0.0', sites: 2, possibleSites: 3 },
    { row: 'exec possible dep@1.0.0', sites: 3, possibleSites: 0 },
  ])
})

test('what is certain when built says nothing of the program', () => {
  const built = finding('exec', { stage: 'build' })
  const possible = finding('exec', { certainty: 'possible' })
  expect(rowsOf(packageOf('app@1.0.0', [built, possible], true)).map(({ row }) => row)).toEqual([
    'exec possible app@1.0.0',
    'exec certain app@1.0.0',
  ])
})

test('who only possibly gets to a package that has it for certain has no row either', () => {
  const certain = finding('exec', {
    sites: 2,
    path: [step('dep::a', 'dep@1.0.0 src/a.rs:1:1'), step('b', 'dep@1.0.0 a.rs:1:1')],
  })
  const reaches = finding('exec', { certainty: 'possible', reach: 'transitive', path: certain.path })
  const [dep, app] = [packageOf('dep@1.0.0', [certain]), packageOf('app@1.0.0', [reaches], true)]
  expect(rowsOf(app, dep)).toEqual([{ row: 'exec certain dep@1.0.0', sites: 2, possibleSites: 0 }])
  const [row] = capabilityRows(result([app, dep]))
  expect(row).toMatchObject({ aside: true, possiblyReached: true })
  expect(capabilityRows(result([packageOf('app@1.0.0', [], true), dep]))[0]?.possiblyReached).toBe(false)
})
