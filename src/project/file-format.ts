/**
 * What a file that is not text is, by its first bytes. A name says nothing: whoever hides a program calls it `logo.png`.
 * It tells formats apart for a reader; it does not check that a file is whole, or only what it claims to be.
 */
import { isUtf8 } from 'node:buffer'

/** How much of a file is looked at for its format, in bytes; the mark of a tar archive stands last. */
export const FORMAT_BYTES = 265

interface Mark {
  readonly format: string
  /** Alternatives, each as hexadecimal digits; `..` stands for any byte. */
  readonly bytes: readonly string[]
  readonly at?: number
}

/** Longer marks first where one begins with another. Ends in `program`, `object`, `archive`, `image`, … for the reader. */
const MARKS: readonly Mark[] = [
  { format: 'ELF program or object', bytes: ['7f454c46'] },
  { format: 'Mach-O program or object', bytes: ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'] },
  { format: 'Mach-O or Java program', bytes: ['cafebabe'] },
  { format: 'PE program', bytes: ['4d5a'] },
  { format: 'WebAssembly program', bytes: ['0061736d'] },
  { format: 'LLVM bitcode object', bytes: ['4243c0de', 'dec0170b'] },
  { format: 'Dalvik program', bytes: ['6465780a'] },
  { format: 'ar archive', bytes: ['213c617263683e0a', '213c7468696e3e0a'] },
  { format: 'gzip archive', bytes: ['1f8b'] },
  { format: 'zip archive', bytes: ['504b0304', '504b0506'] },
  { format: 'xz archive', bytes: ['fd377a585a00'] },
  { format: 'zstd archive', bytes: ['28b52ffd'] },
  { format: 'bzip2 archive', bytes: ['425a68'] },
  { format: 'lz4 archive', bytes: ['04224d18'] },
  { format: '7z archive', bytes: ['377abcaf271c'] },
  { format: 'RAR archive', bytes: ['526172211a07'] },
  { format: 'tar archive', bytes: ['7573746172'], at: 257 },
  { format: 'PNG image', bytes: ['89504e470d0a1a0a'] },
  { format: 'JPEG image', bytes: ['ffd8ff'] },
  { format: 'GIF image', bytes: ['474946383761', '474946383961'] },
  { format: 'WebP image', bytes: ['52494646........57454250'] },
  { format: 'icon image', bytes: ['00000100'] },
  { format: 'TIFF image', bytes: ['49492a00', '4d4d002a'] },
  { format: 'TrueType font', bytes: ['0001000000', '74727565', '4f54544f', '74746366'] },
  { format: 'WOFF font', bytes: ['774f4646', '774f4632'] },
  { format: 'PDF document', bytes: ['255044462d'] },
  { format: 'SQLite database', bytes: ['53514c69746520666f726d6174203300'] },
  { format: 'Ogg audio', bytes: ['4f676753'] },
  { format: 'WAVE audio', bytes: ['52494646........57415645'] },
  // Machine numbers of x86-64, i386 and arm64: short marks, and so behind all others.
  { format: 'COFF object', bytes: ['6486....', '4c01....', '64aa....'] },
]

/** Whether the bytes are text: UTF-8 without a NUL. A file cut in the middle of a character is none. */
export function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0)
}

/** The format of a file that is no text, from its beginning (`FORMAT_BYTES` are enough). */
export function formatOf(head: Uint8Array): string {
  return MARKS.find(({ bytes, at = 0 }) => bytes.some((mark) => hasMark(head, mark, at)))?.format ?? 'unknown binary'
}

function hasMark(head: Uint8Array, mark: string, at: number): boolean {
  if (head.length < at + mark.length / 2) return false
  for (let i = 0; i < mark.length; i += 2) {
    const digits = mark.slice(i, i + 2)
    if (digits !== '..' && head[at + i / 2] !== Number.parseInt(digits, 16)) return false
  }
  return true
}
