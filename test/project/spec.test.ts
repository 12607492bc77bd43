/** What a word on the command line means: what is there is a path, whatever a registry may have of that name. */
import { afterEach, expect, test } from '@jest/globals'
import { parseSpec } from '../../src/project/spec.js'
import { Scratch } from './support.js'

const start = process.cwd()
let scratch: Scratch | undefined
afterEach(() => {
  process.chdir(start)
  scratch?.remove()
})

test('a directory without a manifest and a file are errors, and not packages of a registry', () => {
  scratch = new Scratch().write({ 'empty/readme': '', serde: 'a file', 'app/Cargo.toml': '' })
  process.chdir(scratch.path)
  expect(() => parseSpec('empty', undefined)).toThrow('it has no Cargo.toml')
  expect(() => parseSpec('serde', undefined)).toThrow('it is a file, and neither a Cargo.toml nor a .crate file')
  expect(() => parseSpec('./absent', undefined)).toThrow('there is no such directory')
  expect(() => parseSpec('serde/x', undefined)).toThrow('there is no such directory')
  expect(parseSpec('app', undefined).k).toBe('directory')
  expect(parseSpec('other', undefined)).toEqual({ k: 'registry', name: 'other', requirement: '*' })
  expect(parseSpec('empty@1', undefined)).toEqual({ k: 'registry', name: 'empty', requirement: '1' })
})
