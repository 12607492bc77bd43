/** From a diff to its HTML page: the source lines around the places of each side, where the source is at hand. */

import type { Change, DiffResult } from '../report/diff-result.js'
import { beginningOf, type Excerpts, NO_EXCERPTS, type Place, placesOfPath } from '../report/excerpts.js'
import { FORMATS } from '../report/formats.js'
import type { DiffWithSources } from './diff.js'
import { excerptsOf } from './excerpts.js'
import { pageAssets } from './page-assets.js'

/** The page of a diff. A side that was a report has no source: the page says so at each place. */
export async function htmlDiff({ diff, old, new: now }: DiffWithSources): Promise<string> {
  const excerpts = (side: 'old' | 'new', workspace: typeof old): Excerpts =>
    workspace ? excerptsOf(workspace, [placesOfDiff(diff, side)]) : NO_EXCERPTS
  const draw = await FORMATS.diff.html.renderer()
  const page = { diff, old: excerpts('old', old), new: excerpts('new', now) }
  return draw({ page, assets: pageAssets() }, undefined)
}

function placesOfDiff({ packages }: DiffResult, side: 'old' | 'new'): Place[] {
  return packages.flatMap(({ changes }) => changes.flatMap((change) => placesOfChange(change, side)))
}

/** A path is of the new side unless what it leads to was lost; places not analyzed are of the side that is worse. */
function placesOfChange(change: Change, side: 'old' | 'new'): Place[] {
  if (change.kind === 'coverage') return (change.change !== 'better') === (side === 'new') ? [...change.examples] : []
  const owner = change.ids[side]
  if (change.kind === 'unit')
    return owner === null || change.digest[side] === null ? [] : [beginningOf(owner, change.file)]
  if (change.kind === 'value') return side === 'new' ? placesOfPath(change.path) : []
  if (change.kind !== 'capability') return []
  const examples = change.uses.flatMap((use) => use.examples[side])
  const paths = (change.change === 'lost') === (side === 'old') ? [change.path, ...examples] : examples
  return paths.flatMap((path) => placesOfPath(path))
}
