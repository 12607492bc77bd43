/** Rows of the report: a package has one for a capability, and what it possibly has besides is a detail of it. */
import { expect, test } from '@jest/globals'
import { capabilityRows } from '../../src/report/rows.js'
import { finding, packageOf, result } from './results.js'

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
