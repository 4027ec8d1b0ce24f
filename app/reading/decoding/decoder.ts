import type { ChildProcess } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import { availableMemory } from 'node:process'
import { fileURLToPath } from 'node:url'
import { spawnConfined } from '#app/reading/decoding/confine'
import { watchComputing } from '#app/reading/decoding/computing_time'
import type {
  DecodeAnswer,
  DecodeRequest,
  PrintedPage,
  Refusal,
} from '#app/reading/decoding/messages'
import { FROM_OUTSIDE, MachineFailed } from '#app/core/machine_fault'

export interface DecodedPage {
  number: number
  /** of a blank form PNG */
  jpeg: Buffer
  width: number
  height: number
  /** px per inch, where the file tells */
  dpi: number | null
  /** of a blank form only */
  printed?: PrintedPage
}

/** `pages`: of the whole file, whichever were asked for */
export type Decoded = { ok: true; pages: number } | { ok: false; reason: Refusal }

type OnPage = (page: DecodedPage) => Promise<void>

/** `fell`: the child ended over the file */
type Attempt = { ok: true; pages: number } | { ok: false; reason: Refusal; fell: boolean }

/** Tells who listens (tests) that a page came out of the child with this pid. */
const pageDecoded = diagnostics.channel('hashiwatashi:page_decoded')

/** Seconds of computing that one page may take; while others have the processor, none pass. */
const PAGE_WITHIN_SECONDS = 60
/** A child that has grown beyond this (MB) is replaced: what PDFium took it never gives back. */
const RESTED_MB = 400
/** Less than this (MB) free: it was the machine that had no memory, not the file that wanted too much. */
const ENOUGH_MB = 200
/** Verdicts that a library may give because an earlier file broke it. */
const DOUBTFUL: Refusal[] = ['broken', 'too_heavy', 'too_slow']

/**
 * Opens files in a child process, one at a time. A child that a file has brought down, or that a file may have
 * harmed, is replaced; that file is tried once more alone, and its neighbors notice nothing.
 */
export class Decoder {
  #child: ChildProcess | undefined
  /** whether the child has opened nothing yet */
  #fresh = true
  #queue: Promise<unknown> = Promise.resolve()

  /**
   * Decodes a file; `onPage` puts each page away before the next one comes.
   * @throws {MachineFailed} when the child can't be started, ends before it has begun, or is ended from outside
   */
  decode(
    file: Buffer,
    onPage: OnPage,
    options: Omit<DecodeRequest, 'file'> = {}
  ): Promise<Decoded> {
    const run = this.#queue.then(() => this.#decode({ file, ...options }, onPage))
    this.#queue = run.catch(() => {})
    return run
  }

  async #decode(request: DecodeRequest, onPage: OnPage): Promise<Decoded> {
    const used = this.#child !== undefined && !this.#fresh
    const first = await this.#try(request, onPage)
    if (first.ok) return first
    const { reason } = first
    const again = first.fell ? reason !== 'too_slow' : used && DOUBTFUL.includes(reason)
    const last = again ? await this.#try(request, onPage) : first
    return last.ok ? last : { ok: false, reason: last.reason }
  }

  /** One attempt. The child is gone after it wherever it may have come to harm. */
  async #try(request: DecodeRequest, onPage: OnPage): Promise<Attempt> {
    const attempt = await this.#ask(request, onPage).catch((error: unknown) => {
      this.close()
      throw error
    })
    if (attempt.ok) return attempt
    if (DOUBTFUL.includes(attempt.reason)) this.close()
    if (attempt.reason === 'too_heavy' && availableMemory() < ENOUGH_MB * 2 ** 20)
      throw new MachineFailed('memory')
    return attempt
  }

  #ask(request: DecodeRequest, onPage: OnPage): Promise<Attempt> {
    const child = (this.#child ??= this.#spawn())
    this.#fresh = false
    return new Promise((resolve, reject) => {
      let late: 'computes' | 'hangs' | undefined
      let hasBegun = false
      const clock = watchComputing(child.pid, PAGE_WITHIN_SECONDS, (why) => {
        late = why
        child.kill('SIGKILL')
      })
      const finish = (answer: () => void) => {
        clock.stop()
        child.off('message', listen).off('exit', ended).off('error', failed)
        answer()
      }
      const failed = (error: Error) =>
        finish(() => reject(new MachineFailed('decoder', { cause: error })))
      const ended = (_code: number | null, signal: NodeJS.Signals | null) =>
        finish(() => {
          // Where it can't be started no file is at fault.
          if (!hasBegun) return reject(new MachineFailed('decoder'))
          if (late) return resolve({ ok: false, reason: 'too_slow', fell: true })
          if (signal && FROM_OUTSIDE.includes(signal)) return reject(new MachineFailed('decoder'))
          // V8 and the C library end themselves where they get no memory.
          const memory = signal === 'SIGABRT' || signal === 'SIGTRAP'
          resolve({ ok: false, reason: memory ? 'too_heavy' : 'broken', fell: true })
        })
      const listen = (message: DecodeAnswer) => {
        if (message.kind === 'begun') {
          hasBegun = true
          return
        }
        if (message.kind === 'done')
          return finish(() => {
            if (message.rssMb > RESTED_MB) this.close()
            resolve({ ok: true, pages: message.pages })
          })
        if (message.kind === 'refused')
          return finish(() => resolve({ ok: false, reason: message.reason, fell: false }))
        clock.pause()
        const { number, jpeg, width, height, dpi, printed } = message
        pageDecoded.publish({ pid: child.pid, number })
        onPage({ number, jpeg: Buffer.from(jpeg), width, height, dpi, printed }).then(
          () => {
            clock.restart()
            child.send({ taken: number }, ignored)
          },
          (error: unknown) => finish(() => reject(error))
        )
      }
      child.on('message', listen).once('exit', ended).once('error', failed)
      child.send(request, ignored)
    })
  }

  #spawn(): ChildProcess {
    const child = spawnConfined(fileURLToPath(new URL('./child.ts', import.meta.url)))
    this.#fresh = true
    // A channel that breaks without anybody waiting for it is no reason to fall over: the child's end tells.
    child.on('error', () => {})
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    return child
  }

  /** Ends the child; the next file gets a new one. */
  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}

/** A message that can't be sent: the child is gone, and its end tells how. */
function ignored(): void {}
