/**
 * A survey's directory. The result files are its state: each is named by all that it hangs on, so whoever finds one need not make
 * it again, whichever run made it.
 *
 *     survey.json                               which format this is
 *     list.json                                 what the last run was about
 *     locks/se/rd/serde@1.0.0.lock              the lockfile that was chosen, once for all runs
 *     results/se/rd/serde@1.0.0.LOCK.HOW.json.gz      what was found by this lockfile, in this way (digests)
 *     results/se/rd/serde@1.0.0.LOCK.HOW.failed.json  why the crate could not be analyzed
 *     runs/*.jsonl                              times and memory
 *     tables/                                   Parquet, made of the results
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { digestOf, shortDigest } from './how.js'
import {
  type CrateVersion,
  crateText,
  type FailureRecord,
  failureRecordSchema,
  RECORD_FORMAT,
  type ResultRecord,
  resultRecordSchema,
  type SurveyList,
  surveyListSchema,
} from './record.js'
import { writeFirst, writeWhole } from './whole-file.js'

/** The digest in the name of a result that no lockfile belongs to. */
const NO_LOCKFILE = 'none'

export class SurveyDirectory {
  constructor(readonly path: string) {}

  get tables(): string {
    return join(this.path, 'tables')
  }
  get runs(): string {
    return join(this.path, 'runs')
  }
  get unfinished(): string {
    return join(this.path, 'unfinished')
  }

  /** Makes the directory, or takes one that a survey made. Throws ProjectError for any other. */
  create(): void {
    mkdirSync(this.path, { recursive: true })
    if (
      this.#format() === undefined &&
      readdirSync(this.path).some((name) => join(this.path, name) !== this.unfinished)
    ) {
      this.require()
    }
    const text = `${JSON.stringify({ format: RECORD_FORMAT })}\n`
    writeFirst(join(this.path, MARK), Buffer.from(text), this.unfinished)
    this.require()
  }

  /** Throws ProjectError unless a survey of this format made the directory. */
  require(): void {
    const format = this.#format()
    if (format === RECORD_FORMAT) return
    throw new ProjectError(
      `${this.path} is no directory of a survey`,
      format === undefined
        ? `it has no ${MARK} that can be read`
        : `its results are of format ${format}, and this is ${RECORD_FORMAT}`,
      'Name the directory of a survey that this version of caps made, or a new one.',
    )
  }

  #format(): unknown {
    try {
      const read: unknown = JSON.parse(readFileSync(join(this.path, MARK), 'utf8'))
      return typeof read === 'object' && read !== null ? Reflect.get(read, 'format') : undefined
    } catch (thrown) {
      if (thrown instanceof SyntaxError || ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(thrown) ?? ''))
        return undefined
      throw thrown
    }
  }

  /** Keeps what the last run was about: tables are made of it. */
  writeList(list: SurveyList): void {
    writeWhole(join(this.path, LIST), Buffer.from(`${JSON.stringify(list)}\n`), this.unfinished)
  }

  /** Throws ProjectError when no run has begun here. */
  readList(): SurveyList {
    this.require()
    const path = join(this.path, LIST)
    const bytes = bytesOf(path)
    if (bytes) return parsed(path, () => surveyListSchema.parse(JSON.parse(bytes.toString('utf8'))))
    throw new ProjectError(
      `${this.path} has no list of crates`,
      'no run has begun there',
      'Run `caps survey --list` first.',
    )
  }

  lockPath(crate: CrateVersion): string {
    return join(this.path, 'locks', ...shard(crate), `${crateText(crate)}.lock`)
  }

  /** The digest of the crate's lockfile, if one was chosen. */
  lockDigest(crate: CrateVersion): string | undefined {
    try {
      return digestOf(readFileSync(this.lockPath(crate)))
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return undefined
      throw thrown
    }
  }

  /** Keeps a lockfile; of two that were chosen at once the first. */
  keepLock(crate: CrateVersion, text: string): void {
    writeFirst(this.lockPath(crate), Buffer.from(text), this.unfinished)
  }

  hasResult(crate: CrateVersion, lockfile: string, how: string): boolean {
    return existsSync(this.#resultPath(crate, lockfile, how))
  }

  writeResult(record: ResultRecord, how: string): void {
    const { crate, lockfile } = record
    const bytes = gzipSync(JSON.stringify(record), { level: 6 })
    writeWhole(this.#resultPath(crate, lockfile, how), bytes, this.unfinished)
    // What failed under a smaller limit, before a lockfile was chosen or after.
    for (const chosen of [lockfile, null]) rmSync(this.#failurePath(crate, chosen, how), { force: true })
  }

  writeFailure(record: FailureRecord, how: string): void {
    const text = `${JSON.stringify(record, undefined, 2)}\n`
    writeWhole(this.#failurePath(record.crate, record.lockfile, how), Buffer.from(text), this.unfinished)
    if (record.lockfile !== null) rmSync(this.#failurePath(record.crate, null, how), { force: true })
  }

  readResult(crate: CrateVersion, lockfile: string, how: string): ResultRecord | undefined {
    const path = this.#resultPath(crate, lockfile, how)
    const bytes = bytesOf(path)
    return bytes && parsed(path, () => resultRecordSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8'))))
  }

  readFailure(crate: CrateVersion, lockfile: string | null, how: string): FailureRecord | undefined {
    const path = this.#failurePath(crate, lockfile, how)
    const bytes = bytesOf(path)
    return bytes && parsed(path, () => failureRecordSchema.parse(JSON.parse(bytes.toString('utf8'))))
  }

  #resultPath(crate: CrateVersion, lockfile: string, how: string): string {
    return `${this.#stem(crate, lockfile, how)}.json.gz`
  }
  #failurePath(crate: CrateVersion, lockfile: string | null, how: string): string {
    return `${this.#stem(crate, lockfile ?? NO_LOCKFILE, how)}.failed.json`
  }
  #stem(crate: CrateVersion, lockfile: string, how: string): string {
    const name = `${crateText(crate)}.${shortDigest(lockfile)}.${shortDigest(how)}`
    return join(this.path, 'results', ...shard(crate), name)
  }
}

const MARK = 'survey.json'
const LIST = 'list.json'

/** As an index of a registry: no directory gets more names than a file system likes. */
function shard({ name }: CrateVersion): readonly string[] {
  const lower = name.toLowerCase()
  return lower.length < 4 ? [String(lower.length)] : [lower.slice(0, 2), lower.slice(2, 4)]
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

function parsed<T>(path: string, parse: () => T): T {
  try {
    return parse()
  } catch (thrown) {
    throw new ProjectError(`${path} is damaged`, messageOf(thrown), 'Remove the file and run the survey again.')
  }
}
