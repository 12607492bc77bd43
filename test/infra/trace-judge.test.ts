/** The judge of test/traced, over lines as strace writes them: what it objects to, and that it reads what is cut apart. */
import { describe, expect, test } from '@jest/globals'
import { readTrace, unquote } from '../traced/events.js'
import { judge, type Rules } from '../traced/judge.js'

const RULES: Rules = {
  directory: '/here',
  programs: ['/bin/cargo'],
  crates: ['/crate'],
  reads: [
    { at: '/crate', why: 'the crate' },
    { at: '/names', why: 'names alone', alone: true },
    { at: /^\/lib\/[^/]+\.so$/, why: 'libraries' },
  ],
  writes: [{ at: '/out', why: 'the output' }],
}
const START = '1 execve("/bin/node", ["node"], 0x1 /* 3 vars */) = 0'
const objections = (...lines: string[]): readonly string[] => judge([START, ...lines], RULES).objections

describe('files', () => {
  test.each([
    ['1 openat(AT_FDCWD</here>, "/crate/a", O_RDONLY|O_CLOEXEC) = 3</crate/a>', []],
    ['1 openat(AT_FDCWD</here>, "/lib/libc.so", O_RDONLY) = 3</lib/libc.so>', []],
    ['1 openat(AT_FDCWD</here>, "/names", O_RDONLY|O_DIRECTORY) = 3</names>', []],
    ['1 openat(AT_FDCWD</here>, "/names/a", O_RDONLY) = 3</names/a>', ['read /names/a']],
    ['1 openat(AT_FDCWD</here>, "a", O_RDONLY) = -1 ENOENT (No such file or directory)', ['read /here/a']],
    ['1 openat(AT_FDCWD</here>, "/crate/link", O_RDONLY) = 3</etc/passwd>', ['read /etc/passwd']],
    ['1 openat(AT_FDCWD</here>, "/crate/../etc/a", O_RDONLY) = -1 EACCES (x)', ['read /etc/a']],
    ['1 openat(4</crates>, "a", O_RDONLY) = -1 ENOENT (x)', ['read /crates/a']],
    ['1 openat(AT_FDCWD</here>, "/crate/O_RDONLY", O_RDWR) = 3</crate/O_RDONLY>', ['wrote /crate/O_RDONLY']],
    ['1 openat(AT_FDCWD</here>, "/crate/O_RDWR", O_RDONLY) = 3</crate/O_RDWR>', []],
    ['1 openat(AT_FDCWD</here>, "/out/a", O_WRONLY|O_CREAT, 0666) = 3</out/a>', []],
    ['1 open("/tmp", O_RDONLY|O_CREAT) = 3</tmp/a>', ['wrote /tmp/a']],
    ['1 rename("/out/a", "/tmp/b") = 0', ['changed /tmp/b (rename)']],
    ['1 symlink("/etc/passwd", "/out/a") = 0', []],
    ['1 symlinkat("/out/a", AT_FDCWD</here>, "/tmp/a") = 0', ['changed /tmp/a (symlinkat)']],
    ['1 unlinkat(5</crate>, "a", 0) = 0', ['changed /crate/a (unlinkat)']],
    ['1 fchmod(5</crate/a>, 0777) = 0', ['changed /crate/a (fchmod)']],
    ['1 utimensat(5</out/a>, NULL, NULL, 0) = 0', []],
    ['1 statx(AT_FDCWD</here>, "/etc", 0, STATX_ALL, {stx_mask=1}) = 0', []],
  ])('%s', (line, expected) => expect(objections(line)).toEqual(expected))

  test('what a chdir changes is heeded', () => {
    expect(objections('1 chdir("/crate") = 0', '1 mkdir("a", 0777) = 0')).toEqual(['changed /crate/a (mkdir)'])
  })
})

