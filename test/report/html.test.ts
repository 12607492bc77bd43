/** The HTML file itself: what may run in it, that crate text cannot leave its block, and that nothing is lost in packing. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { NO_EXCERPTS } from '../../src/report/excerpts.js'
import { renderHtml } from '../../src/report/html.js'
import { type AnalysisPage, unpackFinding } from '../../src/report/html-data.js'
import { MAX_SITES, packAnalysis } from '../../src/report/html-pack.js'
import { HOSTILE, hostileInput, largeInput } from './page-fixtures.js'
import { finding, packageOf, result } from './results.js'

const assets = { script: 'let a = "$&"', style: 'p { color: red }' }
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')

function dataOf(html: string): AnalysisPage {
  const block = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1]
  return JSON.parse(block ?? '') as AnalysisPage
}

describe('the file', () => {
  const html = renderHtml(hostileInput(), assets)

  test('lets nothing run but its own script and style, and loads nothing', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${sha256(assets.script)}'`,
      `style-src 'sha256-${sha256(assets.style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(html).toContain(`<script>${assets.script}</script>`)
    expect(html).toContain(`<style>${assets.style}</style>`)
    expect(html.replace(/<title>[^<]*|id="data">[^<]*/g, '')).not.toMatch(/\b(?:src|href|on\w+)=/)
  })

  test('holds crate text as data alone, and as the escaped title', () => {
    const outside = html.replace(/id="data">[^<]*/, '')
    expect(outside.match(/<script/g)).toHaveLength(2)
    expect(outside).not.toContain('<img')
    expect(outside).toContain('&lt;img src=x onerror=&quot;window.taken=1&quot;&gt;')
    expect(dataOf(html).members).toEqual([`${HOSTILE}@1.0.0`])
    expect(html).not.toContain('\u202e')
  })

  test('is the same each time', () => {
    expect(renderHtml(hostileInput(), assets)).toBe(html)
  })
})

describe('packing', () => {
  test('gives every finding back', () => {
    const input = largeInput(7, 12)
    const page = packAnalysis(input)
    const found = page.packages.map((owner) => owner.findings.map((packed) => unpackFinding(packed, page)))
    expect(found).toEqual(input.result.packages.map((owner) => owner.capabilities))
  })

  test('counts the sites that it leaves out', () => {
    const site = finding('unsafe')
    const of = (count: number) =>
      result([
        packageOf(
          'app@1.0.0',
          Array.from({ length: count }, () => site),
          true,
        ),
      ])
    const page = packAnalysis({ result: of(1), sites: of(MAX_SITES + 5), excerpts: NO_EXCERPTS })
    expect(page.packages[0]).toMatchObject({ sitesLeftOut: 5 })
    expect(page.packages[0]?.sites).toHaveLength(MAX_SITES)
  })
})
