/**
 * What every format made of single messages (SARIF, annotations) needs of one finding, problem or change, whichever
 * result it stands in. All text in it is raw: a crate's names may stand in the message, and each medium escapes the whole.
 *
 * It deliberately has no place of its own: which file of a repository shows a notice is repository-files.ts's matter.
 */
import type { Finding, ReportStage, Step } from './result.js'
import { pathNames } from './spelling.js'

export type NoticeLevel = 'error' | 'warning' | 'note'

/** A place in a package; `line` 0 means the whole file. */
export type Place = Omit<Step, 'function'>

export interface Notice {
  /** A capability, or one of `OTHER_RULES`. */
  readonly rule: string
  readonly level: NoticeLevel
  /** One line: what is the matter, where. */
  readonly title: string
  /** Sentences, the first of which says it all. */
  readonly message: string
  /** Packages, `name@version`, from one that was asked for to the one that it is about; empty when not known. */
  readonly via: readonly string[]
  /** Empty when no path of calls leads there. */
  readonly path: readonly Step[]
  /** Where to show it when there is no path. */
  readonly place?: Place
  /** A place in a file that is relative to the directory of the crate, as of a policy. */
  readonly configured?: { readonly file: string; readonly line: number }
  /** What makes it the same notice in another run: holds no line number and no version. */
  readonly key: readonly string[]
  /** More for programs; stands in SARIF's property bag. */
  readonly properties: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** What a notice can be about besides a capability. */
export const OTHER_RULES = [
  {
    id: 'coverage',
    name: 'LostCoverage',
    title: 'Code that could not be analyzed',
    help: 'Code was not read, or a reference was not led to the function that it means. It may do anything.',
  },
  {
    id: 'unused-allowance',
    name: 'UnusedAllowance',
    title: 'An allowance that nothing uses',
    help: 'The policy allows what no code does. Take it out, so that nobody can begin to use it unseen.',
  },
  {
    id: 'package-source',
    name: 'PackageSource',
    title: 'A package that comes from elsewhere',
    help: 'Cargo takes the package from another registry, repository, commit or directory than before, or than the policy says. Other code is built, whatever it can do.',
  },
  {
    id: 'build-code',
    name: 'BuildCode',
    title: 'Code that runs when the crate is built',
    help: 'A build script or proc macro appeared or changed. It runs on the machine of whoever builds, as that user.',
  },
  {
    id: 'binary-file',
    name: 'BinaryFile',
    title: 'A file that is not source',
    help: 'A program, archive or other binary was added or changed. No source analysis sees what is in it.',
  },
] as const

/** The path on one line: `app::main → run → std::process::Command::spawn`. */
export function routeText(path: readonly Step[]): string {
  const { steps, last } = pathNames(path)
  return [...steps.slice(0, -1), last].join(' → ')
}

const STAGES: Readonly<Record<ReportStage, string>> = {
  run: '',
  build: ' when it is built',
  macro: ' in a proc macro',
  test: ' in tests',
}

/** ` when it is built`, to be put behind what is said; empty for the program itself. */
export function stageText(stage: ReportStage): string {
  return STAGES[stage]
}

/** A capability as a claim: `has exec when it is built`, `may have exec`. */
export function hasText(found: Pick<Finding, 'capability' | 'certainty' | 'stage'>): string {
  return `${found.certainty === 'possible' ? 'may have' : 'has'} ${found.capability}${stageText(found.stage)}`
}
