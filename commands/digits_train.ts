import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { WrittenDigit } from '#app/reading/digits/train_digits'

const SIDE = 28
const SEED = 1

/** Learns the shapes of handwritten digits from the public MNIST samples, and writes them to the repository. */
export default class DigitsTrain extends BaseCommand {
  static commandName = 'digits:train'
  static description = 'Learn the shapes of handwritten digits anew (for development)'
  static options: CommandOptions = { startApp: true }

  override async run() {
    const { trainDigits, judgeDigits } = await import('#app/reading/digits/train_digits')
    const { packNet, unpackNet } = await import('#app/reading/digits/digit_net')
    const { Random } = await import('#app/core/random')
    const samples = readSamples()
    const held = samples.filter((_, index) => index % 10 === 0)
    const learnt = trainDigits(
      samples.filter((_, index) => index % 10 !== 0),
      new Random(SEED)
    )
    const packed = packNet(learnt)
    await writeFile(this.app.makePath('resources/recognition/digits.bin'), packed)
    const share = judgeDigits(unpackNet(packed), held)
    this.logger.success(
      `${samples.length} digits; of ${held.length} held back ${(share * 100).toFixed(2)} % right`
    )
  }
}

/** 10,000 digits by some 500 hands; gray from 0 (paper) to 1 (ink). */
function readSamples(): WrittenDigit[] {
  const require = createRequire(import.meta.url)
  return Array.from({ length: 10 }, (_, digit) => {
    const { data }: { data: number[] } = require(`mnist/src/digits/${digit}.json`)
    return Array.from({ length: data.length / (SIDE * SIDE) }, (__, index) => ({
      digit,
      picture: {
        data: Uint8Array.from(
          data.slice(index * SIDE * SIDE, (index + 1) * SIDE * SIDE),
          (ink) => 255 - ink * 255
        ),
        width: SIDE,
        height: SIDE,
      },
    }))
  }).flat()
}
