/** How capability names are put together. Which names there are is for the capabilities' room, their ranks for the report's. */

/** `fs` of `fs/read`; the name itself when it has no parts. */
export function familyOf(capability: string): string {
  const slash = capability.indexOf('/')
  return slash < 0 ? capability : capability.slice(0, slash)
}
