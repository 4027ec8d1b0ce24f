import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { FROM_OUTSIDE, MachineFailed } from '#app/core/machine_fault'
import { TypesetFailed } from '#app/core/typesetting/typeset_failed'
import type { ChildAnswer, ChildRequest } from '#app/core/typesetting/child'

/** Documents that are typeset at the same time. */
export const AT_THE_SAME_TIME = availableParallelism()
/** No document takes longer: a child that does is ended (ms). */
const MAX_MS = 300_000
/** A child has nothing to do for so long: it is let go, with the memory that it took (ms). */
const LET_GO_MS = 30_000

type Made = Extract<ChildAnswer, { ok: true }>

interface Job {
  request: ChildRequest
  resolve(made: Made): void
  reject(error: Error): void
}

const idle: { child: ChildProcess; letGo: NodeJS.Timeout }[] = []
const waiting: Job[] = []
let running = 0

/**
 * Typesets a document in a child process, while this one goes on; as many at once as there are cores. A child that dies
 * fails what it was at, and is replaced.
 * @throws {TypesetFailed}
 */
export function typesetInChild(request: ChildRequest): Promise<Made> {
  return new Promise((resolve, reject) => {
    waiting.push({ request, resolve, reject })
    next()
  })
}

function next(): void {
  if (waiting.length === 0) return
  const child = rested() ?? (running < AT_THE_SAME_TIME ? start() : undefined)
  if (!child) return
  const { request, resolve, reject } = waiting.shift()!
  let isOver = false
  const finish = (isSound: boolean) => {
    if (isOver) return
    isOver = true
    clearTimeout(late)
    child.off('message', heard).off('error', broken).off('exit', ended)
    if (isSound) rest(child)
    else {
      running -= 1
      child.kill('SIGKILL')
    }
    next()
  }
  const heard = (answer: ChildAnswer) => {
    // A child that has opened others' file does nothing else.
    finish(!request.enclosing)
    if (answer.ok) resolve(answer)
    else reject(answer.failed ? new TypesetFailed(answer.message) : new Error(answer.message))
  }
  const broken = (error: Error) => {
    finish(false)
    reject(error)
  }
  const ended = (code: number | null, signal: string | null) => {
    const error = new Error(`The child that typesets ended (${signal ?? code})`)
    const isStopped = signal !== null && FROM_OUTSIDE.includes(signal)
    broken(isStopped ? new MachineFailed('typesetter', { cause: error }) : error)
  }
  const late = setTimeout(() => broken(new Error('Typesetting took too long')), MAX_MS)
  child.on('message', heard).on('error', broken).on('exit', ended)
  // It died as it was given this.
  child.send(request, (error) => error && broken(new MachineFailed('typesetter', { cause: error })))
}

function rested(): ChildProcess | undefined {
  for (let one = idle.pop(); one; one = idle.pop()) {
    clearTimeout(one.letGo)
    // While something is typeset this process doesn't end over it.
    one.child.ref()
    one.child.channel?.ref()
    if (one.child.connected) return one.child
    running -= 1
  }
  return undefined
}

function rest(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  const letGo = setTimeout(() => {
    const at = idle.findIndex((one) => one.child === child)
    if (at < 0) return
    idle.splice(at, 1)
    running -= 1
    child.disconnect()
  }, LET_GO_MS)
  letGo.unref()
  idle.push({ child, letGo })
}

function start(): ChildProcess {
  running += 1
  // It is plain enough to run without the loader of this process.
  return fork(fileURLToPath(new URL('child.ts', import.meta.url)), {
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Neither keys nor addresses of ours.
    env: { PATH: process.env.PATH ?? '' },
  })
}
