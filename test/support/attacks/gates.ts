/** Leads an attack through the gates: what each answers before and after, by the built program. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Attack, Gate } from './attack.js'
import { Workshop } from './workshop.js'

export interface Answer {
  readonly code: number
  readonly text: string
}

const TARGET = 'x86_64-unknown-linux-gnu'

/** The program, waiting for command lines. */
export class Caps {
  /** What `init` wrote, by the tree that it was asked about. */
  readonly policies = new Map<string, string>()
  readonly #process: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor() {
    const server = fileURLToPath(new URL('caps-server.mjs', import.meta.url))
    this.#process = spawn(process.execPath, ['--max-semi-space-size=64', server], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    if (!this.#process.stdout) throw new Error('no stdout')
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** Runs a command line, or the Action when there is none. */
  async run(
    directory: string,
    environment: Readonly<Record<string, string>>,
    args?: readonly string[],
  ): Promise<Answer> {
    this.#process.stdin?.write(`${JSON.stringify({ directory, environment, args })}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`caps ended at ${args?.join(' ')}`)
    return JSON.parse(value)
  }

  end(): void {
    this.#process.stdin?.end()
  }
}

/** Before: what `init`, or `check`, says of what was reviewed. After: what each gate says of the change. */
export interface Outcome {
  readonly before: Answer
  /** The policy that `init` wrote. */
  readonly policy: string
  readonly after: Partial<Record<Gate, Answer>>
}

interface Hook {
  readonly entry: string
  readonly files?: string
  readonly always_run?: boolean
}

const root = new URL('../../../', import.meta.url)
const [hook]: readonly Hook[] = parse(readFileSync(new URL('.pre-commit-hooks.yaml', root), 'utf8'))

/** Makes the attack and asks each of the gates; `twice`: `check` is asked before the attack too. */
export async function lead(caps: Caps, attack: Attack, gates: readonly Gate[], twice = false): Promise<Outcome> {
  const place = new Workshop()
  try {
    return await new Trial(caps, attack, place).run(gates, twice)
  } finally {
    place.remove()
  }
}

class Trial {
  readonly #caps: Caps
  readonly #attack: Attack
  readonly #place: Workshop
  readonly #directory: string
  readonly #options: readonly string[]

  constructor(caps: Caps, attack: Attack, place: Workshop) {
    this.#caps = caps
    this.#attack = attack
    this.#place = place
    this.#directory = join(place.repository, attack.directory ?? '')
    this.#options = ['--offline', ...(attack.anyTarget ? [] : ['--target', TARGET])]
  }

  async run(gates: readonly Gate[], twice: boolean): Promise<Outcome> {
    const [place, attack] = [this.#place, this.#attack]
    attack.before(place)
    const init = await this.#policy()
    const policy = place.read(join(attack.directory ?? '', 'caps.toml')) ?? ''
    if (init.code !== 0) return { before: init, policy, after: {} }
    place.git('add', '-A')
    const before = twice ? await this.#run(['check']) : init
    if (attack.unwatched) place.delete(join(attack.directory ?? '', 'caps.toml'))
    place.git('add', '-A')
    const base = place.commit('before')
    place.copy('repository', 'before')
    attack.after(place)
    if (!attack.staged) place.git('add', '-A')
    const after: Partial<Record<Gate, Answer>> = {}
    if (gates.includes('staged')) after.staged = await this.#hook()
    const commit = place.commit('after')
    for (const gate of gates) {
      if (gate !== 'staged') after[gate] = await this.#ask(gate, base, commit)
    }
    return { before, policy, after }
  }

  /** `init`; of a state that another attack has too, what it wrote then. */
  async #policy(): Promise<Answer> {
    const [place, path] = [this.#place, join(this.#attack.directory ?? '', 'caps.toml')]
    place.git('add', '-A')
    const tree = place.git('write-tree')
    const known = this.#caps.policies.get(tree)
    if (known !== undefined) {
      place.write({ [path]: known })
      return { code: 0, text: '' }
    }
    const init = await this.#run(['init'])
    this.#caps.policies.set(tree, place.read(path) ?? '')
    return init
  }

  #ask(gate: Exclude<Gate, 'staged'>, base: string, commit: string): Promise<Answer> {
    switch (gate) {
      case 'check':
        return this.#run(['check'])
      case 'locked':
        return this.#run(['check', '--locked'])
      case 'rev':
        return this.#run(['check', '--rev', commit])
      case 'baseline':
        return this.#run(['diff', '--baseline-rev', base, '--fail-on', 'new'])
      case 'diff':
        return this.#run([
          'diff',
          join(this.#place.path, 'before', this.#attack.directory ?? ''),
          '.',
          '--fail-on',
          'new',
        ])
      case 'action':
        return this.#action(commit)
    }
  }

  #run(args: readonly string[]): Promise<Answer> {
    return this.#caps.run(this.#directory, { CARGO_HOME: this.#place.home }, [...args, ...this.#options])
  }

  /** What pre-commit does: it starts the entry when a file that was not deleted has a name that the hook asks for. */
  async #hook(): Promise<Answer> {
    const names = this.#place.git('diff', '--cached', '--name-only', '--diff-filter=ACMRTUXB').split('\n')
    const [, ...args] = hook?.entry.split(' ') ?? []
    const starts = hook?.always_run === true || names.some((name) => new RegExp(hook?.files ?? '').test(name))
    return starts ? this.#run(args) : { code: 0, text: `the hook is not started for ${names.join(' ')}` }
  }

  #action(commit: string): Promise<Answer> {
    for (const file of ['output', 'summary']) this.#place.put(file, '')
    return this.#caps.run(this.#place.repository, {
      CARGO_HOME: this.#place.home,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_SHA: commit,
      GITHUB_OUTPUT: join(this.#place.path, 'output'),
      GITHUB_STEP_SUMMARY: join(this.#place.path, 'summary'),
      RUNNER_TEMP: this.#place.path,
      CAPS_OFFLINE: 'true',
      CAPS_PATH: this.#attack.directory ?? '.',
      CAPS_TARGET: this.#attack.anyTarget ? '' : TARGET,
    })
  }
}
