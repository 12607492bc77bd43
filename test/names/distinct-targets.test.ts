/** Which targets are one: those that answer alike to every word that some text has, however it is spelled. */
import { expect, test } from '@jest/globals'
import { distinctTargets, type FileStore } from '../../src/names/index.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import { knownTargets } from '../../src/project/targets.js'

const targets = ['x86_64-unknown-linux-gnu', 'aarch64-apple-darwin', 'x86_64-pc-windows-msvc'].map(
  (triple) => knownTargets().get(triple) as TargetPlatform,
)

function told(...texts: string[]): readonly (string | undefined)[] {
  const files = { texts: () => texts } as unknown as FileStore
  return distinctTargets(files, [], targets).map(([first]) => first?.triple.replace(/.*-(?=linux|darwin|windows)/, ''))
}

test.each([
  ['nothing asked', 'fn f() {}', ['linux-gnu']],
  ['a family', '#[cfg(unix)] fn f() {}', ['linux-gnu', 'windows-msvc']],
  ['a value', '#[cfg(target_os = "macos")] fn f() {}', ['linux-gnu', 'darwin']],
  ['a raw string', '#[cfg(target_os = r#"macos"#)] fn f() {}', ['linux-gnu', 'darwin']],
  ['an escape', '#[cfg(target_os = "mac\\u{6f}s")] fn f() {}', ['linux-gnu', 'darwin']],
  ['pieces handed to a macro', 'on!(target_os, "macos", fn f() {});', ['linux-gnu', 'darwin']],
  ['a raw identifier', '#[cfg(r#unix)] fn f() {}', ['linux-gnu', 'windows-msvc']],
])('%s', (_what, text, expected) => {
  expect(told(text)).toEqual(expected)
})
