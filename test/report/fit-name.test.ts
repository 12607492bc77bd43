/** Names of functions where there is little room: crate and last name stay, the gap is marked, and nothing is told that does not exist. */
import { expect, test } from '@jest/globals'
import { fitName } from '../../src/report/fit-name.js'

test.each([
  ['which::sys::RealSys::read', 40, 'which::sys::RealSys::read'],
  ['which::sys::deep::RealSys::read', 27, 'which::…::RealSys::read'],
  ['which::sys::deep::RealSys::read', 18, 'which::…::read'],
  ['<which::sys::RealSys as which::sys::Sys>::read_dir', 34, '<…::RealSys as …::Sys>::read_dir'],
  ['<which::sys::RealSys as which::sys::Sys>::read_dir', 24, 'which::…::read_dir'],
  ['<which::sys::RealSys as which::sys::Sys>::read_dir', 12, '…::read_dir'],
  // std has no such function: it is of the trait's crate.
  ['<std::process::Command as open::CommandExt>::status_without_output', 36, 'open::…::status_without_output'],
])('%s in %i columns', (name, columns, expected) => {
  expect(fitName(name, columns)).toBe(expected)
})
