// The maps that ship with caps: they load, every capability is granted by something, and what DESIGN.md decides holds.
import { describe, expect, test } from '@jest/globals'
import { builtInMaps, loadMaps } from '../../src/capabilities/builtin-maps.js'
import { CAPABILITIES } from '../../src/capabilities/capability.js'
import { findEffect, findFact, findSyscall, lookupPaths } from '../../src/capabilities/map-lookup.js'

const maps = loadMaps()
const capabilitiesOf = (path: string) => lookupPaths(maps, [path])[0]?.capabilities

describe('std', () => {
  test.each([
    ['std::fs::read', 'fs/read'],
    ['std::fs::File::create', 'fs/write'],
    ['std::fs::OpenOptions::open', 'fs/read fs/write'],
    ['std::path::Path::exists', 'fs/meta'],
    ['<std::fs::File as std::io::Read>::read', 'fs/read'],
    ['<&std::fs::File as std::io::Write>::write_all', 'fs/write'],
    ['<std::fs::ReadDir as core::iter::Iterator>::next', 'fs/meta'],
    ['<R as std::io::Read>::read', ''],
    ['<std::io::BufReader as std::io::Read>::read', ''],
    ['std::net::TcpStream::connect', 'network/connect network/resolve'],
    ['<std::net::TcpStream as std::io::Read>::read', 'network/connect'],
    ['std::net::tcp::TcpListener::bind', 'network/listen network/resolve'],
    ['<&str as std::net::ToSocketAddrs>::to_socket_addrs', 'network/resolve'],
    ['<std::net::SocketAddr as std::net::ToSocketAddrs>::to_socket_addrs', ''],
    ['std::process::Command::new', ''],
    ['std::process::Command::spawn', 'exec'],
    ['<std::process::Command as std::os::unix::process::CommandExt>::exec', 'exec'],
    ['std::os::unix::process::CommandExt::exec', 'exec'],
    ['std::process::Child::kill', 'system/write'],
    ['std::process::exit', 'process/exit'],
    ['std::env::var', 'env/read'],
    ['std::env::set_var', 'env/write'],
    ['std::env::args_os', 'env/args'],
    ['std::thread::spawn', 'thread'],
    ['std::panicking::set_hook', 'hook'],
    ['std::io::_print', 'stdio'],
    ['std::io::Stdin::read_line', 'stdio'],
    ['std::time::Instant::now', 'time'],
    ['std::collections::hash_map::RandomState::new', 'random'],
    ['std::collections::HashMap::new', ''],
    ['<std::fs::File as std::os::unix::io::AsRawFd>::as_raw_fd', ''],
    ['core::mem::transmute', ''],
  ])('%s: %s', (path, capabilities) => expect(capabilitiesOf(path)?.join(' ')).toBe(capabilities))
})

describe('what a linker knows', () => {
  test.each([
    ['libc::open', 'fs/read fs/write'],
    ['libc::unix::linux_like::linux::gnu::openat64', 'fs/read fs/write'],
    ['libc::getaddrinfo', 'network/resolve'],
    ['libc::execve', 'exec'],
    ['libc::mprotect', 'memory/exec'],
    ['libc::syscall', 'syscall'],
    ['libc::dlopen', 'dynload'],
    ['libc::strlen', ''],
    ['libc::CMSG_DATA', ''],
    ['winapi::um::fileapi::CreateFileW', 'fs/read fs/write'],
    ['windows_sys::Win32::System::Threading::CreateProcessW', 'exec'],
    ['windows_sys::Win32::Networking::WinSock::connect', 'network/connect'],
  ])('%s: %s', (path, capabilities) => expect(capabilitiesOf(path)?.join(' ')).toBe(capabilities))

  test('system calls by the name of their number', () => {
    expect(findSyscall(maps, 'libc::SYS_openat')?.grants).toEqual(['fs/read', 'fs/write'])
    expect(findSyscall(maps, 'linux_raw_sys::general::__NR_connect')?.grants).toEqual(['network/connect'])
    expect(findSyscall(maps, 'libc::SYS_frobnicate')).toBeUndefined()
    expect(findSyscall(maps, 'app::connect')).toBeUndefined()
  })
  test('what is foreign and unknown is ffi', () => {
    expect(findEffect(maps, { callee: 'app::ffi::frobnicate', symbol: 'frobnicate' })).toBeUndefined()
    expect(findFact(maps, 'foreign call', 'frobnicate')?.grants).toEqual(['ffi'])
  })
})

describe('attributes and directives', () => {
  test.each([
    ['attribute', 'link_section = .init_array.00099', 'hook'],
    ['attribute', 'link_section = .rodata', ''],
    ['attribute', 'export_name = malloc', 'hook'],
    ['attribute', 'no_mangle', ''],
    ['attribute', 'global_allocator', 'hook'],
    ['build directive', 'rustc-link-arg-bins', 'build/link'],
    ['build directive', 'rustc-env', 'build/env'],
    ['build directive', 'rustc-cfg', ''],
    ['build directive', 'rerun-if-changed', ''],
    ['asm', 'asm', 'asm'],
  ] as const)('%s %s: %s', (kind, what, capabilities) => {
    expect(findFact(maps, kind, what)?.grants.join(' ')).toBe(capabilities)
  })
})

test('every capability is granted by some row', () => {
  const granted = new Set(
    builtInMaps().flatMap(({ content }) =>
      [...content.rows, ...content.symbols, ...content.syscalls, ...content.facts].flatMap((row) => row.grants ?? []),
    ),
  )
  expect(CAPABILITIES.filter((capability) => !granted.has(capability))).toEqual([])
})
