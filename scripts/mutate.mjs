// Puts powers at random places of crates that compile and asks caps for them: test/e2e/mutation/main.ts, run as it stands.
//   npm run mutate -- --count 5000 --seed 1
import { register } from 'node:module'

register('./typescript-loader.mjs', import.meta.url)
await import('../test/e2e/mutation/main.ts')
