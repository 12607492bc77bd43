/** Granularities, graph, policy, diff and formats say the same: over the crates of commands-agree.test.ts. */
import { CRATES, useForm } from './agreement.js'
import { resultsAgree } from './agreement-of-results.js'

useForm()
for (const crate of CRATES) resultsAgree(crate)
