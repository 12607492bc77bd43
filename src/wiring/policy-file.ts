/**
 * Where a policy stands, and what its words mean: the targets that rustc knows, cargo's version requirements, the names
 * of capabilities.
 *
 * A crate does not vouch for itself: only a directory's own caps.toml is read without being named, since it belongs to
 * whoever runs the check. For an archive or a published crate the policy must be named.
 */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { messageOf, ProjectError } from '../base/index.js'
import { builtInTags } from '../capabilities/index.js'
import {
  chosenView,
  DISK,
  type FileView,
  isFullVersion,
  isOfGit,
  isRequirement,
  knownTargets,
  meantTarget,
  type PlatformPredicate,
  parsePlatform,
  parseSpec,
  platformHolds,
  readBoundedText,
  readPathWorkspace,
  type ViewOptions,
} from '../project/index.js'
import { POLICY_FILE } from '../review/policy.js'
import type { PolicySource } from '../review/policy-read.js'
import type { Vocabulary } from '../review/policy-words.js'
import type { AnalyzeOptions } from './analysis-options.js'
import { capabilityNames } from './lookup.js'

export interface PolicyPlace {
  /** Absolute. */
  readonly path: string
  /** For results and messages: relative to the directory of the crate, with `/`. */
  readonly file: string
  /** The whole workspace is asked for, so that the policy is about nothing else. */
  readonly whole: boolean
  /** What `caps allow`, run in this directory, needs to change this file. */
  readonly policyArguments: readonly string[]
  /** What it is read from, when that is not the disk: a policy that no option names is judged by as it is committed. */
  readonly view?: FileView
}

/** The options that say which state of a directory is meant. */
export type PlaceOptions = ViewOptions & Pick<AnalyzeOptions, 'manifestPath'>

/**
 * Where the policy of a crate stands: the file that was named, as it is on disk; or the one of the workspace, of the state
 * that is judged, since a gate that takes its rules from elsewhere says nothing of what is committed. Throws ProjectError.
 */
export function policyPlace(spec: string, named: string | undefined, options: PlaceOptions = {}): PolicyPlace {
  const crate = parseSpec(spec, options.manifestPath, isOfGit(options))
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
  const { view, directory } = chosenView(dirname(crate.manifest), options)
  const workspace = readPathWorkspace(join(directory, 'Cargo.toml'), view)
  const whole = workspace.named === undefined || workspace.named.directory === workspace.root
  const place = placeOf(workspace.root, named ?? join(workspace.root, POLICY_FILE), named)
  return { ...place, whole, ...(view !== DISK && named === undefined && { view }) }
}

/** Whether there is a policy where one was looked for. */
export function isThere({ path, view = DISK }: PolicyPlace): boolean {
  return view.realPath(path) !== undefined
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
export function readPolicySource({ path, file, policyArguments, view }: PolicyPlace): PolicySource {
  if (view) return policyOfView(view, path, file)
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

function policyOfView(view: FileView, path: string, file: string): PolicySource {
  const found = view.readInside(dirname(path), basename(path))
  if (found && found.problem === undefined) return { file, text: found.text }
  throw new ProjectError(
    `There is no policy ${file} in ${view.name}`,
    found?.problem ?? `it ${view.absence(path)?.why ?? 'is a link that leads out of its directory'}`,
    'Add it to git, or name a file with --policy.',
  )
}

/** What words of a policy can mean. */
export function vocabulary(): Vocabulary {
  const targets = knownTargets()
  const predicates = new Map<string, PlatformPredicate>()
  return {
    capabilities: capabilityNames(),
    get tags() {
      return builtInTags()
    },
    targets: [...targets.keys()],
    meantTarget,
    cfgHolds: (cfg, triple) => {
      const predicate = predicates.get(cfg) ?? parsePlatform(cfg)
      predicates.set(cfg, predicate)
      const target = targets.get(triple)
      return target !== undefined && platformHolds(predicate, target)
    },
    requirementOf: (text) => (isFullVersion(text) ? `=${text}` : isRequirement(text) ? text : undefined),
  }
}
