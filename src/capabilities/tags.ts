/**
 * What a value is, where it is one of those that a reviewer asks about first: `[[tags]]` of the maps. A tag is a name, not a
 * verdict: nothing is hidden or found because of it.
 */
import { posix } from 'node:path'
import { globTest } from '../base/index.js'
import type { Capability } from './capability.js'
import type { Resource } from './findings.js'
import type { TagRow } from './map-schema.js'

type Value = Pick<Resource, 'kind' | 'value' | 'arguments' | 'known'>
type Test = (value: Value) => boolean

export class Tagger {
  readonly #rows: readonly { readonly row: TagRow; readonly test: Test }[]

  constructor(rows: readonly TagRow[]) {
    this.#rows = rows.map((row) => ({ row, test: testOf(row) }))
  }

  /** Sorted; of no capability only those rows that are about all. */
  tagsOf(value: Value, capability?: Capability): readonly string[] {
    if (value.known === 'unknown') return []
    const isMeant = ({ of }: TagRow): boolean =>
      of === undefined || (capability !== undefined && of.includes(capability))
    const tags = this.#rows.filter(({ row, test }) => isMeant(row) && test(value)).map(({ row }) => row.tag)
    return [...new Set(tags)].sort()
  }
}

function testOf({ paths = [], programs = [], variables = [], hosts = [], literal_addresses: isLiteral }: TagRow): Test {
  const pathTests = paths.map(pathTest)
  const isProgram = new Set(programs)
  const variableTests = variables.map((name) => globTest(name))
  const isHost = (host: string): boolean => hosts.some((known) => host === known || host.endsWith(`.${known}`))
  return (value) => {
    if (value.kind === 'variable') return variableTests.some((test) => test(value.value))
    if (value.kind === 'program' && isProgram.has(programName(value.value))) return true
    const texts = textsOf(value)
    if (pathTests.length > 0 && texts.flatMap(waysOf).some((names) => pathTests.some((test) => test(names))))
      return true
    if (hosts.length === 0 && !isLiteral) return false
    const found = texts.flatMap((text) => hostsOf(text, value.kind))
    return found.some((host) => isHost(host) || (isLiteral === true && isForeignAddress(host)))
  }
}

/** The value and the words of its arguments, in which a shell's words are looked at too. */
function textsOf({ value, arguments: more = [] }: Value): readonly string[] {
  return [value, ...more.flatMap((text) => [text, ...text.split(/[\s"'`;|&<>()=]+/)])].filter((text) => text !== '')
}

/** `/usr/bin/Python3.exe` is `python3`. */
function programName(value: string): string {
  return (value.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.(exe|cmd|bat)$/, '')
}

/** The names of a path as it is written, and as it is read: without `.`, and without what `..` takes back. */
const waysOf = (path: string): readonly (readonly string[])[] => [
  namesOf(path),
  namesOf(posix.normalize(path.replaceAll('\\', '/'))),
]

/** The names of a path; the first is empty where it begins at the root. */
const namesOf = (path: string): readonly string[] =>
  path
    .replace(/^[A-Za-z]:/, '')
    .split(/[/\\]+/)
    .map((name) => name.toLowerCase())

/** Whether the names stand one behind the other in a path; a pattern that begins at the root, at its beginning. */
function pathTest(pattern: string): (names: readonly string[]) => boolean {
  const wanted = namesOf(pattern).map((name) => globTest(name))
  const isRooted = pattern.startsWith('/')
  return (names) => {
    const last = isRooted ? 0 : names.length - wanted.length
    for (let at = 0; at <= last; at++) if (wanted.every((test, i) => test(names[at + i] ?? '\0'))) return true
    return false
  }
}

/** Of an address its host; of any text the host of the URL that it is. */
function hostsOf(text: string, kind: Resource['kind']): readonly string[] {
  const url = /^[a-z][a-z\d+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(text)
  const isAddress = kind === 'host' || kind === 'address'
  const plain = isAddress ? /^(\[[^\]]*\]|[^/:]*|[\da-f:]*:[\da-f:.]*)(?::[\d*]*)?$/i.exec(text) : undefined
  const host = (url ?? plain)?.[1]?.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  return host === undefined || host === '' ? [] : [host]
}

/** An address of another machine: not this one, not any. */
const isForeignAddress = (host: string): boolean =>
  (isIpv4(host) || IPV6.test(host)) && !/^(127\.|0\.0\.0\.0$|::1?$|255\.255\.255\.255$)/.test(host)

const isIpv4 = (host: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)
/** Hexadecimal digits around at least two colons: no name has one. */
const IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*$/
