// Surveys that no run made: what tables and graphs are made of, with something in it for each of them.
import type { Finding } from '../../src/report/result.js'
import { digestOf, digestOfHow, type How, type ResultRecord, type SurveyDirectory } from '../../src/survey/index.js'

const HOW: How = { engine: 'e', maps: 'm', features: [], allFeatures: false, noDefaultFeatures: false, targets: [] }
const LOCK = 'version = 4\n'

const finding = {
  capability: 'exec',
  stage: 'run',
  certainty: 'certain',
  reach: 'direct',
  condition: 'unix',
  sites: 2,
  path: [
    { function: 'a::go', package: 'a@1.0.0', file: 'src/lib.rs', line: 3, column: 1 },
    { function: 'std::process::Command::spawn', package: 'a@1.0.0', file: 'src/lib.rs', line: 4, column: 9 },
  ],
  resources: [{ kind: 'program', value: 'o\'dd "x"', known: 'written', arguments: ['-c', 'x'], sites: 1 }],
} as const

const started = { ...finding, stage: 'build', condition: 'true' } as const
const inherited = {
  ...finding,
  capability: 'network/connect',
  reach: 'transitive',
  path: [
    { function: 'a::go', package: 'a@1.0.0', file: 'src/lib.rs', line: 3, column: 1 },
    { function: 'd::call', package: 'a@1.0.0', file: 'src/lib.rs', line: 5, column: 9 },
    { function: 'std::net::TcpStream::connect', package: 'd@1.0.0', file: 'src/lib.rs', line: 1, column: 1 },
  ],
  resources: [{ kind: 'variable', value: 'TOKEN', known: 'written', tags: ['credentials'], sites: 1 }],
} as const
/** With a dependency, a build script, an earlier version that could do less, and one of each kind of row. */
const RICH = [
  finding,
  started,
  inherited,
  { ...inherited, capability: 'exec' },
  { ...inherited, reach: 'direct' },
  { ...inherited, reach: 'direct', stage: 'build' },
] as const

function record(name: string, version = '1.0.0', capabilities: readonly Finding[] = [finding]): ResultRecord {
  const owner = { id: `${name}@${version}`, name, version, origin: 'registry', local: true } as const
  return {
    format: 1,
    crate: { name, version },
    lockfile: digestOf(LOCK),
    how: HOW,
    analysis: {
      schemaVersion: 1,
      tool: { name: 'caps', version: '0' },
      root: owner.id,
      members: [owner.id],
      targets: ['t'],
      lockedBy: 'resolved',
      granularity: 'crate',
      packages: [
        {
          ...owner,
          dependencies: [],
          units: [{ kind: 'build', root: 'build.rs', stages: ['build'] }],
          capabilities,
        },
      ],
      coverage: {
        references: { written: 5, exact: 3, trait: 1, value: 0, unresolved: { 'unknown path': 1 } },
        unresolved: [{ reason: 'unknown path', name: 'x', package: owner.id, file: 'src/lib.rs', line: 1, column: 1 }],
        losses: [],
        files: { rust: 1, bytes: 5_000_000_000 },
        diagnostics: [],
      },
    },
    finer: { module: [], function: [{ ...finding, module: 'a', function: 'a::go' }], site: [] },
    size: { modules: 1, functions: 4, publicFunctions: 2 },
    references: [
      {
        from: 'a::go',
        package: null,
        to: 'std::process::Command::spawn',
        certainty: 'certain',
        condition: 'unix',
        capabilities: ['exec'],
        places: 2,
      },
      {
        from: 'a::go',
        package: 'b@1.0.0',
        to: 'b::f',
        certainty: 'possible',
        condition: 'true',
        capabilities: [],
        places: 1,
      },
    ],
  }
}

/** A survey of three: one that was analyzed, one that failed, one that is left. */
export function fill(directory: SurveyDirectory): void {
  const crates = ['a', 'b', 'c'].map((name, index) => ({
    name,
    version: '1.0.0',
    rank: index + 1,
    downloads: 5_000_000_000,
  }))
  directory.writeList({ how: HOW, crates })
  directory.keepLock({ name: 'a', version: '1.0.0' }, LOCK)
  directory.writeResult(record('a'), digestOfHow(HOW))
  const failure = { stage: 'resolve', kind: 'input', what: 'no', why: 'absent' } as const
  const failed = { format: 1, crate: { name: 'b', version: '1.0.0' }, lockfile: null, how: HOW, failure } as const
  directory.writeFailure(failed, digestOfHow(HOW))
}

/** Something for each question: `a` depends on `d`, which it calls, and could do less before. */
export function fillRichly(directory: SurveyDirectory): void {
  fill(directory)
  const crates = [
    ['a', '0.9.0', [], ['d@1.0.0']],
    ['a', '1.0.0', RICH, ['d@1.0.0']],
    ['d', '1.0.0', [inherited], []],
    ['e', '1.0.0', [], ['d@0.5.0']],
  ] as const
  for (const [name, version, capabilities, needs] of crates) {
    directory.keepLock({ name, version }, LOCK)
    const made = record(name, version, capabilities)
    const { analysis } = made
    const others = [['d', '1.0.0'] as const, ['d', '0.5.0'] as const].map(([of, at]) => ({
      ...record(of, at, []).analysis.packages[0],
      local: false,
    }))
    const dependencies = needs.map((one) => ({ package: one, kinds: ['normal', 'build'] as const }))
    const packages = [...analysis.packages.map((owner) => ({ ...owner, dependencies })), ...others].filter(
      (one) => one !== undefined,
    ) as typeof analysis.packages
    const network = { ...inherited, reach: 'direct' as const, function: 'd::call', module: 'd' }
    const calls = [{ ...made.references[1], package: 'd@1.0.0', to: 'd::call' }] as typeof made.references
    directory.writeResult(
      {
        ...made,
        analysis: { ...analysis, packages },
        finer: { ...made.finer, function: capabilities.length > 0 ? [network] : [] },
        references: calls,
      },
      digestOfHow(HOW),
    )
  }
  directory.writeList({
    how: HOW,
    crates: crates.map(([name, version], index) => ({ name, version, rank: index + 1 })),
  })
}
