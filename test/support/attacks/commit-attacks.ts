/** Attacks on the difference between what is read and what is committed, and on the policy itself. */
import { type Attack, registryBase, setManifest, USES_TOOL } from './attack.js'
import { CLEAN, EVIL, lockfile, manifest, type Workshop } from './workshop.js'

const BAD = `${USES_TOOL}${EVIL}`

/** Stages a file and puts the worktree back, or the other way round. */
function differ(place: Workshop, files: Readonly<Record<string, string>>, staged: boolean): void {
  const before = Object.fromEntries(Object.keys(files).map((path) => [path, place.read(path)]))
  place.write(files)
  if (staged) place.git('add', '-A')
  if (!staged) return
  for (const [path, text] of Object.entries(before)) {
    if (text === undefined) place.delete(path)
    else place.write({ [path]: text })
  }
}

const FORKED = {
  '.cargo/config.toml': '[patch.crates-io]\ntool = { path = "patched/tool" }\n',
  'patched/tool/Cargo.toml': '[package]\nname = "tool"\nversion = "1.0.0"\nedition = "2021"\n',
  'patched/tool/src/lib.rs': EVIL,
}

export const COMMIT_ATTACKS: readonly Attack[] = [
  ...(
    [
      ['a source file', { 'src/lib.rs': BAD }],
      ['configuration', FORKED],
      ['a build script', { 'build.rs': `fn main() { run(); }\n${EVIL}` }],
    ] as const
  ).flatMap(([what, files]): readonly Attack[] => [
    {
      name: `${what} in the index, the worktree clean`,
      before: registryBase,
      after: (place) => differ(place, files, true),
      tells: /exec|tool/,
      staged: true,
      gates: ['staged', 'rev'],
    },
    {
      name: `${what} in the worktree, the index clean`,
      before: registryBase,
      after: (place) => differ(place, files, false),
      tells: /exec|tool/,
      staged: true,
      // The Action judges the commit that is checked out: what only the worktree has is not its matter.
      gates: ['check', 'baseline', 'diff'],
    },
  ]),
  {
    name: 'an untracked file that the worktree builds',
    before: (place) => {
      registryBase(place)
      place.write({ '.gitignore': 'src/local.rs\n', 'src/lib.rs': `mod local;\n${USES_TOOL}`, 'src/local.rs': CLEAN })
    },
    after: (place) => place.write({ 'src/local.rs': EVIL }),
    tells: /exec/,
    gates: ['check'],
  },
  {
    name: 'the policy weakened in the same commit',
    before: registryBase,
    after: (place) => {
      place.write({ 'src/lib.rs': BAD })
      place.write({ 'caps.toml': 'version = 1\n\n[[allow]]\npackage = "*"\ncapabilities = "*"\nreason = "x"\n' })
    },
    tells: /exec|policy|caps\.toml/,
    // The Action goes by the policy of the commit, whose owners review it (docs/ci.md); its summary shows the comparison.
    gates: ['baseline', 'diff'],
  },
  {
    name: 'a policy added in the same commit',
    before: registryBase,
    after: (place) => {
      place.write({ 'src/lib.rs': BAD })
      place.write({ 'caps.toml': 'version = 1\n\n[[allow]]\npackage = "*"\ncapabilities = "*"\nreason = "x"\n' })
    },
    tells: /exec|policy|caps\.toml/,
    unwatched: true,
    gates: ['baseline', 'diff', 'action'],
  },
  {
    name: 'code and manifest at once, in a new member that nothing names',
    before: (place) => {
      registryBase(place)
      setManifest(place, '[dependencies]\ntool = "1"\n[workspace]\nmembers = ["more/*"]\n')
      place.write({ 'more/y/Cargo.toml': manifest('y@1.0.0'), 'more/y/src/lib.rs': CLEAN })
      const tool = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
      place.write({ 'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, tool, { id: 'y@1.0.0' }) })
    },
    after: (place) =>
      place.write({
        'more/x/Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\nedition = "2021"\n',
        'more/x/src/lib.rs': EVIL,
      }),
    tells: /x/,
    refused: true,
  },
]
