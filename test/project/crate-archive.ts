// Crate archives as a registry has them, written by hand.
import { gzipSync } from 'node:zlib'

export interface TarEntry {
  readonly name: string
  readonly content?: string | Buffer
  /** '0' file, '2' symbolic link, '5' directory, 'x' pax header, 'L' GNU long name. */
  readonly type?: string
}

/** One tar entry: header, content, padding. */
export function tarEntry({ name, content = '', type = '0' }: TarEntry): Buffer {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name.slice(0, 100), 0)
  header.write('0000644\0', 100)
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

export function tarGz(entries: readonly TarEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]))
}

export type Files = Readonly<Record<string, string>>

/** A `.crate` archive. */
export function crateArchive(name: string, version: string, files: Files): Buffer {
  return tarGz(Object.entries(files).map(([path, content]) => ({ name: `${name}-${version}/${path}`, content })))
}
