/** The page's script and style, read from where the build (scripts/build-page.mjs) put them: our own files, no crate's. */
import { readFileSync } from 'node:fs'
import type { PageAssets } from '../report/html.js'

/** Throws when the package was not built. */
export function pageAssets(): PageAssets {
  const read = (file: string): string => readFileSync(new URL(`../page/${file}`, import.meta.url), 'utf8')
  return { script: read('page.js'), style: read('page.css') }
}
