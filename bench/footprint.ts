import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Client } from '#bench/client'
import { generateForms, uploadUntilKeyed } from '#bench/forms'
import { report } from '#bench/report'

const FORMS = 5
const SEED = 77

interface Process {
  pid: number
  parent: number
  command: string
  /** resident, MB */
  megabytes: number
}

/** Memory of web and worker after work, the weight of the operator's screen, and how long a warm start takes. */
export async function benchFootprint(): Promise<void> {
  const { files } = await generateForms(FORMS, SEED)
  await uploadUntilKeyed(files)
  const kilobytes = await operatorScreenKilobytes()
  report('footprint', { name: 'web_mb', value: resident('bin/server.ts'), unit: 'MB' })
  report('footprint', { name: 'worker_mb', value: resident('bin/worker.ts'), unit: 'MB' })
  report('footprint', { name: 'operator_screen_kb', value: kilobytes, unit: 'KB' })
  report('footprint', { name: 'warm_start_s', value: Number(process.env.WARM_START_S), unit: 's' })
}

/** Resident memory of a program of the installation and of its children, MB. */
function resident(program: string): number {
  const processes = allProcesses()
  const main = processes.find((one) => one.command.includes(program) && isOurs(one.pid))
  if (!main) throw new Error(`${program} is not running`)
  return [main, ...processes.filter((one) => one.parent === main.pid)].reduce(
    (sum, one) => sum + one.megabytes,
    0
  )
}

/** Everything that the keying screen loads when nothing is in the browser's cache. */
async function operatorScreenKilobytes(): Promise<number> {
  const client = await Client.login('operator1')
  await client.send('GET', '/work')
  const { location } = await client.send(
    'POST',
    '/work/assignments',
    new URLSearchParams({ kind: 'key' })
  )
  if (!location || location === '/work')
    throw new Error('No task waits: run the suite "path" before "footprint"')
  const { bytes } = await client.send('GET', location)
  const parts = [
    ...bytes
      .toString('utf8')
      .matchAll(/(?:src|href)="(\/assets\/[^"]+|\/work\/assignments\/[^"]+\/snippet)"/g),
  ].map((match) => match[1])
  let total = bytes.length
  for (const part of new Set(parts)) total += (await client.send('GET', part)).bytes.length
  return total / 1000
}

/** All processes of the machine. */
function allProcesses(): Process[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line)!)
    .map(([, pid, parent, kilobytes, command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      megabytes: Number(kilobytes) / 1024,
      command,
    }))
}

/** Whether a process belongs to the installation under measurement: its storage is in its environment. */
function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .includes(`STORAGE_PATH=${process.env.STORAGE_PATH}`)
  } catch {
    return false
  }
}
