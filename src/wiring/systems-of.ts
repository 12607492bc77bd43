/** The operating systems of the targets that are looked at: what a number in a call means hangs on them. */
import type { Workspace } from '../project/index.js'

/** Each `target_os` once. */
export function systemsOf({ targets }: Pick<Workspace, 'targets'>): readonly string[] {
  const names = targets.flatMap(({ cfg }) =>
    cfg.flatMap(({ name, value }) => (name === 'target_os' && value !== undefined ? [value] : [])),
  )
  return [...new Set(names)]
}
