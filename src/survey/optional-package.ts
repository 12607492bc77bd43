/** Packages that only some commands need, and that whoever wants them installs beside caps. */
import { codeOf, ProjectError } from '../base/index.js'

/** What `load` gives. Throws ProjectError, with how to install it, when the package is not there. */
export async function optionalPackage<T>(name: string, wanted: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (thrown) {
    if (codeOf(thrown) !== 'ERR_MODULE_NOT_FOUND' && codeOf(thrown) !== 'MODULE_NOT_FOUND') throw thrown
    throw new ProjectError(
      `${wanted} needs ${name}`,
      'it is not installed; caps works without it otherwise',
      `Install it beside caps: npm install ${name} (with -g if caps was installed so).`,
    )
  }
}
