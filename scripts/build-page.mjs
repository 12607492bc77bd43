// Joins the script of the HTML page (src/report/page/) to one file without imports, and puts it with the style into
// dist/page/, from where html-report.ts sets both into every page. Types are checked by `npm run types`, not here.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rollup } from '@rollup/wasm-node'
import { transform } from '@swc/core'

/** Reads TypeScript: imports end in `.js`, as TypeScript wants them for ES modules; the `.ts` beside is meant. */
const typescript = {
  name: 'typescript',
  resolveId(source, importer) {
    if (!importer) return null
    const beside = resolve(dirname(importer), source.replace(/\.js$/, '.ts'))
    const file = source.startsWith('.') && existsSync(beside) ? beside : createRequire(importer).resolve(source)
    if (!isAbsolute(file)) throw new Error(`${importer}: a browser has no ${source}`)
    // Only main.ts does anything by being loaded: what else the page does not use is left out, packages too.
    return { id: file, moduleSideEffects: false }
  },
  transform: (code, filename) =>
    transform(code, {
      filename,
      swcrc: false,
      configFile: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    }),
}

const bundle = await rollup({
  input: fileURLToPath(new URL('../src/report/page/main.ts', import.meta.url)),
  plugins: [typescript],
  onwarn(warning) {
    throw new Error(warning.message)
  },
})
const { output } = await bundle.generate({ format: 'iife', strict: true })
const [{ code }] = output
// Either would end the script element early, or begin a comment in it.
if (/<\/script|<!--/i.test(code)) throw new Error('the page’s script holds text that an HTML file cannot hold')
mkdirSync('dist/page', { recursive: true })
writeFileSync('dist/page/page.js', code)
// In this order: what comes later overrides.
const styles = ['frame', 'findings', 'diff', 'media'].map((name) => readFileSync(`src/report/page/${name}.css`, 'utf8'))
writeFileSync('dist/page/page.css', styles.join('\n'))
