// Holds what caps makes of random workspaces against what cargo makes of them: test/e2e/cargo-oracle/main.ts, run as it stands.
//   npm run oracle -- --count 2000 --seed 1 --jobs 2
import { register } from 'node:module'

register('./typescript-loader.mjs', import.meta.url)
await import('../test/e2e/cargo-oracle/main.ts')