describe('sockets', () => {
  test.each([
    ['1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0', []],
    ['1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3', ['opened a socket: socket AF_INET, SOCK_STREAM, IPPROTO_IP']],
    ['1 socket(AF_INET6, SOCK_DGRAM, 0 <unfinished ...>', ['opened a socket: socket AF_INET6, SOCK_DGRAM, 0']],
    ['1 bind(3, {sa_family=AF_UNIX}, 110) = 0', ['opened a socket: bind 3, {sa_family=AF_UNIX}, 110']],
  ])('%s', (line, expected) => expect(objections(line)).toEqual(expected))
})

describe('programs', () => {
  const clone = '1 clone(child_stack=NULL, flags=SIGCHLD) = 2'
  const cargo = '2 execve("/bin/cargo", ["cargo"], 0x1 /* 3 vars */) = 0'

  test('the user’s cargo may be started, and is not judged; in the crate it may not', () => {
    const reads = '2 openat(AT_FDCWD</tmp/x>, "/etc/hosts", O_RDONLY) = 3</etc/hosts>'
    const verdict = judge([START, clone, '2 chdir("/tmp/x") = 0', cargo, reads], RULES)
    expect(verdict).toEqual({ objections: [], started: [{ program: '/bin/cargo', directory: '/tmp/x' }] })
    expect(objections(clone, '2 chdir("/crate/a") = 0', cargo)).toEqual(['started /bin/cargo in /crate/a'])
  })

  test('what cargo starts is neither in the crate nor of it', () => {
    const made = '2 vfork() = 3'
    const rustc = '3 execve("rustc", ["rustc"], 0x1) = 0'
    expect(objections(clone, cargo, made, rustc)).toEqual([])
    expect(objections(clone, cargo, made, '3 chdir("/crate") = 0', rustc)).toEqual([
      'cargo started /crate/rustc of the crate',
      'started /crate/rustc in /crate',
    ])
  })

  test('another program, one that is not there, and one whose start was cut off', () => {
    expect(objections(clone, '2 execve("/bin/sh", ["sh"], 0x1) = 0')).toEqual(['started /bin/sh'])
    expect(objections(clone, '2 execve("/opt/git", ["git"], 0x1) = -1 ENOENT (x)')).toEqual(['started /opt/git'])
    expect(objections('2 execve("/bin/sh", ["sh"], 0x1 <unfinished ...>')).toEqual(['started /bin/sh'])
    expect(objections('1 execve("/bin/node", ["node"], 0x1) = 0')).toEqual(['started /bin/node'])
  })

  test('a child’s directory is its parent’s, though the parent comes back later', () => {
    const lines = ['1 vfork( <unfinished ...>', '2 mkdir("a", 0777) = 0', '1 <... vfork resumed>) = 2']
    expect(objections('1 chdir("/out") = 0', ...lines)).toEqual([])
  })
})

describe('lines', () => {
  test('calls that are cut apart are put together', () => {
    const lines = ['1 openat(AT_FDCWD</here>, "/crate/a", O_RDONLY <unfinished ...>', '2 exit(0) = ?']
    expect(objections(...lines, '1 <... openat resumed>) = 3</etc/shadow>')).toEqual(['read /etc/shadow'])
  })

  test('signals and ends are no calls; what is no line of a trace is objected to, as is a call that nobody knows', () => {
    expect(objections('1 --- SIGCHLD {si_signo=SIGCHLD} ---', '1 +++ exited with 0 +++', '')).toEqual([])
    expect(objections('garbage')).toEqual(['not understood: garbage'])
    expect(objections('1 <... read resumed>) = 1')).toEqual(['not understood: 1 <... read resumed>) = 1'])
    expect(objections('1 mount("a", "b") = 0')).toEqual(['mount is not known to the judge: "a", "b"'])
    expect(judge([], RULES).objections).toEqual(['the trace shows no program'])
  })

  test('escapes of strace', () => {
    expect(unquote('a\\"\\\\\\n\\303\\274\\76')).toBe('a"\\\nü>')
    expect(readTrace(['7 unlink("a\\") = 1") = 0']).events).toEqual([
      { thread: 7, call: 'unlink', args: '"a\\") = 1"', result: '0' },
    ])
  })
})
