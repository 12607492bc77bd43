import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readDirectoryTree } from '../../src/project/directory-tree.js'
import { Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().write({ 'crate/src/lib.rs': 'lib', 'crate/shared/x.rs': 'x', 'secret.rs': 'secret' })
})
afterEach(() => scratch.remove())

const link = (target: string, path: string): void => symlinkSync(target, join(scratch.path, path))

describe('directories', () => {
  test('files by path; links inside are followed, links outside are left out and said', () => {
    link('../shared/x.rs', 'crate/src/inside.rs')
    link('../shared', 'crate/src/shared')
    link('../../secret.rs', 'crate/src/outside.rs')
    link('/etc', 'crate/src/etc')
    link('nowhere', 'crate/src/broken.rs')
    const { tree, problems } = readDirectoryTree(join(scratch.path, 'crate'))
    expect([...tree.files.keys()]).toEqual(['shared/x.rs', 'src/inside.rs', 'src/lib.rs', 'src/shared/x.rs'])
    expect(tree.read('src/shared/x.rs')).toEqual({ text: 'x' })
    for (const path of ['src/outside.rs', 'src/etc/passwd', '../secret.rs', '/etc/passwd', 'src/../../secret.rs', '']) {
      expect(tree.read(path)).toBeUndefined()
    }
    expect(problems).toEqual([
      'src/broken.rs is not a readable file and was left out',
      'src/etc is a link that leads outside and was left out',
      'src/outside.rs is a link that leads outside and was left out',
    ])
  })

  test('links in a circle end', () => {
    link('..', 'crate/src/up')
    link('../src', 'crate/shared/across')
    const { tree, problems } = readDirectoryTree(join(scratch.path, 'crate'))
    expect([...tree.files.keys()]).toEqual(['shared/across/lib.rs', 'shared/x.rs', 'src/lib.rs'])
    expect(problems).toEqual([
      'shared/across/up is a link to a directory that it stands in and was left out',
      'src/up is a link to a directory that it stands in and was left out',
    ])
    expect(tree.read('src/up/shared/x.rs')).toEqual({ text: 'x' })
  })

  test('build output and version control are not listed; what is in them can still be read', () => {
    scratch.write({
      'crate/.git/config': '',
      'crate/target/CACHEDIR.TAG': '',
      'crate/target/odd.rs': 'odd',
      'crate/src/target/mod.rs': '',
    })
    const { tree } = readDirectoryTree(join(scratch.path, 'crate'))
    expect([...tree.files.keys()]).toEqual(['shared/x.rs', 'src/lib.rs', 'src/target/mod.rs'])
    expect(tree.read('target/odd.rs')).toEqual({ text: 'odd' })
  })
})
