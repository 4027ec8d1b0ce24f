import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Process {
  pid: number
  parent: number
  command: string
  /** resident, MB */
  megabytes: number
}

/** A running program of the installation under measurement. @throws when it isn't running */
export function ourProgram(program: string): Process {
  const main = findProgram(program)
  if (!main) throw new Error(`${program} is not running`)
  return main
}

/** The same; undefined while it is being started again. */
export function findProgram(program: string): Process | undefined {
  return allProcesses().find((one) => one.command.includes(program) && isOurs(one.pid))
}

const TICKS_PER_SECOND = 100

/** Seconds of processor time that a program of the installation has had so far. */
export function cpuSeconds(program: string): number {
  return spentBy(
    allProcesses().filter(({ pid, command }) => command.includes(program) && isOurs(pid))
  )
}

function spentBy(processes: Process[]): number {
  return processes.reduce((sum, { pid }) => sum + secondsOf(pid), 0)
}

/** Seconds of processor time that a process has had so far. @throws when it is gone */
export function secondsOf(pid: number): number {
  // After the name, which may hold spaces, user and system time are the 12th and 13th.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** The most memory that a process has had so far, MB. @throws when it is gone */
export function peakMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** The same of its database, of which one backend is known. */
export function databaseCpuSeconds(backend: number): number {
  const all = allProcesses()
  const server = all.find(({ pid }) => pid === backend)?.parent
  return spentBy(all.filter(({ pid, parent }) => pid === server || parent === server))
}

/** All processes of the machine. */
export function allProcesses(): Process[] {
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
