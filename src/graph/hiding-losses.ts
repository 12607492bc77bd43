/** Losses behind which there is code: it may make types, implement traits, call functions. */
export const HIDING_LOSSES: ReadonlySet<string> = new Set([
  'syntax error',
  'missing file',
  'unreadable file',
  'unresolved macro',
  'proc macro',
  'generated code',
  'limit',
])
