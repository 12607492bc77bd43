// Puts small-std.mjs in the place of the built program's std model.
const SMALL = new URL('small-std.mjs', import.meta.url).href

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  const isModel = found.url.endsWith('/dist/names/std-model.js') && context.parentURL !== SMALL
  return isModel ? { ...found, url: SMALL } : found
}
