/**
 * Which kind of result has which formats: the one table that the command line offers from and docs/formats.md describes
 * (a test holds both together). How a format is drawn stands in the file of its name.
 */
export const FORMATS = {
  analysis: ['text', 'json', 'html', 'markdown', 'sarif', 'github', 'capslock', 'dot', 'graphml'],
  diff: ['text', 'json', 'html', 'markdown', 'sarif', 'github'],
  check: ['text', 'json', 'markdown', 'sarif', 'github'],
  why: ['text', 'json'],
  stats: ['text', 'json'],
  graph: ['jsonl', 'dot', 'graphml'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type AnalysisFormat = (typeof FORMATS.analysis)[number]
export type DiffFormat = (typeof FORMATS.diff)[number]
export type CheckFormat = (typeof FORMATS.check)[number]
