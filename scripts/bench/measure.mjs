// One run in a process of its own: seconds, and peak memory where the kernel tells it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Runs a command to its end; throws when it fails. `codes`: the exit codes that count as done. */
export async function run(command, args, { cwd, env, codes = [0] } = {}) {
  const began = performance.now()
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  let peak = 0
  const look = setInterval(() => {
    peak = peakOf(child.pid) ?? peak
  }, 20)
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(look)
  if (!codes.includes(code)) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${said.slice(-2000)}`)
  return { seconds: (performance.now() - began) / 1000, mebibytes: peak }
}

function peakOf(pid) {
  try {
    const [, kib] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  } catch {
    // It has ended, or there is no /proc.
    return undefined
  }
}

/** The median of several runs, by seconds, with the highest memory of all. */
export async function median(count, once) {
  const all = []
  for (let i = 0; i < count; i++) all.push(await once(i))
  all.sort((a, b) => a.seconds - b.seconds)
  return { ...all[Math.floor(count / 2)], mebibytes: Math.max(...all.map((one) => one.mebibytes)) }
}
