/** What strace wrote down, as events: a call with its arguments and result, of one thread. Pure; unit tests in test/infra. */

/** One system call. */
export interface Event {
  readonly thread: number
  readonly call: string
  /** As strace prints them, descriptors with their paths: `AT_FDCWD</home>, "a", O_RDONLY`. */
  readonly args: string
  /** What follows `= `; empty when the thread ended before the call came back. */
  readonly result: string
}

/** The events in order of their beginning, and lines that are none that we know: what cannot be read is not fine. */
export interface Trace {
  readonly events: readonly Event[]
  readonly unread: readonly string[]
}

const UNFINISHED = / ?<unfinished \.\.\.>$/

/** Reads lines of `strace -f -y`; a call that was interrupted by another thread's is put together again. */
export function readTrace(lines: readonly string[]): Trace {
  const events: Event[] = []
  const unread: string[] = []
  const open = new Map<string, { at: number; begun: string }>()
  for (const line of lines) {
    const [, id = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    const thread = Number(id)
    // A signal, the end of a thread.
    if (/^(?:---|\+\+\+) .* (?:---|\+\+\+)$/.test(rest)) continue
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/s.exec(rest)
    if (resumed !== null) {
      const [, call = '', end = ''] = resumed
      const begun = open.get(`${id} ${call}`)
      open.delete(`${id} ${call}`)
      const event = begun && eventOf(thread, begun.begun + end)
      if (begun === undefined || event === undefined) unread.push(line)
      else events[begun.at] = event
      continue
    }
    const unfinished = UNFINISHED.test(rest)
    const begun = rest.replace(UNFINISHED, '')
    const event = unfinished ? beginningOf(thread, begun) : eventOf(thread, rest)
    if (event === undefined) {
      if (line !== '') unread.push(line)
      continue
    }
    if (unfinished) open.set(`${id} ${event.call}`, { at: events.length, begun })
    events.push(event)
  }
  return { events, unread }
}

function eventOf(thread: number, text: string): Event | undefined {
  const [, call, args = '', result = ''] = /^(\w+)\((.*)\)\s+= (.+)$/s.exec(text) ?? []
  return call === undefined ? undefined : { thread, call, args, result }
}

function beginningOf(thread: number, text: string): Event | undefined {
  const [, call, args = ''] = /^(\w+)\((.*)$/s.exec(text) ?? []
  return call === undefined ? undefined : { thread, call, args, result: '' }
}

/** Text as strace quotes it: C escapes, bytes beyond ASCII in octal. */
export function unquote(text: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' }
  const bytes = text.replace(/\\(?:([0-7]{1,3})|x([0-9a-f]{2})|(.))/gs, (_, octal, hex, letter) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    return hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (named[letter] ?? letter)
  })
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
