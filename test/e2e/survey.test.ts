// Surveys by the built program over a directory of vendored crates: nothing is fetched, workers are real processes.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { LANDSCAPE, vendor } from '../survey/vendored.js'
import { chromium, openFile, startBrowser, WITHOUT_CHROMIUM } from './browser.js'
import { caps, program, repository } from './run-caps.js'

if (chromium === undefined) process.stderr.write(`${WITHOUT_CHROMIUM}\n`)
const inBrowser = chromium === undefined ? test.skip : test

let scratch: string
let list: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'caps-survey-'))
  list = join(scratch, 'vendor')
  vendor(list, LANDSCAPE)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const TARGET = ['--target', 'x86_64-unknown-linux-gnu']
const place = (name: string): string => join(scratch, name)
const run = (output: string, ...more: string[]) =>
  caps(['survey', '--list', list, '-o', place(output), ...TARGET, ...more])

/** Path and bytes of everything below the results and lockfiles. */
function state(output: string): ReadonlyMap<string, string> {
  const files = ['results', 'locks'].flatMap((part) =>
    readdirSync(join(place(output), part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(files.sort().map((file) => [file.slice(place(output).length), readFileSync(file, 'base64')]))
}

describe('caps survey', () => {
  test('analyzes what is there; what cannot be resolved is a result too, and nothing is done twice', () => {
    const first = run('whole', '-j', '1')
    expect([first.code, first.stderr]).toEqual([0, ''])
    expect(first.stdout).toBe(`${place('whole')}: 4 analyzed, 1 failed, 0 known before, 0 left\n`)
    const before = state('whole')
    expect(run('whole').stdout).toContain('0 analyzed, 0 failed, 5 known before')
    expect(state('whole')).toEqual(before)
  })

  test('killed at any time it goes on, and two at once agree: the bytes are those of a calm run', async () => {
    const args = [program, 'survey', '--list', list, '-o', place('storm'), ...TARGET]
    for (const wait of [700, 2500]) {
      const child = spawn(process.execPath, args, { stdio: 'ignore' })
      await setTimeout(wait)
      child.kill('SIGKILL')
    }
    const both = [1, 2].map(
      () => new Promise<number | null>((done) => spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', done)),
    )
    expect(await Promise.all(both)).toEqual([0, 0])
    expect(state('storm')).toEqual(state('whole'))
  })

  test('a crate that needs more than it may costs itself only', () => {
    const { code, stdout } = run('small', '--memory', '60')
    expect([code, stdout]).toEqual([0, `${place('small')}: 0 analyzed, 5 failed, 0 known before, 0 left\n`])
    expect(run('small').stdout).toContain('4 analyzed')
    expect(state('small')).toEqual(state('whole'))
  })

  test('its tables answer in SQL, in each format', () => {
    const sql = "SELECT crate, capability FROM findings WHERE granularity = 'site' AND stage = 'build'"
    const ask = (format: string) => caps(['survey', 'query', sql, place('whole'), '--format', format])
    expect(ask('text')).toEqual({
      code: 0,
      stderr: '',
      stdout: 'crate      capability\n---------  ----------\nmid@0.1.0  exec\n(1 row)\n',
    })
    expect(ask('csv').stdout).toBe('crate,capability\r\nmid@0.1.0,exec\r\n')
    expect(JSON.parse(ask('json').stdout)).toEqual([{ crate: 'mid@0.1.0', capability: 'exec' }])
    const gained =
      "SELECT string_agg(crate, ' ' ORDER BY crate) AS c FROM findings WHERE package = crate AND granularity = 'crate' AND capability = 'network/connect'"
    expect(caps(['survey', 'query', gained, place('whole'), '--format', 'csv']).stdout).toBe('c\r\nlow@1.1.0\r\n')
  })

  inBrowser('its page opens in a browser, wants nothing from elsewhere, fits a phone, and finds a crate', async () => {
    const file = place('landscape.html')
    expect(caps(['survey', 'report', place('whole'), '-o', file]).stderr).toBe('')
    const browser = await startBrowser()
    try {
      const { page, troubles } = await openFile(browser, file)
      const count = () => page.$eval('#count', (element) => element.textContent)
      expect(await count()).toBe('4 of 4')
      await page.type('#search', 'MID@')
      expect(await count()).toBe('1 of 4')
      expect(await page.$$eval('figure svg', (pictures) => pictures.length)).toBeGreaterThanOrEqual(5)
      await page.setViewport({ width: 390, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      expect(troubles).toEqual([])
    } finally {
      await browser.close()
    }
  })

  test.each([
    ['no list', [], 'There is no list of crates'],
    ['a list that is not there', ['--list', 'nowhere'], 'The list nowhere cannot be read'],
    ['rubbish', ['--list', 'package.json'], 'package.json is no list of crates'],
    ['a directory without crates', ['--list', 'docs'], 'docs holds no crates'],
    ['a number that is none', ['--list', 'package.json', '--top', 'x'], '--top is no number of things'],
    ['no query', ['query'], 'There is no query'],
    ['a query of nothing', ['query', 'SELECT 1', 'docs'], `${join(repository, 'docs')} is no directory of a survey`],
    ['a word too many', ['run', 'more'], '"more" is one word too many'],
  ])('%s: one error, and exit code 2', (_, args, what) => {
    const { code, stdout, stderr } = caps(['survey', '-o', place('none'), ...args])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.match(/^error: .*$/gm)).toEqual([`error: ${what}`])
  })

  test('a directory that is no survey’s is left alone', () => {
    writeFileSync(join(scratch, 'note'), 'mine')
    const { code, stderr } = caps(['survey', '--list', list, '-o', scratch])
    expect(code).toBe(2)
    expect(stderr).toContain(`${scratch} is no directory of a survey`)
    expect(readdirSync(scratch)).not.toContain('survey.json')
  })
})
