/** Applies one delta of a pack: an object told as copies from another one and new bytes between them. */

/** A number in groups of seven bits, the lowest first, and where it ends. */
export function sizeAt(bytes: Uint8Array, start: number): { readonly size: number; readonly end: number } {
  let size = 0
  let factor = 1
  let at = start
  for (;;) {
    const byte = bytes[at++]
    if (byte === undefined || at - start > 8) throw new Error('a number in a pack is damaged')
    size += (byte & 0x7f) * factor
    factor *= 0x80
    if (byte < 0x80) return { size, end: at }
  }
}

/** The size of what a delta makes, from its beginning. */
export function resultSize(delta: Uint8Array): number {
  return sizeAt(delta, sizeAt(delta, 0).end).size
}

/** What a delta makes of its base. Throws an Error when it does not fit the base, or would make more than `limit` bytes. */
export function applyDelta(base: Uint8Array, delta: Uint8Array, limit: number): Uint8Array {
  const from = sizeAt(delta, 0)
  const to = sizeAt(delta, from.end)
  if (from.size !== base.length) throw new Error('a delta in a pack does not fit its base')
  if (to.size > limit) throw new Error(`an object has ${to.size} bytes, the limit is ${limit}`)
  const result = new Uint8Array(to.size)
  let written = 0
  let at = to.end
  const put = (piece: Uint8Array, length: number): void => {
    if (piece.length !== length || written + length > result.length) throw new Error('a delta in a pack is damaged')
    result.set(piece, written)
    written += length
  }
  while (at < delta.length) {
    const code = delta[at++] ?? 0
    if (code === 0) throw new Error('a delta in a pack is damaged')
    if (code < 0x80) {
      put(delta.subarray(at, at + code), code)
      at += code
      continue
    }
    const numbers = [0, 0, 0, 0, 0, 0, 0].map((_, bit) => ((code >> bit) & 1 ? (delta[at++] ?? 0) : 0))
    const number = (bytes: readonly number[]): number => bytes.reduceRight((sum, byte) => sum * 0x100 + byte, 0)
    const offset = number(numbers.slice(0, 4))
    const length = number(numbers.slice(4)) || 0x10000
    put(base.subarray(offset, offset + length), length)
  }
  if (written !== result.length) throw new Error('a delta in a pack is damaged')
  return result
}
