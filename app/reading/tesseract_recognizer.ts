import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import {
  OEM,
  PSM,
  createWorker,
  type Bbox,
  type OutputFormats,
  type RecognizeOptions,
  type Worker,
} from 'tesseract.js'
import {
  Recognizer,
  type LocatedCharacter,
  type ReadOptions,
  type ReadText,
} from '#app/reading/recognizer'
import type { Box, GrayImage } from '#app/reading/gray_image'

const require = createRequire(import.meta.url)
/** for a line and those that wait before it in the engine's queue */
const READ_WITHIN_MS = 120_000

type Settings = Partial<RecognizeOptions> & Record<string, string>

/** tesseract.js with the best integer model of Japanese, from files that came with npm: nothing is fetched. */
export class TesseractRecognizer extends Recognizer {
  override readonly engine = 'tesseract.js'
  override readonly version = '7/jpn-4.0.0_best_int'
  #workers: Promise<Worker[]> | undefined
  #turn = 0

  override async read(image: GrayImage, { expects }: ReadOptions): Promise<ReadText> {
    const settings: Settings = {
      tessedit_pageseg_mode: expects === 'block' ? PSM.SINGLE_BLOCK : PSM.SINGLE_LINE,
      tessedit_char_whitelist: expects === 'digits' ? '0123456789' : '',
    }
    const data = await this.#ask(image, settings, { text: true })
    return { text: data.text.trim(), confidence: data.confidence / 100 }
  }

  override async locate(page: GrayImage): Promise<LocatedCharacter[]> {
    const settings: Settings = {
      tessedit_pageseg_mode: PSM.SPARSE_TEXT,
      tessedit_char_whitelist: '',
    }
    const { blocks } = await this.#ask(page, settings, { text: false, blocks: true })
    return (blocks ?? [])
      .flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines))
      .flatMap((line) =>
        line.words
          .flatMap((word) => word.symbols)
          .map(({ text, bbox }) => ({ text, box: boxOf(bbox), line: boxOf(line.bbox) }))
      )
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
  async #ask(image: GrayImage, settings: Settings, output: Partial<OutputFormats>) {
    const workers = await this.#engines()
    const worker = workers[this.#turn++ % workers.length]
    // A plain PGM: no encoder, and no warning about a resolution that isn't there.
    const picture = Buffer.concat([
      Buffer.from(`P5\n${image.width} ${image.height}\n255\n`),
      image.data,
    ])
    try {
      const { data } = await withinTime(worker.recognize(picture, settings, output))
      return data
    } catch (error) {
      const failed = this.#workers
      this.#workers = undefined
      void failed?.then((all) => all.forEach((one) => void one.terminate().catch(() => {})))
      throw error
    }
  }

  override async close(): Promise<void> {
    const workers = await this.#workers
    this.#workers = undefined
    await Promise.all((workers ?? []).map((worker) => worker.terminate()))
  }
}

function boxOf({ x0, y0, x1, y1 }: Bbox): Box {
  return { left: x0, top: y0, width: x1 - x0, height: y1 - y0 }
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
