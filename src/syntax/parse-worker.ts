/** The thread that parse-files.ts starts: texts in, packed facts out. It answers requests in their order. */
import { parentPort } from 'node:worker_threads'
import { initSyntax } from './init-syntax.js'

import { packFile } from './packed-file.js'
import { parseFile } from './parse.js'
import type { ParseAnswer, ParseRequest } from './parse-files.js'

const ready = initSyntax()

parentPort?.on('message', async ({ texts }: ParseRequest) => {
  await ready
  const files = texts.map((text) => packFile(parseFile(text)))
  parentPort?.postMessage({ files } satisfies ParseAnswer)
})
