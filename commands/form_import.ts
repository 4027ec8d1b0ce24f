import { readFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Says where a blank form offers room for answers. */
export default class FormImport extends BaseCommand {
  static commandName = 'form:import'
  static description = 'Find the boxes, combs, tick boxes and words to circle of a blank form'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'the blank form: PDF, TIFF, JPEG or PNG' })
  declare file: string

  @flags.boolean({ description: 'print JSON' })
  declare json: boolean

  override async run() {
    const { Decoder } = await import('#app/reading/decoding/decoder')
    const { readBlank } = await import('#app/reading/layout/read_blank')
    const { Recognizer } = await import('#app/reading/recognizer')
    const recognizer = await this.app.container.make(Recognizer)
    const decoder = new Decoder()
    try {
      const content = await readFile(this.file).catch(() => null)
      if (!content) {
        console.error(`${this.file}: there is no such file`)
        this.exitCode = 1
        return
      }
      const blank = await readBlank(decoder, recognizer, content)
      if (!blank.ok) {
        console.error(`${this.file}: ${blank.reason}`)
        this.exitCode = 1
        return
      }
      const mm = (value: number) => Number(value.toFixed(2))
      const zones = blank.zones.map(({ kind, page, x, y, width, height, cells, label }) => ({
        kind,
        page,
        x: mm(x),
        y: mm(y),
        width: mm(width),
        height: mm(height),
        ...(cells ? { cells } : {}),
        label,
      }))
      console.log(JSON.stringify({ zones }, null, this.json ? 0 : 2))
    } finally {
      decoder.close()
      await recognizer.close()
    }
  }
}
