import { fork, type ChildProcess } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import { fileURLToPath } from 'node:url'
import type { DecodeAnswer, PrintedPage, Refusal } from '#app/recognition/decoding/messages'

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

export type Decoded = { ok: true; pages: number } | { ok: false; reason: Refusal }

/** The child ended in the middle of a file: the work is done again later. */
export class DecoderDied extends Error {
  constructor() {
    super('The decoding child ended in the middle of a file')
  }
}

/** Tells who listens (tests) that a page came out of the child with this pid. */
export const pageDecoded = diagnostics.channel('hashiwatashi:page_decoded')

/** A page that takes longer than this ends the child (ms). */
const PAGE_WITHIN_MS = 60_000

/** Opens files in a child process, one at a time; a child that died is replaced. */
export class Decoder {
  #child: ChildProcess | undefined
  #queue: Promise<unknown> = Promise.resolve()

  /**
   * Decodes a file; `onPage` puts each page away before the next one comes.
   * @throws {DecoderDied}
   */
  decode(
    file: Buffer,
    onPage: (page: DecodedPage) => Promise<void>,
    options: { blank?: boolean; most?: number } = {}
  ): Promise<Decoded> {
    const run = this.#queue.then(() => this.#decode(file, onPage, options))
    this.#queue = run.catch(() => {})
    return run
  }

  async #decode(
    file: Buffer,
    onPage: (page: DecodedPage) => Promise<void>,
    { blank, most }: { blank?: boolean; most?: number }
  ): Promise<Decoded> {
    const child = (this.#child ??= this.#spawn())
    return new Promise<Decoded>((resolve, reject) => {
      let timer: NodeJS.Timeout
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        child.off('message', listen)
        child.off('exit', died)
        settle()
      }
      const died = () => finish(() => reject(new DecoderDied()))
      const watch = () => {
        clearTimeout(timer)
        timer = setTimeout(() => child.kill('SIGKILL'), PAGE_WITHIN_MS)
      }
      const listen = (message: DecodeAnswer) => {
        watch()
        if (message.kind === 'done')
          return finish(() => resolve({ ok: true, pages: message.pages }))
        if (message.kind === 'refused')
          return finish(() => resolve({ ok: false, reason: message.reason }))
        const { number, jpeg, width, height, dpi, printed } = message
        pageDecoded.publish({ pid: child.pid, number })
        onPage({ number, jpeg: Buffer.from(jpeg), width, height, dpi, printed }).then(
          () => child.connected && child.send({ taken: number }),
          (error) => {
            child.kill('SIGKILL')
            finish(() => reject(error))
          }
        )
      }
      child.on('message', listen)
      child.once('exit', died)
      watch()
      child.send({ file, blank, most })
    })
  }

  /** The child gets no secrets: neither keys nor the database's address are in its environment. */
  #spawn(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=192', '--no-warnings'],
      env: { PATH: process.env.PATH, TZ: process.env.TZ, MALLOC_ARENA_MAX: '2' },
    })
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    return child
  }

  close(): void {
    this.#child?.disconnect()
    this.#child = undefined
  }
}
