/**
 * Runs over one store are killed at random moments while two others go on over it: what the others print, and what is printed
 * afterwards from what is left, is what is printed without a store. CAPS_KILLS says how many; fifty take minutes.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { generator } from '../support/target-crates.js'
import { program } from './run-caps.js'

const KILLS = Number(process.env['CAPS_KILLS'] ?? '10')
const OTHERS = 2

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-killed-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A crate that differs from the others in a text alone, so that each is an entry of its own. */
function crate(number: number): string {
  const directory = join(root, 'crates', `${number}`, 'it')
  mkdirSync(join(directory, 'src'), { recursive: true })
  writeFileSync(join(directory, 'Cargo.toml'), '[package]\nname = "it"\nversion = "1.0.0"\nedition = "2021"\n')
  const code = `pub fn read() { let _ = std::fs::read("${textOf(number)}"); }\n`
  writeFileSync(join(directory, 'src/lib.rs'), code)
  return directory
}
const textOf = (number: number): string => `/file-${1000 + number}`

interface Ended {
  readonly code: number | null
  readonly output: string
}

function start(directory: string, ...options: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const args = [program, 'graph', '.', '--offline', '--target', 'x86_64-unknown-linux-gnu', ...options]
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { ...process.env, CAPS_CACHE_DIR: join(root, 'store') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<Ended>((done, fail) =>
    child.on('error', fail).on('close', (code) => done({ code, output: Buffer.concat(parts).toString() })),
  )
  return { child, ended }
}

test(
  `${KILLS} runs are killed`,
  async () => {
    const random = generator(1)
    const began = performance.now()
    const alone = await start(crate(0), '--no-cache').ended
    const lasts = performance.now() - began
    expect(alone).toMatchObject({ code: 0, output: expect.stringContaining(textOf(0)) })
    const expected = (number: number): Ended => ({
      ...alone,
      output: alone.output.replaceAll(textOf(0), textOf(number)),
    })

    let number = 1
    let isOver = false
    const wrong: Ended[] = []
    let went = 0
    /** The crate that is being killed, and the one before it: both are written and read at once. */
    const goOn = async (): Promise<void> => {
      for (let i = 0; !isOver; i++) {
        const one = Math.max(1, number - (i % 2))
        const ended = await start(crate(one)).ended
        went++
        if (ended.code !== 0 || ended.output !== expected(one).output) wrong.push(ended)
      }
    }
    crate(number)
    const others = Array.from({ length: OTHERS }, goOn)
    let killed = 0
    for (; killed < KILLS; number++) {
      const { child, ended } = start(crate(number))
      const timer = setTimeout(() => child.kill('SIGKILL'), random() * lasts * 1.2)
      const { code } = await ended
      clearTimeout(timer)
      // One that was quicker than its moment was not killed.
      if (code === null) killed++
    }
    isOver = true
    await Promise.all(others)
    expect(wrong).toEqual([])
    expect(went).toBeGreaterThan(0)
    for (let one = Math.max(1, number - 5); one < number; one++) {
      expect(await start(crate(one)).ended).toEqual(expected(one))
    }
  },
  KILLS * 120_000,
)
