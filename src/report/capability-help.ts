/**
 * What each capability covers, in one phrase, for formats that explain themselves where docs/capabilities.md is not at
 * hand (SARIF's rule help). The same phrases as there; a test holds both together. Why one matters stands in severity.ts.
 */

const COVERS: ReadonlyMap<string, string> = new Map([
  ['exec', 'starting another program'],
  ['dynload', 'loading code at run time'],
  ['memory/exec', 'executable memory, bytes turned into a function'],
  ['asm', 'assembly'],
  ['syscall', 'raw system calls'],
  ['hook', 'code that runs unasked'],
  ['network/connect', 'talking to another machine'],
  ['network/listen', 'waiting for others'],
  ['network/resolve', 'looking names up'],
  ['fs/write', 'creating, changing, deleting files, their names and permissions'],
  ['build/link', 'what a build script tells cargo to link'],
  ['ffi', 'foreign code that no map names; native libraries linked'],
  ['fs/read', 'contents of files'],
  ['env/read', 'environment variables, current directory'],
  ['env/write', 'changing them'],
  ['system/write', 'limits, users, mounts, signals to others, privileges'],
  ['build/env', 'what a build script tells cargo to set for the compiler'],
  ['unsafe', "unsafe operations in the crate's own code"],
  ['system/read', 'host, user, processes'],
  ['fs/meta', 'seeing which files there are'],
  ['process/signal', 'signal handlers'],
  ['process/exit', 'ending itself'],
  ['env/args', 'arguments'],
  ['thread', 'starting threads'],
  ['stdio', 'terminal input and output'],
  ['random', 'randomness of the operating system'],
  ['time', 'clocks'],
  ['unanalyzed', 'code that could not be read or resolved'],
])

/** `starting another program`; undefined for a capability that is not ours. */
export function coversText(capability: string): string | undefined {
  return COVERS.get(capability)
}
