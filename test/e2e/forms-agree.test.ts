/**
 * One question, one answer, over the forms: crates that each use one mechanism of the language to have a power. They are no part of
 * this repository: CAPS_FORMS names the directory that has them, a crate a directory in `audited`, `bugs` and `evasive`. CAPS_FORMS_PART,
 * as `2/5`, looks at a part.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@jest/globals'
import type { AgreeingCrate } from '../review/agreement.js'
import { commandsAgree } from '../review/agreement-of-commands.js'
import { resultsAgree } from '../review/agreement-of-results.js'

const directory = process.env['CAPS_FORMS']
const [part = 1, parts = 1] = (process.env['CAPS_FORMS_PART'] ?? '1/1').split('/').map(Number)

function formsIn(root: string): readonly AgreeingCrate[] {
  return ['audited', 'bugs', 'evasive'].flatMap((kind) =>
    readdirSync(join(root, kind)).flatMap((name) => {
      const crate = ['', 'app', 'root']
        .map((inner) => join(root, kind, name, inner))
        .find((one) => existsSync(join(one, 'Cargo.toml')))
      return crate === undefined ? [] : [{ name: `${kind}/${name}`, crate }]
    }),
  )
}

const forms = directory === undefined ? [] : formsIn(directory).filter((_, i) => i % parts === part - 1)
for (const form of forms) {
  commandsAgree(form)
  resultsAgree(form)
}
/** Said instead of a silent skip: whoever reads the log must see that they were not tried. */
if (directory === undefined) test.skip('CAPS_FORMS names no directory', () => {})
