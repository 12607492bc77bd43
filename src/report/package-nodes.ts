/** What a graph of packages shows of each: the capabilities of its own code and of what it gets to, by when it runs. */
import type { PackageResult, ReportStage } from './result.js'
import { compareCapabilities, type Tone, toneOf } from './severity.js'
import { packageText } from './spelling.js'

export interface PackageNode {
  readonly id: string
  /** `walkdir 2.5.0`. */
  readonly title: string
  readonly asked: boolean
  /** Capabilities of code of the package itself, most serious first; `exec (build)` for what does not run with the program. */
  readonly own: readonly string[]
  /** Those that it has through other packages only. */
  readonly through: readonly string[]
  /** The loudest of its own capabilities. */
  readonly tone: Tone | undefined
}

const TONES: readonly Tone[] = ['alarm', 'notice', 'quiet']

/** Merely possible findings are marked with `?`. */
export function packageNode(owner: PackageResult): PackageNode {
  const named = (reach: 'direct' | 'transitive'): Map<string, string> => {
    const found = new Map<string, string>()
    for (const { capability, stage, certainty, reach: its } of owner.capabilities) {
      if (its !== reach) continue
      const text = capability + stageMark(stage)
      if (certainty === 'certain' || !found.has(text)) found.set(text, certainty === 'certain' ? text : `${text}?`)
    }
    return found
  }
  const own = named('direct')
  const through = [...named('transitive')].filter(([text]) => !own.has(text)).map(([, shown]) => shown)
  const direct = owner.capabilities.filter(({ reach }) => reach === 'direct')
  return {
    id: owner.id,
    title: packageText(owner.id),
    asked: owner.local,
    own: [...own.values()].sort(compareCapabilities),
    through: through.sort(compareCapabilities),
    tone: TONES.find((tone) => direct.some(({ capability }) => toneOf(capability) === tone)),
  }
}

const stageMark = (stage: ReportStage): string => (stage === 'run' ? '' : ` (${stage})`)
