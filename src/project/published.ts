/**
 * What a published package says of where it was made: `.cargo_vcs_info.json`, which cargo writes and nobody checks, and
 * `Cargo.toml.orig`, the manifest as its author wrote it, of which cargo makes the one that counts. Where the two do not agree,
 * whoever reads the author's does not read what is built.
 */
import { z } from 'zod'
import { ProjectError } from '../base/index.js'
import { MAX_SHOWN_FILES } from './limits.js'
import { parseManifestText } from './manifest.js'
import { manifestDifferences } from './manifest-differences.js'
import type { RawManifest } from './manifest-schema.js'
import type { Published } from './verified.js'
import type { SourceTree } from './workspace.js'

const VCS_INFO = '.cargo_vcs_info.json'
const ORIGINAL = 'Cargo.toml.orig'
const vcsInfo = z.object({
  git: z.object({ sha1: z.string().regex(/^[0-9a-f]{40,64}$/), dirty: z.boolean().optional() }),
  path_in_vcs: z.string().optional(),
})

/** What the package says of itself; undefined when it says nothing. */
export function readPublished(tree: SourceTree, raw: RawManifest): Published | undefined {
  const unreadable: string[] = []
  const found: Published = {
    ...vcsOf(tree, unreadable),
    ...originalOf(tree, raw, unreadable),
    ...(unreadable.length > 0 && { unreadable }),
  }
  return Object.keys(found).length === 0 ? undefined : found
}

function vcsOf(tree: SourceTree, unreadable: string[]): Published {
  const file = tree.read(VCS_INFO)
  if (!file) return {}
  try {
    const { git, path_in_vcs: path } = vcsInfo.parse(JSON.parse(file.problem === undefined ? file.text : ''))
    return { commit: git.sha1, ...(path !== undefined && { path }), dirty: git.dirty === true }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError || thrown instanceof z.ZodError)) throw thrown
    unreadable.push(VCS_INFO)
    return {}
  }
}

function originalOf(tree: SourceTree, raw: RawManifest, unreadable: string[]): Published {
  const file = tree.read(ORIGINAL)
  if (!file) return {}
  try {
    if (file.problem !== undefined) throw new ProjectError(ORIGINAL, file.problem, '')
    return { manifestDiffers: manifestDifferences(raw, parseManifestText(file.text, ORIGINAL)) }
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown
    unreadable.push(ORIGINAL)
    return {}
  }
}

/** What of it a reader has to be told. */
export function oddities({ manifestDiffers = [], unreadable = [] }: Published = {}): readonly string[] {
  const shown = manifestDiffers.slice(0, MAX_SHOWN_FILES).join(', ')
  const more = manifestDiffers.length > MAX_SHOWN_FILES ? ` and ${manifestDiffers.length - MAX_SHOWN_FILES} more` : ''
  return [
    ...(shown === '' ? [] : [`Cargo.toml, which is built, is not what cargo makes of ${ORIGINAL}: ${shown}${more}`]),
    ...unreadable.map((file) => `${file} cannot be read`),
  ]
}
