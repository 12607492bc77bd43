/** The HTML page in a real browser: what it shows, by mouse and keyboard, and that hostile text stays text. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'puppeteer-core'
import { renderHtml } from '../../src/report/html.js'
import type { AnalysisInput } from '../../src/report/html-pack.js'
import { HOSTILE, hostileInput, largeInput } from '../report/page-fixtures.js'
import { chromium, openFile, startBrowser, WITHOUT_CHROMIUM } from './browser.js'
import { caps, repository } from './run-caps.js'

if (chromium === undefined) process.stderr.write(`${WITHOUT_CHROMIUM}\n`)
const inBrowser = chromium === undefined ? test.skip : test

let directory = ''
let browser: Browser
let sample = ''
beforeAll(async () => {
  if (chromium === undefined) return
  directory = mkdtempSync(join(tmpdir(), 'caps-page-'))
  sample = join(directory, 'sample.html')
  expect(caps(['analyze', 'samples/program', '--offline', '--format', 'html', '-o', sample])).toMatchObject({
    code: 0,
    stderr: '',
  })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(directory, { recursive: true, force: true })
})

const built = (file: string): string => readFileSync(`${repository}dist/page/${file}`, 'utf8')

function written(name: string, input: AnalysisInput): string {
  const file = join(directory, name)
  writeFileSync(file, renderHtml(input, { script: built('page.js'), style: built('page.css') }))
  return file
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? '')
const count = async (page: Page, selector: string): Promise<number> =>
  (await page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`)) as number
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent') as Promise<string>

describe('the page of a sample', () => {
  inBrowser('shows the most serious first, and its path with the source of every step', async () => {
    const { page, troubles } = await openFile(browser, sample)
    expect(await textOf(page, 'h1')).toBe('notes 1.2.0')
    expect(await textOf(page, '.group h3')).toContain('exec')
    await page.click('.finding .head')
    const steps = await page.$$eval('.finding .path > li', (all) =>
      all.map((step) => [step.querySelector('code')?.textContent, step.querySelector('.line.here .text')?.textContent]),
    )
    expect(steps.map(([name]) => name)).toEqual([
      'notes::main',
      'notes::run',
      'notes::edit',
      'std::process::Command::status',
    ])
    expect(steps[0]?.[1]).toBe('fn main() -> ExitCode {')
    expect(await page.$$eval('.finding mark', (all) => all.map((mark) => mark.textContent))).toEqual([
      'run',
      'edit',
      'status',
    ])
    expect(troubles).toEqual([])
  })

  inBrowser('is filtered, and the filter stands in the address', async () => {
    const { page } = await openFile(browser, sample)
    await page.click('.switch[aria-pressed=false]')
    expect(await page.evaluate('location.hash')).toBe('#capability=exec')
    expect(await count(page, '.group')).toBe(1)
    const linked = await openFile(browser, sample, '#capability=fs&open=notes%401.2.0+fs%2Fwrite+run+certain+direct')
    expect(await linked.page.$$eval('.group h3 .badge', (all) => all.map((badge) => badge.textContent))).toEqual([
      '▲fs/write',
      '◆fs/meta',
    ])
    expect(await textOf(linked.page, '.finding .head[aria-expanded=true]')).toContain('notes 1.2.0')
    expect(await textOf(linked.page, '[role=status]')).toMatch(/^2 of \d+ findings$/)
  })

  inBrowser('is worked by the keyboard alone', async () => {
    const { page } = await openFile(browser, sample)
    await page.keyboard.press('/')
    await page.keyboard.type('status')
    await page.waitForFunction('document.querySelectorAll(".group").length === 1')
    await page.keyboard.press('Escape')
    await page.waitForFunction('document.querySelectorAll(".group").length > 1')
    await page.keyboard.press('Escape')
    await page.focus('.finding .head')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe(await page.$$eval('.finding .head', (all) => all[1]?.textContent))
    await page.keyboard.press('Enter')
    expect(await count(page, '.head[aria-expanded=true]')).toBe(1)
    await page.keyboard.press('Escape')
    expect(await count(page, '.head[aria-expanded=true]')).toBe(0)
  })

  inBrowser('comes onto paper with its paths', async () => {
    const { page } = await openFile(browser, sample)
    await page.evaluate(`new MutationObserver(() => {
      window.printed ??= document.querySelector('.paper').textContent
    }).observe(document.querySelector('.paper'), { childList: true })`)
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000)
    const printed = (await page.evaluate('window.printed')) as string
    expect(printed).toContain('notes::edit')
    expect(printed).toContain('std::process::Command::status')
    expect(await textOf(page, '.paper')).toBe('')
  })

  inBrowser('can be read in light and in dark', async () => {
    const { page } = await openFile(browser, sample)
    await page.click('.finding .head')
    for (const value of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      expect(await page.evaluate(WEAK_CONTRASTS)).toEqual([])
    }
  })
})

describe('the page of a diff', () => {
  inBrowser('shows what was gained, and both sides with their source', async () => {
    const file = join(directory, 'diff.html')
    const sides = ['samples/malicious-pair/v1', 'samples/malicious-pair/v2']
    expect(caps(['diff', ...sides, '--offline', '--format', 'html', '-o', file])).toMatchObject({ code: 0, stderr: '' })
    const { page, troubles } = await openFile(browser, file)
    expect(await textOf(page, 'h1')).toBe('linelog 1.4.0 → 1.4.1')
    expect(await page.$$eval('.verdict .badge.alarm', (all) => all.map((badge) => badge.textContent))).toEqual([
      '▲exec',
      '▲network/connect',
      '▲network/resolve',
    ])
    expect(await textOf(page, '.group h3')).toContain('linelog-format')
    await page.$$eval('.head', (all) => {
      for (const head of all) head.click()
    })
    // The new dependency's build script is there to be read, and what went is shown on its old side.
    expect(await textOf(page, '.group')).toContain('.args(["--silent", "--fail"')
    expect(await page.$$eval('.side.old mark', (all) => all.length)).toBeGreaterThan(0)
    expect(await page.$$eval('.side.new mark', (all) => all.map((mark) => mark.textContent))).toContain('spawn')
    expect(await page.evaluate(WEAK_CONTRASTS)).toEqual([])
    expect(troubles).toEqual([])
  })

  inBrowser('is filtered by direction, and opened for paper', async () => {
    const { page } = await openFile(browser, join(directory, 'diff.html'), '#direction=less')
    expect(await count(page, '.finding')).toBe(1)
    expect(await textOf(page, '.finding')).toContain('lost')
    await page.evaluate(`new MutationObserver(() => {
      window.opened = document.querySelectorAll('.head[aria-expanded=true]').length
    }).observe(document.querySelector('.groups'), { attributes: true, subtree: true })`)
    await page.pdf()
    expect(await page.evaluate('window.opened')).toBe(0)
    expect(await count(page, '.detail .source')).toBeGreaterThan(0)
  })

  inBrowser('of reports says that they hold no source', async () => {
    const [old, now] = ['v1', 'v2'].map((side) => {
      const report = join(directory, `${side}.json`)
      caps([
        'analyze',
        `samples/malicious-pair/${side}`,
        '--offline',
        '--format',
        'json',
        '--granularity',
        'site',
        '-o',
        report,
      ])
      return report
    })
    const file = join(directory, 'reports.html')
    expect(caps(['diff', old as string, now as string, '--format', 'html', '-o', file])).toMatchObject({ code: 0 })
    const { page, troubles } = await openFile(browser, file)
    await page.click('.head')
    expect(await textOf(page, '.no-source')).toBe('No source here: this page was made without it.')
    expect(troubles).toEqual([])
  })
})

describe('hostile text', () => {
  inBrowser('stays text wherever it comes from', async () => {
    const file = written('hostile.html', hostileInput())
    const { page, troubles } = await openFile(browser, file)
    for (const head of await page.$$('.head')) await head.click()
    await page.$$eval('details', (all) => {
      for (const box of all) box.open = true
    })
    await page.waitForSelector('.sites .source')
    await page.pdf()
    expect(await page.evaluate('window.taken')).toBeUndefined()
    expect(troubles).toEqual([])
    expect(await count(page, 'img, svg, iframe, object, form')).toBe(0)
    expect(await count(page, 'script')).toBe(2)
    expect(await page.title()).toContain(HOSTILE)
    for (const place of [
      'h1',
      '.tree',
      '.finding .path-line',
      '.source',
      '.literals',
      '.note.condition',
      '.coverage',
    ]) {
      expect(await textOf(page, place)).toContain('<img src=x onerror=')
    }
    expect(await textOf(page, '.literals')).toContain('\\u{202e}')
    expect(await textOf(page, '.source')).toContain('⟨300 blanks⟩')
  })

  inBrowser('could not run even if it became markup', async () => {
    const { page } = await openFile(browser, sample)
    await expect(page.evaluate('document.body.innerHTML = "<b>x</b>"')).rejects.toThrow(/TrustedHTML/)
    await page.evaluate(`{
      const link = document.createElement('a')
      const script = document.createElement('script')
      document.body.append(link, script)
      const ways = [
        () => (link.href = 'javascript:window.taken=1'),
        () => link.click(),
        () => link.setAttribute('onclick', 'window.taken=1'),
        () => link.click(),
        () => script.append('window.taken=1'),
        () => document.body.append(script.cloneNode(true)),
        () => setTimeout('window.taken=1'),
      ]
      for (const way of ways) {
        try {
          way()
        } catch {}
      }
    }`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await page.evaluate('window.taken')).toBeUndefined()
  })
})

describe('a large tree', () => {
  inBrowser('of 500 packages and 10,000 findings opens and filters at once', async () => {
    const { page, troubles } = await openFile(browser, written('large.html', largeInput(500, 20)))
    const loaded = await page.evaluate('performance.now()')
    // Several times what it takes, since tests share the machine; twice all findings in the document would be over it.
    expect(loaded).toBeLessThan(5_000)
    expect(await count(page, '*')).toBeLessThan(20_000)
    expect(await page.evaluate(timed(`document.querySelectorAll('.switch')[0].click()`))).toBeLessThan(1_000)
    expect(await page.evaluate(timed(`document.querySelectorAll('.tree-tools button')[0].click()`))).toBeLessThan(3_000)
    expect(await count(page, '[role=treeitem]')).toBeGreaterThan(500)
    expect(troubles).toEqual([])
  })

  inBrowser('unfolds to the package of the address, and tells by which packages it comes in', async () => {
    const file = written('chosen.html', largeInput(60, 3))
    const { page } = await openFile(browser, file, '#package=package-58%401.0.58')
    expect(await textOf(page, '[aria-selected=true] > .node .package')).toBe('package-58 1.0.58')
    expect(await textOf(page, '.package-facts .comes-in')).toMatch(
      /^Comes in by package-0 1.0.0 → .* → package-58 1.0.58$/,
    )
    expect(new Set(await page.$$eval('.finding .who .package', (all) => all.map((name) => name.textContent)))).toEqual(
      new Set(['package-58 1.0.58']),
    )
    await page.click('.clear')
    expect(await textOf(page, '.package-facts')).toBe('')
  })

  inBrowser('is walked as trees are', async () => {
    const { page } = await openFile(browser, written('tree.html', largeInput(60, 3)))
    const at = (): Promise<unknown> => page.evaluate('document.activeElement.dataset.id')
    const open = (): Promise<unknown> => page.evaluate('document.activeElement.getAttribute("aria-expanded")')
    expect(await page.$$eval('[role=treeitem][tabindex="0"]', (all) => all.length)).toBe(1)
    await page.focus('[role=treeitem][tabindex="0"]')
    expect([await at(), await open()]).toEqual(['package-0@1.0.0', 'true'])
    await page.keyboard.press('ArrowRight')
    const child = await at()
    expect(await open()).toBe('false')
    await page.keyboard.press('ArrowRight')
    expect([await at(), await open()]).toEqual([child, 'true'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    expect(await at()).toBe(child)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('new URLSearchParams(location.hash.slice(1)).get("package")')).toBe(child)
    expect(await page.evaluate('document.activeElement.getAttribute("aria-selected")')).toBe('true')
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    expect(await at()).toBe('package-0@1.0.0')
  })
})

/** Milliseconds until what was done is drawn. */
const timed = (action: string): string => `new Promise((resolve) => {
  const began = performance.now()
  ${action}
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
})`

/** Texts with less contrast than WCAG's 4.5:1, by WCAG's own formula; run in the page. */
const WEAK_CONTRASTS = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number)
  const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor)
      if (colour[3] === undefined || colour[3] > 0) return colour
    }
  }
  const weak = []
  for (const element of document.body.querySelectorAll('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!own || !element.checkVisibility()) continue
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < 4.5) weak.push(element.className + ': ' + element.textContent.slice(0, 40) + ' ' + ratio.toFixed(2))
  }
  return weak
})()`
