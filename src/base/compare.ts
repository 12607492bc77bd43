/** The order of texts: by code units, since the order of a language (`localeCompare`) differs between machines. */

/** For sorting; equal texts are equal. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
