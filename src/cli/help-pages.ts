/**
 * What the help says of each command besides its options: what it is for, examples, exit codes. Options stand where they
 * are declared (commands.ts) and are not repeated here; `caps help` and the manual page put both together.
 */

export interface CommandPage {
  /** Paragraphs. */
  readonly about: readonly string[]
  readonly examples: readonly Example[]
  /** The exit code 1, where it has a meaning; 0 and 2 mean the same everywhere. */
  readonly gate?: string
  /** Files of docs/ that tell more. */
  readonly see: readonly string[]
}
export interface Example {
  readonly command: string
  readonly does: string
}

/** By command, in the order of `caps --help`; `help` itself needs none. */
export const PAGES: ReadonlyMap<string, CommandPage> = new Map<string, CommandPage>([
  [
    'analyze',
    {
      about: [
        'Tells what a crate and all that it depends on can do to the machine: a row a capability, the most serious first, with a shortest call path and the place of the last call. What runs on the machine of whoever compiles the crate (build scripts, proc macros) is marked “when built”.',
        'It reads source only. No build script, no proc macro and no test is run. Sources that are not on the machine are fetched by your own cargo in a directory that holds nothing but a manifest of ours.',
        'What could not be read or resolved is counted at the end, and never taken for harmless.',
      ],
      examples: [
        { command: 'caps analyze .', does: 'the crate or workspace in this directory' },
        {
          command: 'caps analyze walkdir@2.5.0',
          does: 'a published version, with the dependencies that cargo would choose',
        },
        { command: 'caps analyze . --stage build --granularity site', does: 'what build scripts do, place by place' },
        {
          command: 'caps analyze . --capabilities exec,network',
          does: 'only these; --capabilities=-unsafe leaves one out',
        },
        { command: 'caps analyze . --target x86_64-pc-windows-msvc', does: 'only code that this target compiles' },
        { command: 'caps analyze . --rev v1.2.0', does: 'a git revision, without a checkout' },
        { command: 'caps analyze . --show unanalyzed', does: 'list what was not analyzed, with places' },
        { command: 'caps analyze . --format html -o caps.html', does: 'a page with the source beside each step' },
      ],
      see: ['getting-started.md', 'capabilities.md', 'caveats.md', 'formats.md', 'json.md'],
    },
  ],
  [
    'why',
    {
      about: [
        'Tells each place by which the crate gets a capability, with one shortest way to it, where `analyze` shows one of them: certain ways first, those that share a beginning as a tree, by who can set it off (a user of the program, a caller of the API, whoever builds it, nobody). Functions inside of a package that neither fork nor lead out are left out and marked with “…”.',
        'Places that are only possibly reached, and those that nothing leads to, are counted at the end, as is what does not fit a screen. JSON has all of them, with every step, unless --limit says otherwise.',
      ],
      examples: [
        { command: 'caps why . exec', does: 'everything that starts programs' },
        { command: 'caps why ripgrep@15.2.0 network', does: 'of a family: connect, listen, resolve' },
        { command: 'caps why . exec --stage build', does: 'only what runs when it is built' },
        { command: 'caps why . fs/write --through tempfile', does: 'only by ways through a package' },
        { command: 'caps why . exec --value curl', does: 'only where this program is started' },
        { command: 'caps why . exec --site src/process.rs:94 --all', does: 'one place, with every step' },
        { command: 'caps why . env --entry mycrate::config', does: 'of what runs, only what is reached from there' },
      ],
      see: ['getting-started.md', 'reviewing.md'],
    },
  ],
  [
    'diff',
    {
      about: [
        'Compares two versions, revisions, directories, archives or JSON reports by what their packages can do. Code that moved or was renamed is no change. A git revision is read from the repository’s objects: no checkout, no git is started. --staged and --rev are the new side.',
        'Signs: + it can do more; ~ other than before; ? less of it is known; - it can do less.',
      ],
      examples: [
        { command: 'caps diff walkdir@2.4.0 walkdir@2.5.0', does: 'two published versions' },
        { command: 'caps diff --baseline-rev main', does: 'the crate here, against a branch' },
        { command: 'caps diff before.json .', does: 'a report of another day; a lone - reads one from stdin' },
        { command: 'caps diff --baseline-rev main --fail-on new', does: 'as a gate' },
        { command: 'caps diff old.crate new.crate --format html -o diff.html', does: 'both sides’ source, on a page' },
      ],
      gate: 'with --fail-on new or any: something was gained',
      see: ['reviewing.md', 'ci.md'],
    },
  ],
  [
    'check',
    {
      about: [
        'Holds what the crate and its dependencies can do against a policy, caps.toml in the root of the workspace, or against a report. What no rule allows fails. Each problem comes with the command that would allow it.',
        'A crate does not vouch for itself: for an archive or a published crate, --policy or --baseline must be given.',
      ],
      examples: [
        { command: 'caps check', does: 'the workspace here, against its caps.toml' },
        { command: 'caps check --strict --fail-on any', does: 'lost coverage and unused allowances fail too' },
        { command: 'caps check --staged', does: 'what would be committed, by the caps.toml that would be; for hooks' },
        { command: 'caps check --baseline before.json', does: 'what is new against a report fails' },
        { command: 'caps check --format sarif -o caps.sarif', does: 'for code scanning' },
      ],
      gate: 'the policy does not allow what is there',
      see: ['policy.md', 'ci.md'],
    },
  ],
  [
    'init',
    {
      about: [
        'Writes a caps.toml that allows everything that is there today, so that `caps check` is clean right after it. An existing file is kept unless --force is given; --update adds what is new to it, with a TODO where each reason belongs, and takes out what nothing uses.',
      ],
      examples: [
        { command: 'caps init', does: 'for the workspace here' },
        { command: 'caps init --update', does: 'what is new and what is gone since' },
        { command: 'caps init --strict --sites', does: 'for check --strict and --fail-on increase' },
      ],
      see: ['policy.md'],
    },
  ],
  [
    'allow',
    {
      about: [
        'Allows a package something in caps.toml, with the reason beside it. Comments and layout of the file stay.',
      ],
      examples: [
        { command: "caps allow mio network,unsafe --reason 'the event loop'", does: 'two capabilities at run time' },
        { command: "caps allow libc,once_cell unsafe --reason 'read'", does: 'to two packages' },
        { command: "caps allow cc exec --stage build --reason 'starts the C compiler'", does: 'when built' },
        {
          command: "caps allow log --source 'path crates/log (patch)' --reason 'our fork'",
          does: 'where it may come from',
        },
        { command: "caps allow serde_derive coverage --losses 3 --reason 'looked at'", does: 'what was not analyzed' },
      ],
      see: ['policy.md'],
    },
  ],
  [
    'graph',
    {
      about: ['Prints the call graph: functions, and who refers to whom at which place.'],
      examples: [
        { command: 'caps graph . -o graph.jsonl', does: 'an object a line' },
        { command: 'caps graph . --format dot -o graph.dot', does: 'for Graphviz' },
      ],
      see: ['json.md'],
    },
  ],
  [
    'lookup',
    {
      about: ['Tells what the capability maps say of paths: which capability a function of std, libc or Windows has.'],
      examples: [
        { command: 'caps lookup std::fs::read', does: 'one path' },
        { command: 'caps lookup --capability-map ours.toml our_log::upload', does: 'with a map laid over ours' },
      ],
      see: ['capability-maps.md'],
    },
  ],
  [
    'stats',
    {
      about: ['Counts how many references were led to what they mean, and why the others were not.'],
      examples: [
        { command: 'caps stats .', does: 'of the crate here and all its dependencies' },
        { command: 'caps stats . --audit', does: 'and by a second count, what was said of every place in its files' },
      ],
      see: ['json.md', 'audit.md'],
    },
  ],
  [
    'survey',
    {
      about: [
        'Analyzes each crate of a list, with its dependencies, in processes of their own, into a directory. What is there already is not made again: a run that was stopped goes on where it was, and several runs may share a directory. A crate that cannot be analyzed is a result too; what the machine was at fault for is tried again.',
        'The list has names, for which the newest version is taken, and name@version, a line each; or it is a table (CSV) with a column name, a lockfile, or a directory of vendored crates, which then stands for the registry. Your own cargo fetches what is missing, for one crate at a time.',
      ],
      examples: [
        { command: 'caps survey --list crates.txt -o landscape', does: 'each crate of the list' },
        { command: 'caps survey --list top.csv --top 100 --versions 3', does: 'the newest three of the first hundred' },
        { command: "caps survey query 'SELECT * FROM failures' landscape", does: 'ask its tables in SQL' },
        { command: 'caps survey report landscape -o landscape.html', does: 'a page with plots, and each crate' },
        { command: 'caps survey export landscape -o graph', does: 'who calls whom, for graph databases' },
        { command: 'caps survey --list vendor', does: 'what cargo vendor put there, from there alone' },
      ],
      see: ['survey.md'],
    },
  ],
  [
    'cache',
    {
      about: [
        'What caps works out of a crate is kept, so that the next run over the same bytes takes it from there: 2 GiB at most, and what was used least lately goes first. Another map or format costs nothing. The answer is the same with the store and without.',
        '`caps analyze . --cache verify` works everything out anew and holds it against what is kept; `--no-cache` does without.',
        'Whoever may write in the directory can change what caps says: it belongs to its owner alone.',
      ],
      examples: [
        { command: 'caps cache show', does: 'where it is, and how much is in it' },
        { command: 'caps cache prune', does: 'let the least recently used go until half of it is left' },
        { command: 'caps cache clean', does: 'forget all of it' },
        { command: 'caps cache export warm.caps-store', does: 'write all of it into a file' },
        { command: 'caps cache import warm.caps-store', does: 'keep what such a file has, too; trust whoever made it' },
      ],
      see: ['cache.md'],
    },
  ],
  [
    'debug',
    {
      about: ['Prints what one stage of the analysis makes of one Rust file. For those who work on caps.'],
      examples: [{ command: 'caps debug graph src/lib.rs', does: 'functions and references' }],
      see: ['architecture.md'],
    },
  ],
  [
    'schema',
    {
      about: ['Prints the JSON Schema of a result.'],
      examples: [{ command: 'caps schema diff', does: 'of caps diff --format json' }],
      see: ['json.md'],
    },
  ],
  [
    'completion',
    {
      about: ['Prints the script by which a shell completes commands, options, formats, targets and capabilities.'],
      examples: [
        { command: 'source <(caps completion bash)', does: 'in ~/.bashrc; zsh: after compinit, in ~/.zshrc' },
        { command: 'caps completion fish > ~/.config/fish/completions/caps.fish', does: 'for fish' },
      ],
      see: ['getting-started.md'],
    },
  ],
])

