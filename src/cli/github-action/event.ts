/** What a GitHub event says of the revision that a change is to be compared with. Reads no network, only the runner's files. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Environment } from './inputs.js'

const mergeGroupSchema = z.object({ merge_group: z.object({ base_sha: z.string().regex(/^[0-9a-f]{40,64}$/) }) })

/**
 * The base of the change that the workflow runs for; undefined when it runs for no change (a push, a schedule).
 *
 * On `pull_request` GITHUB_SHA is the merge commit that actions/checkout checks out, and its first parent the tip of the
 * base branch that it was merged with. The base that the event names may be older than that, and what others merged
 * meanwhile would count as this change's.
 */
export function baseOfEvent(environment: Environment): string | undefined {
  const commit = environment['GITHUB_SHA']
  switch (environment['GITHUB_EVENT_NAME']) {
    case 'pull_request':
      return commit && `${commit}^1`
    case 'pull_request_target':
      return commit
    case 'merge_group':
      return baseOfMergeGroup(environment['GITHUB_EVENT_PATH'])
    default:
      return undefined
  }
}

function baseOfMergeGroup(eventFile: string | undefined): string | undefined {
  if (eventFile === undefined) return undefined
  return mergeGroupSchema.parse(JSON.parse(readFileSync(eventFile, 'utf8'))).merge_group.base_sha
}
