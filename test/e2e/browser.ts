/** A real browser for the page's tests: Debian's chromium, without a display. */
import { existsSync } from 'node:fs'
import { type Browser, launch, type Page } from 'puppeteer-core'

const PLACES = [
  process.env['CAPS_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The browser's program; undefined when this machine has none. */
export const chromium: string | undefined = PLACES.find((place) => place !== undefined && existsSync(place))

/** Said instead of a silent skip: whoever reads the log must see that the page was not tried. */
export const WITHOUT_CHROMIUM =
  'SKIPPED: the page is tested in chromium, which is not there; `apt-get install chromium` or set CAPS_CHROMIUM to its path'

export async function startBrowser(): Promise<Browser> {
  // Chromium's sandbox cannot be set up by root, as which containers run tests.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return launch({ executablePath: chromium as string, args })
}

export interface Watched {
  readonly page: Page
  /** Errors, violations of the policy, and whatever the page wanted from elsewhere. */
  readonly troubles: string[]
}

/** A page of a file, and all that went wrong on it. */
export async function openFile(browser: Browser, file: string, hash = ''): Promise<Watched> {
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${String(error)}`))
  page.on('console', (message) => troubles.push(`console: ${message.text()}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`file://${file}`)) troubles.push(`request: ${request.url()}`)
  })
  await page.setViewport({ width: 1300, height: 900 })
  await page.goto(`file://${file}${hash}`)
  return { page, troubles }
}
