/**
 * Where a policy stands, and what its words mean: the targets that rustc knows, cargo's version requirements, the names
 * of capabilities.
 *
 * A crate does not vouch for itself: only a directory's own caps.toml is read without being named, since it belongs to
 * whoever runs the check. For an archive or a published crate the policy must be named.
 */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { capabilityNames } from './lookup.js'
import { readBoundedText } from './project/bounded-file.js'
import { messageOf } from './project/errors.js'
import { DISK } from './project/file-view.js'
import { knownTargets, ProjectError } from './project/index.js'
import { readPathWorkspace } from './project/path-packages.js'
import { type PlatformPredicate, parsePlatform, platformHolds } from './project/platform-cfg.js'
import { parseSpec } from './project/spec.js'
import { isFullVersion, isRequirement } from './project/version-req.js'
import { POLICY_FILE } from './review/policy.js'
import type { PolicySource } from './review/policy-read.js'
import type { Vocabulary } from './review/policy-words.js'

export interface PolicyPlace {
  /** Absolute. */
  readonly path: string
  /** For results and messages: relative to the directory of the crate, with `/`. */
  readonly file: string
  /** The whole workspace is asked for, so that the policy is about nothing else. */
  readonly whole: boolean
  /** What `caps allow`, run in this directory, needs to change this file. */
  readonly policyArguments: readonly string[]
}

/** Where the policy of a crate stands: the file that was named, or the one of the workspace. Throws ProjectError. */
export function policyPlace(spec: string, named: string | undefined, manifestPath?: string): PolicyPlace {
  const crate = parseSpec(spec, manifestPath)
  if (crate.k !== 'directory') {
    if (named === undefined) {
      throw new ProjectError(
        `${spec} has no policy`,
        'only a directory’s own caps.toml is read: a published crate does not vouch for itself',
        'Name a file with --policy or --baseline.',
      )
    }
    return { ...placeOf(process.cwd(), named, named), whole: true }
  }
  const workspace = readPathWorkspace(crate.manifest, DISK)
  const whole = workspace.named === undefined || workspace.named.directory === workspace.root
  return { ...placeOf(workspace.root, named ?? join(workspace.root, POLICY_FILE), named), whole }
}

/** The policy that a change in this directory is about: the file that was named, or the one of its workspace. */
export function policyToChange(named: string | undefined): PolicyPlace {
  return named === undefined ? policyPlace('.', undefined) : { ...placeOf(process.cwd(), named, named), whole: true }
}

function placeOf(root: string, file: string, named: string | undefined): Omit<PolicyPlace, 'whole'> {
  const absolute = resolve(file)
  const directory = existsSync(dirname(absolute)) ? realpathSync(dirname(absolute)) : dirname(absolute)
  const path = join(directory, basename(absolute))
  const isDefault = root === realpathSync(process.cwd()) && path === join(root, POLICY_FILE)
  const policyArguments = isDefault ? [] : ['--policy', named ?? slashed(relative(process.cwd(), path))]
  return { path, file: slashed(relative(root, path)), policyArguments }
}

const slashed = (path: string): string => path.split(sep).join('/')

/** The text of a policy. Throws ProjectError when there is none or it cannot be read. */
export function readPolicySource({ path, file, policyArguments }: PolicyPlace): PolicySource {
  if (!existsSync(path)) {
    throw new ProjectError(
      `There is no policy ${file}`,
      'what a crate may do stands in such a file',
      `Write one from what is there today with \`caps init\`${policyArguments.length > 0 ? ', or name another with --policy' : ''}.`,
    )
  }
  try {
    return { file, text: readBoundedText(path) }
  } catch (thrown) {
    throw new ProjectError(`The policy ${file} cannot be read`, messageOf(thrown), 'Check the file.')
  }
}

/** What words of a policy can mean. */
export function vocabulary(): Vocabulary {
  const targets = knownTargets()
  const predicates = new Map<string, PlatformPredicate>()
  return {
    capabilities: capabilityNames(),
    targets: [...targets.keys()],
    cfgHolds: (cfg, triple) => {
      const predicate = predicates.get(cfg) ?? parsePlatform(cfg)
      predicates.set(cfg, predicate)
      const target = targets.get(triple)
      return target !== undefined && platformHolds(predicate, target)
    },
    requirementOf: (text) => (isFullVersion(text) ? `=${text}` : isRequirement(text) ? text : undefined),
  }
}
