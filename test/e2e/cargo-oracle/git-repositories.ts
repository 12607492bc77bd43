/** The repositories of a world, made by `git fast-import` with fixed dates, so that the same world has the same revisions. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import type { GitCommit, World } from './world.js'

/** Writes all of them, those that others have as submodules first; gives the revisions of their commits by name. */
export function writeRepositories(world: World, directory: string): ReadonlyMap<string, readonly string[]> {
  const revisions = new Map<string, readonly string[]>()
  const names = [...world.repositories.keys()].sort((a, b) => Number(b === 'inner') - Number(a === 'inner'))
  for (const name of names) {
    const path = join(directory, 'git', name)
    const commits = world.repositories.get(name) ?? []
    if (!existsSync(path)) {
      mkdirSync(path, { recursive: true })
      git(path, ['init', '--quiet', '--bare', '--initial-branch=main'], '')
    }
    const stream = commits
      .map((commit, index) => commitText(world, name, commit, index, commits, revisions, directory))
      .join('')
    git(path, ['fast-import', '--quiet', '--force', '--export-marks=marks'], stream)
    const marks = readFileSync(join(path, 'marks'), 'utf8')
    const byMark = new Map(marks.split('\n').map((line) => line.split(' ') as [string, string]))
    revisions.set(
      name,
      commits.map((_, index) => byMark.get(`:${index + 1}`) ?? ''),
    )
  }
  return revisions
}

function git(directory: string, args: readonly string[], input: string): void {
  const done = spawnSync('git', args, { cwd: directory, input, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
}

function commitText(
  world: World,
  repository: string,
  commit: GitCommit,
  index: number,
  commits: readonly GitCommit[],
  revisions: ReadonlyMap<string, readonly string[]>,
  directory: string,
): string {
  const files = new Map<string, string>()
  for (const { home, manifest, files: own } of world.packages) {
    if (home.k !== 'git' || home.repository !== repository) continue
    const prefix = home.directory === '.' ? '' : `${home.directory}/`
    files.set(`${prefix}Cargo.toml`, stringify(manifest))
    for (const [path, text] of own)
      files.set(prefix + path, path.endsWith('.rs') ? `${text}// commit ${index}\n` : text)
  }
  for (const [path, text] of commit.files) files.set(path, text)
  const inline = [...files].map(
    ([path, text]) => `M 100644 inline ${path}\n${data(text.replaceAll('$WORLD', directory))}`,
  )
  const links = [...commit.submodules].map(
    ([path, to]) => `M 160000 ${revisions.get(to.repository)?.[to.commit] ?? ''} ${path}\n`,
  )
  const parent = commits.slice(0, index).findLastIndex(({ branch }) => branch === commit.branch || branch === 'main')
  const from = parent < 0 ? '' : `from :${parent + 1}\n`
  const person = `oracle <oracle@localhost> ${1_700_000_000 + index} +0000`
  const tag = commit.tag === undefined ? '' : `reset refs/tags/${commit.tag}\nfrom :${index + 1}\n\n`
  return `commit refs/heads/${commit.branch}\nmark :${index + 1}\ncommitter ${person}\n${data(`commit ${index}\n`)}${from}deleteall\n${inline.join('')}${links.join('')}\n${tag}`
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}
