import { readFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Reads a file as an upload would be read, and prints what would be stored. */
export default class RecognitionRead extends BaseCommand {
  static commandName = 'recognition:read'
  static description = 'Read a scanned form and print what would be stored'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'PDF, TIFF, JPEG or PNG' })
  declare file: string

  @flags.boolean({ description: 'print JSON' })
  declare json: boolean

  override async run() {
    const { Decoder } = await import('#app/reading/decoding/decoder')
    const { Recognizer } = await import('#app/reading/recognizer')
    const { openPicture } = await import('#app/reading/gray_image')
    const { readPicture } = await import('#app/reading/read_picture')
    const { findOwnPages } = await import('#app/reading/own_forms')
    const { findForm } = await import('#app/reading/paper_form')
    const { addressDoubts } = await import('#app/catalog/addresses/postcode_fits')
    const { databaseIsKnown } = await import('#config/database_url')
    const { shippedRules } = await import('#app/reading/shipped_rules')

    const recognizer = await this.app.container.make(Recognizer)
    const decoder = new Decoder()
    const pages: unknown[] = []
    try {
      const decoded = await decoder.decode(await readFile(this.file), async ({ jpeg, dpi }) => {
        const reader = {
          find: findForm,
          own: () => findOwnPages(),
          recognizer,
          rules: await shippedRules(),
          check: databaseIsKnown() ? addressDoubts : undefined,
        }
        const result = await readPicture(await openPicture(jpeg), reader, dpi)
        if (!result.ok)
          return void pages.push({
            service: null,
            version: null,
            page: null,
            residualMm: null,
            reason: result.reason,
            fields: [],
          })
        const { code, page, fields } = result
        pages.push({
          service: code.service,
          version: code.version,
          page: code.page,
          residualMm: Number(page.residualMm.toFixed(3)),
          fields: fields.map(({ key, value, confidence, decision, reason, region }) => ({
            key,
            value,
            confidence: Number(confidence.toFixed(3)),
            decision,
            ...(reason ? { reason } : {}),
            region,
          })),
        })
      })
      if (!decoded.ok) {
        console.error(`${this.file}: ${decoded.reason}`)
        this.exitCode = 1
        return
      }
      console.log(this.json ? JSON.stringify({ pages }) : JSON.stringify({ pages }, null, 2))
    } finally {
      decoder.close()
      await recognizer.close()
    }
  }
}
