/** Machine spellings as a person reads them. */
import { expect, test } from '@jest/globals'
import { fileText, pathNames, plural, sizeText } from '../../src/report/spelling.js'
import { step } from './results.js'

test('a path names its ends in full, the steps between shortly, and each crate that it enters', () => {
  const path = [
    'ripgrep::main',
    'ripgrep::search::run',
    'ripgrep::search::SearchWorker::search',
    '<grep_cli::process::CommandReader as std::io::Read>::read',
    'grep_cli::process::CommandReaderBuilder::build',
    'grep_cli::process::build::{closure#0}',
    'std::process::Command::spawn',
  ]
  const { steps, last } = pathNames(path.map((name) => step(name)))
  expect(steps).toEqual([
    'ripgrep::main',
    'run',
    'SearchWorker::search',
    'grep_cli::…::CommandReader::read',
    'CommandReaderBuilder::build',
    'build::{closure#0}',
    'std::…::Command::spawn',
  ])
  expect(last).toBe('std::process::Command::spawn')
})

test('a name that is shortened is no name of another function', () => {
  const shortened = (name: string): string | undefined => pathNames([step('app::run'), step(name)]).steps[1]
  expect(shortened('std::env::home_dir')).toBe('std::…::home_dir')
  expect(shortened('std::println')).toBe('std::println')
  expect(shortened('<std::process::Command as open::IntoResult>::status_without_output')).toBe(
    '<Command as open::IntoResult>::status_without_output',
  )
  expect(shortened('<str as heck::snake::ToSnake>::to_snake')).toBe('<str as heck::…::ToSnake>::to_snake')
  expect(shortened('<std::fs::File as std::io::Read>::read')).toBe('std::…::File::read')
})

test('what is no path is left as it is', () => {
  expect(pathNames([step('<app::T as b::Tr>::f'), step('unsafe call: zeroed')])).toEqual({
    steps: ['app::T::f', 'unsafe call: zeroed'],
    last: 'unsafe call: zeroed',
  })
})

test('a hostile name stays a name', () => {
  expect(pathNames([step('app::\x1b[2J'), step('std::fs::read')]).steps[0]).toBe('app::\\u{1b}[2J')
})

test('sizes, counts and places', () => {
  expect([sizeText(312), sizeText(41_300), sizeText(6_120_000)]).toEqual(['312 B', '41 kB', '6.1 MB'])
  expect([plural(1, 'package'), plural(0, 'proc macro'), plural(2, 'library')]).toEqual([
    '1 package',
    '0 proc macros',
    '2 libraries',
  ])
  expect(fileText({ file: 'build.rs', line: 11, column: 0 })).toBe('build.rs:11')
  expect(fileText({ file: 'src/blob.bin', line: 0, column: 0 })).toBe('src/blob.bin')
})
