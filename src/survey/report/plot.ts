/** Plots by Vega-Lite, drawn here: the page holds pictures, and runs no library. */
import { escapeText } from '../../report/escape.js'
import { optionalPackage } from '../optional-package.js'

/** Draws one plot. */
export type Draw = (
  rows: readonly Readonly<Record<string, unknown>>[],
  plot: Readonly<Record<string, unknown>>,
) => Promise<string>

const WIDTH = 560

/** Throws ProjectError when the libraries are not installed. */
export async function plotter(): Promise<Draw> {
  const vega = await optionalPackage('vega', 'A report', () => import('vega'))
  const lite = await optionalPackage('vega-lite', 'A report', () => import('vega-lite'))
  return async (rows, plot) => {
    const spec = { ...plot, data: { values: rows.map(visible) }, width: WIDTH, config: { background: 'transparent' } }
    const compiled = lite.compile(spec as Parameters<typeof lite.compile>[0])
    return new vega.View(vega.parse(compiled.spec), { renderer: 'none' }).toSVG()
  }
}

/** What a reader's eyes would be led astray by is spelled out, as everywhere. */
const visible = (row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? escapeText(value) : value]),
  )
