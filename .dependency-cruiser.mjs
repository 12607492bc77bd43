// The rooms of the design as rules; `npm run rooms` prints the rule's `comment`, its reason, for every violation.
// Type-only imports count: a room that must not know another must not know its types either. swc reads the
// TypeScript, because TypeScript 7 has no programming interface.
// The rules leave no way for a circle between rooms, and none between files, but where `no-circles` says so.

/** Rooms in the order of the data's way: each imports only from those before it. */
const FLOW = ['project', 'syntax', 'names', 'types', 'graph', 'capabilities']

const REASON = {
  project:
    'project starts the way: manifests, lockfiles, sources. What it knew of syntax would tie reading to parsing.',
  syntax:
    'syntax turns one text into plain data and knows no other file, so that facts can be cached and tested alone.',
  names: 'names binds paths to definitions; types are made from names, so a look ahead would be a circle in the way.',
  types: 'types knows no capability: what a call means must not depend on whether it is dangerous.',
  graph: 'graph says who refers to whom; what is dangerous is the maps’ business alone.',
  capabilities: 'capabilities ends in findings; a format that it knew would have to change with it.',
}

const flowRules = FLOW.map((room, position) => ({
  name: `${room}-only-looks-back`,
  comment: REASON[room],
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(base|${FLOW.slice(0, position + 1).join('|')})/` },
}))

const resultOnlyRules = ['report', 'review'].map((room) => ({
  name: `${room}-sees-only-the-result`,
  comment: `${room} works on results, ours or read from a JSON file of another day: it must not need the analysis.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: room === 'report' ? '^src/(base|report)/' : '^src/(base|review|report)/' },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'base-imports-nothing',
      comment: 'base is the floor that every room stands on: what it needed, every room would need.',
      severity: 'error',
      from: { path: '^src/base/' },
      to: { path: '.', pathNot: '^src/base/' },
    },
    {
      name: 'through-the-door',
      comment:
        'A room is entered through its index.ts: what is behind it can then change without a look at all the others. Open are ' +
        'the words of the graph (call-graph.ts, without which the maps would load every room), the types of what a share is ' +
        'made of, and report and review, which are loaded piece by piece so that the command line starts quickly.',
      severity: 'error',
      from: {
        path: '^src/([^/]+)/',
        pathNot:
          '^src/graph/(call-graph|crate-share|symbolic-values|record-keys|condition-key|key-checks|limit-losses)\\.ts$',
      },
      to: {
        path: `^src/(base|store|audit|survey|${FLOW.join('|')})/`,
        pathNot: ['^src/$1/', '^src/([^/]+/index|graph/call-graph)\\.ts$'],
      },
    },
    {
      name: 'no-circles',
      comment:
        'A circle is read all at once or not at all. Left are those that the language has: expressions hold patterns, patterns ' +
        'hold macros, macros hold expressions (types/infer); a type stands under bounds, which are types (lower, generics, ' +
        'signature); a projection is normalised by an impl, whose where-clauses hold projections (solve, normalize, callable); a ' +
        'text knows the crate of each token, a crate its texts (names/defs, source, visits). What is loaded when it is asked for ' +
        '(the commands) is no part of a circle.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(names/(defs|source|visits)|types/(lower|generics|signature|solve|normalize|callable)|types/infer/(blocks|calls|' +
          'closures|control-flow|expressions|fields|macros|method-calls|operators|patterns|struct-expressions|try-operator))\\.ts$',
      },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    ...flowRules,
    ...resultOnlyRules,
    {
      name: 'survey-knows-no-analysis',
      comment:
        'survey is many crates: lists, workers, results, tables. How one is analyzed is what the worker that the wiring hands it knows.',
      severity: 'error',
      from: { path: '^src/survey/' },
      to: { path: '^src/', pathNot: '^src/(base/|survey/|project/index\\.ts$|report/(result|escape)\\.ts$)' },
    },
    {
      name: 'nothing-needs-the-survey',
      comment:
        'One crate is analyzed the same whether it is one of many: only the wiring and the command know surveys.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(survey|wiring|cli)/' },
      to: { path: '^src/survey/' },
    },
    {
      name: 'linking-sees-shares-alone',
      comment:
        'Shares can come from a cache or another thread: whoever links them must not need a definition, a type or a body.',
      severity: 'error',
      from: { path: '^src/graph/link/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(base/|graph/link/|graph/(call-graph|crate-share|symbolic-values|record-keys|condition-key|key-checks|limit-losses)\\.ts$|project/)',
      },
    },
    {
      name: 'shares-are-plain',
      comment:
        'What a share is made of must be the same after JSON: its types name nothing of names and types but reasons.',
      severity: 'error',
      from: {
        path: '^src/graph/(call-graph|crate-share|symbolic-values|record-keys|condition-key|key-checks|limit-losses)\\.ts$',
      },
      to: {
        path: '^src/',
        pathNot:
          '^src/(base/|graph/(call-graph|crate-share|symbolic-values|record-keys|condition-key)\\.ts$|project/workspace\\.ts$|types/(unresolved-reason|recipe-code)\\.ts$)',
      },
    },
    {
      name: 'audit-shares-nothing-with-what-it-watches',
      comment:
        'A node kind that the engine forgets must not be forgotten by the count beside it: it sees texts and names alone.',
      severity: 'error',
      from: { path: '^src/audit/' },
      to: {
        path: '^src/',
        pathNot: '^src/(audit/|base/|names/(index|source|visits)\\.ts$|syntax/(index|attributes|plain-tree)\\.ts$)',
      },
    },
    {
      name: 'nothing-needs-the-audit',
      comment: 'An analysis must be the same whether it is watched or not.',
      severity: 'error',
      from: { path: '^src/(project|syntax|names|types|graph|capabilities|report|review)/' },
      to: { path: '^src/audit/' },
    },
    {
      name: 'store-knows-no-room',
      comment: 'The store keeps bytes by key: what they mean is for whoever put them there.',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/', pathNot: '^src/(base|store)/' },
    },
    {
      name: 'nothing-needs-the-store',
      comment: 'What a room computes must be the same whether it is kept or not: only the wiring knows that it is.',
      severity: 'error',
      from: { path: '^src/(project|syntax|names|types|graph|capabilities|audit|report|review|cli)/' },
      to: { path: '^src/store/' },
    },
    {
      name: 'syntax-knows-no-project',
      comment:
        'syntax is given a text; where texts come from is none of its business (it comes after project in the flow).',
      severity: 'error',
      from: { path: '^src/syntax/' },
      to: { path: '^src/project/' },
    },
    {
      name: 'cli-computes-nothing',
      comment: 'cli is yargs, terminal and exit codes: it calls the wiring and prints with report, nothing else.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/[^/]+/', pathNot: '^src/(base/|cli/|report/|review/|wiring/|survey/index\\.ts$)' },
    },
    {
      name: 'std-model-is-made-beforehand',
      comment: 'What makes our data from std’s source runs in scripts; an analysis only reads what it made.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(make-std-model|derive-std-map)/' },
      to: { path: '^src/(make-std-model|derive-std-map)/' },
    },
    {
      name: 'nothing-needs-the-cli',
      comment: 'The library must work without a terminal; only bin/caps.js starts cli.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'rooms-do-not-need-the-wiring',
      comment: 'wiring chains the rooms; a room that imports the chain depends on every other room.',
      severity: 'error',
      from: { path: '^src/(project|syntax|names|types|graph|capabilities|audit|report|review|survey)/' },
      to: { path: '^src/(wiring/|[^/]+\\.ts$)' },
    },
    {
      name: 'files-are-read-in-project',
      comment:
        'Crate files are hostile and read by project alone. Others open only our own data: the grammar, the std model, ' +
        'the maps; cli reads and writes what the user names on the command line; survey its own directory.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(project/|store/|survey/|cli/|wiring/|syntax/grammar\\.ts$|names/std-model\\.ts$|capabilities/builtin-maps\\.ts$|derive-std-map/index\\.ts$)',
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'processes-start-in-project',
      comment:
        'Law 5: no crate code runs. The processes that caps starts are the user’s cargo, from project, in our own directory, and the workers of a survey, which are caps.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(project/|survey/worker-process\\.ts$)' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'no-network',
      comment:
        'caps never opens a socket: the user’s cargo fetches, with the user’s mirrors, credentials and checksum rules.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns|vm|cluster)$' },
    },
    {
      name: 'tree-sitter-stays-in-syntax',
      comment:
        'Nodes of the parser must not travel: other rooms see plain data, which can be cached and outlives the parser.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/syntax/' },
      to: { path: 'node_modules/web-tree-sitter' },
    },
    {
      name: 'yargs-stays-in-cli',
      comment: 'Only the command line parses arguments; the library is called with options.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/(yargs|yargs-parser)' },
    },
    {
      name: 'colours-stay-in-the-report',
      comment: 'Whether output is coloured is the report’s and the terminal’s question; an analysis prints nothing.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(report|cli)/' },
      to: { path: 'node_modules/(picocolors|string-width)' },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'An import that resolves to nothing fails at the user’s, not here.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages',
      comment:
        'A package of devDependencies is not there when caps is installed. Optional ones are asked for through optional-package.ts, which says how to install them.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^node_modules/(@duckdb/node-api|vega|vega-lite)/',
      },
    },
    {
      name: 'src-does-not-need-tests',
      comment: 'Tests and scripts are not published.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
