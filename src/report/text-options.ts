/** How a report for a person is to be drawn; shared by its parts. */
import type pc from 'picocolors'

export interface TextOptions {
  /** Columns of the terminal. */
  readonly columns: number
  readonly colour: boolean
  /** Duration in seconds, for the head line; only where a person waits for it, since it differs at every run. */
  readonly seconds?: number
  /** List every loss and unresolved reference with its place. */
  readonly showUnanalyzed: boolean
  /** Everything, however long; without it, what is longer than a screen is told in short. */
  readonly whole?: boolean
  /** What is commonplace has rows like all else. */
  readonly verbose?: boolean
  /** How the user would ask again: `caps analyze ripgrep`. */
  readonly command: string
}

/** A paint for each use; all of them plain when there is no colour. */
export type Paint = ReturnType<typeof pc.createColors>
