import type { AssemblyInput } from './assemble.js'
import { ProjectError } from './errors.js'
import type { LoadOptions } from './options.js'
export async function directoryRootPackages(_m: string, _o: LoadOptions): Promise<AssemblyInput> {
  throw new ProjectError('directories', 'not yet', 'wait')
}
