/**
 * The names that cargo derives from an address for its directories of a registry or of a git repository: `HOST-HASH` and
 * `REPOSITORY-HASH`. The hash is cargo's: SipHash 1-3 with 128 bits since 1.85, SipHash 2-4 with 64 bits before. Another
 * cargo may hash otherwise; whoever looks for a directory says what follows when none has either name.
 */

const MASK = (1n << 64n) - 1n

/** A URL as cargo compares it: without a `/` or `.git` at its end, and on the host that ignores case, in lower case. */
export function canonicalUrl(address: string): string {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    // What cannot be read as a URL is equal to itself alone.
    return address
  }
  let { href } = url
  const isLowered = url.hostname === 'github.com' && /^https?:$|^ssh:$|^git:$/.test(url.protocol)
  if (isLowered) href = `https${href.slice(url.protocol.length - 1)}`
  const path = url.pathname
  let shortened = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  if (isLowered) shortened = shortened.toLowerCase()
  if (!url.protocol.includes('+') && shortened.endsWith('.git')) shortened = shortened.slice(0, -'.git'.length)
  const start = href.indexOf(path, href.indexOf('://') + 3 + url.host.length)
  return path === '' || start < 0 ? href : href.slice(0, start) + shortened + href.slice(start + path.length)
}

/** Directory names for the registry whose index has this address; `sparse+` is a part of it. */
export function registryDirectoryNames(index: string): readonly string[] {
  const kind = index.startsWith('sparse+') ? SPARSE_REGISTRY : REGISTRY
  const host = hostOf(index)
  const text = textBytes(canonicalUrl(index))
  return [
    `${host}-${newHash(Buffer.concat([Buffer.from([kind]), text]))}`,
    `${host}-${oldHash(Buffer.concat([Buffer.from([kind, 0, 0, 0, 0, 0, 0, 0]), text]))}`,
  ]
}

/** Directory names for a git repository, whatever reference of it is asked for. */
export function gitDirectoryNames(address: string): readonly string[] {
  const url = canonicalUrl(address)
  const name = url.slice(url.lastIndexOf('/') + 1).replace(/[?#].*$/, '')
  const text = textBytes(url)
  return [newHash(text), oldHash(text)].map((hash) => `${name === '' ? '_empty' : name}-${hash}`)
}

/** The host of an address; a file has none. */
export function hostOf(address: string): string {
  const [, host = ''] = /^[a-z+.-]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(address) ?? []
  return host.toLowerCase()
}

/** Places in cargo's list of kinds of sources. */
const REGISTRY = 2
const SPARSE_REGISTRY = 3

/** A string as Rust hashes it. */
const textBytes = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.from([0xff])])

function newHash(bytes: Buffer): string {
  const state = startState(0xeen)
  absorb(state, bytes, 1)
  state.v2 ^= 0xeen
  rounds(state, 3)
  const low = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
  state.v1 ^= 0xddn
  rounds(state, 3)
  const high = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
  return littleEndian((low * 3n + high) & MASK)
}

function oldHash(bytes: Buffer): string {
  const state = startState(0n)
  absorb(state, bytes, 2)
  state.v2 ^= 0xffn
  rounds(state, 4)
  return littleEndian(state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
}

interface SipState {
  v0: bigint
  v1: bigint
  v2: bigint
  v3: bigint
}

/** Both keys are zero. */
function startState(variant: bigint): SipState {
  return {
    v0: 0x736f6d6570736575n,
    v1: 0x646f72616e646f6dn ^ variant,
    v2: 0x6c7967656e657261n,
    v3: 0x7465646279746573n,
  }
}

function absorb(state: SipState, bytes: Buffer, count: number): void {
  const padded = Buffer.alloc(Math.floor(bytes.length / 8) * 8 + 8)
  bytes.copy(padded)
  padded[padded.length - 1] = bytes.length & 0xff
  for (let at = 0; at < padded.length; at += 8) {
    const word = padded.readBigUInt64LE(at)
    state.v3 ^= word
    rounds(state, count)
    state.v0 ^= word
  }
}

function rounds(state: SipState, count: number): void {
  for (let round = 0; round < count; round++) {
    state.v0 = (state.v0 + state.v1) & MASK
    state.v1 = rotate(state.v1, 13n) ^ state.v0
    state.v0 = rotate(state.v0, 32n)
    state.v2 = (state.v2 + state.v3) & MASK
    state.v3 = rotate(state.v3, 16n) ^ state.v2
    state.v0 = (state.v0 + state.v3) & MASK
    state.v3 = rotate(state.v3, 21n) ^ state.v0
    state.v2 = (state.v2 + state.v1) & MASK
    state.v1 = rotate(state.v1, 17n) ^ state.v2
    state.v2 = rotate(state.v2, 32n)
  }
}

const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & MASK

function littleEndian(value: bigint): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes.toString('hex')
}
