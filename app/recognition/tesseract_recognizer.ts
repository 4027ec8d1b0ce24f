import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { OEM, PSM, createWorker, type RecognizeOptions, type Worker } from 'tesseract.js'
import { Recognizer, type ReadOptions, type ReadText } from '#app/recognition/recognizer'
import type { GrayImage } from '#app/recognition/gray_image'

const require = createRequire(import.meta.url)
/** for a line and those that wait before it in the engine's queue */
const READ_WITHIN_MS = 120_000

/** tesseract.js with the best integer model of Japanese, from files that came with npm: nothing is fetched. */
export class TesseractRecognizer extends Recognizer {
  override readonly engine = 'tesseract.js'
  override readonly version = '7/jpn-4.0.0_best_int'
  #workers: Promise<Worker[]> | undefined
  #turn = 0

  override async read(image: GrayImage, { expects }: ReadOptions): Promise<ReadText> {
    const workers = await this.#engines()
    const worker = workers[this.#turn++ % workers.length]
    // A plain PGM: no encoder, and no warning about a resolution that isn't there.
    const picture = Buffer.concat([
      Buffer.from(`P5\n${image.width} ${image.height}\n255\n`),
      image.data,
    ])
    const settings: Partial<RecognizeOptions> & Record<string, string> = {
      tessedit_pageseg_mode: expects === 'block' ? PSM.SINGLE_BLOCK : PSM.SINGLE_LINE,
      tessedit_char_whitelist: expects === 'digits' ? '0123456789' : '',
    }
    const data = await this.#ask(worker, picture, settings)
    return { text: data.text.trim(), confidence: data.confidence / 100 }
  }

  /** A start that failed is tried anew by the next page. */
  #engines(): Promise<Worker[]> {
    this.#workers ??= start().catch((error: unknown) => {
      this.#workers = undefined
      throw error
    })
    return this.#workers
  }

  /** An engine that does not answer is replaced, with its neighbor. */
  async #ask(worker: Worker, picture: Buffer, settings: Partial<RecognizeOptions>) {
    try {
      const { data } = await withinTime(worker.recognize(picture, settings, { text: true }))
      return data
    } catch (error) {
      const workers = this.#workers
      this.#workers = undefined
      void workers?.then((all) => all.forEach((one) => void one.terminate().catch(() => {})))
      throw error
    }
  }

  override async close(): Promise<void> {
    const workers = await this.#workers
    this.#workers = undefined
    await Promise.all((workers ?? []).map((worker) => worker.terminate()))
  }
}

/** Two engines where there are two cores: each reads a line at a time. */
async function start(): Promise<Worker[]> {
  const models = join(
    dirname(require.resolve('@tesseract.js-data/jpn/package.json')),
    '4.0.0_best_int'
  )
  // A missing model would leave the engine waiting for ever.
  if (!existsSync(join(models, 'jpn.traineddata.gz')))
    throw new Error(`The Japanese model is missing: ${models}`)
  const count = Math.min(availableParallelism(), 2)
  return Promise.all(
    Array.from({ length: count }, async () => {
      const worker = await createWorker('jpn', OEM.LSTM_ONLY, {
        langPath: models,
        gzip: true,
        cacheMethod: 'none',
        workerPath: require.resolve('tesseract.js/src/worker-script/node/index.js'),
        corePath: dirname(require.resolve('tesseract.js-core/package.json')),
        // Without a handler an unreadable picture would end the process.
        errorHandler: () => {},
        logger: () => {},
      })
      await worker.setParameters({
        preserve_interword_spaces: '1',
        user_defined_dpi: '300',
        debug_file: '/dev/null',
      })
      return worker
    })
  )
}

/** An engine that died never answers: then the page is read again later. */
async function withinTime<T>(job: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The text engine does not answer')), READ_WITHIN_MS)
  })
  try {
    return await Promise.race([job, late])
  } catch (error) {
    throw error instanceof Error ? error : new Error('The text engine failed')
  } finally {
    clearTimeout(timer)
  }
}
