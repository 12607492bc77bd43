/** `analyze`, `why` and `check` say the same: over samples, the evasions of docs/caveats.md and a crate made for it. */
import { CRATES, useForm } from './agreement.js'
import { commandsAgree } from './agreement-of-commands.js'

useForm()
for (const crate of CRATES) commandsAgree(crate)