/** Exit codes of every command; 1 only of gates. */
export const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'Done; a gate says yes.'],
  ['1', 'A gate says no: check, and diff with --fail-on.'],
  [
    '2',
    'An error, told on stderr in three parts: what happened, why, and what to do; also when the output could not be written whole. Never a verdict.',
  ],
]

export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  [
    'CARGO_HOME',
    'Where cargo keeps downloaded sources, which are read from there; .cargo in the home directory otherwise.',
  ],
  ['PATH', 'Where cargo is looked for when something is missing; a cargo inside of the crate is never started.'],
  [
    'GIT_DIR',
    'As git sets it for its hooks, and GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES: where --staged, --rev and --baseline-rev find the index and objects.',
  ],
  [
    'CAPS_CACHE_DIR',
    'Where what was worked out is kept; XDG_CACHE_HOME, or what the system has for caches, otherwise.',
  ],
  ['TMPDIR', 'Where the directory is made in which cargo fetches.'],
  ['NO_COLOR', 'Not empty: no colours, unless --color always.'],
  ['CARGO_TERM_COLOR', 'always or never, where --color and NO_COLOR say nothing.'],
  ['TERM', 'dumb: no colours.'],
  ['COLUMNS', 'The width of text where stdout is no terminal; 100 otherwise.'],
  ['CAPS_BACKTRACE', 'Not empty: errors show where in caps they arose.'],
]
