/** A lockfile that a survey keeps: the text, and in a comment above it what only whoever chose it knows. */
import { z } from 'zod'
import type { LockedCrate } from '../project/index.js'
import { lockedBySchema } from '../report/result.js'

const notesSchema = z.strictObject({ lockedBy: lockedBySchema, notes: z.array(z.string()) })

export type LockNotes = Readonly<z.infer<typeof notesSchema>>

const MARK = '# caps: '

export const withLockNotes = ({ lockfile, lockedBy, notes }: LockedCrate): string =>
  `${MARK}${JSON.stringify({ lockedBy, notes })}\n${lockfile}`

/** Throws when the comment is not there: nobody else writes these files. */
export function readLockNotes(text: string): LockNotes {
  const [first = ''] = text.split('\n', 1)
  return notesSchema.parse(JSON.parse(first.slice(MARK.length)))
}
