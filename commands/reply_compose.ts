import { readFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const OF_FILES = ['open', 'write', 'fsync', 'rename']

/** Whether it is the file that can't be written, and not the database that isn't there. */
function isOfFile(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && OF_FILES.includes(String(error.syscall))
}

/** Makes letters of a list: one PDF, and a word on every row. */
export default class ReplyCompose extends BaseCommand {
  static commandName = 'reply:compose'
  static description = 'Compose a letter for every row of a list, as one PDF'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'file of the template, or the name of one in resources/letters' })
  declare template: string

  @args.string({ description: 'the list: CSV in UTF-8, UTF-16 or CP932' })
  declare data: string

  @flags.string({ description: 'letter or postcard', default: 'letter' })
  declare product: string

  @flags.number({ description: 'size of the type in points: 12, 14, 18, 22', default: 18 })
  declare size: number

  @flags.string({ description: 'the PDF to write', required: true })
  declare out: string

  @flags.string({ description: 'the number that the city’s document system gave' })
  declare documentNumber?: string

  @flags.string({ description: 'the day of posting, YYYY-MM-DD; today without it' })
  declare datedOn?: string

  @flags.boolean({ description: 'print JSON: a line for each row' })
  declare json: boolean

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    if (!databaseIsKnown())
      return this.#fail('Start the installation first: postcodes are kept in its database')
    const { TYPE_SIZES } = await import('#app/replies/letter')
    const { printedInRuns } = await import('#app/replies/products/product')
    const { isRealDate } = await import('#app/core/japanese_calendar')
    const { today } = await import('#app/core/clock')
    const product = printedInRuns().find(({ name }) => name === this.product)
    const known = printedInRuns().map(({ name }) => name)
    if (!product) return this.#fail(`--product is one of ${known.join(', ')}`)
    const size = TYPE_SIZES.find((one) => one === this.size)
    if (!size) return this.#fail(`--size is one of ${TYPE_SIZES.join(', ')}`)
    const datedOn = this.datedOn ?? today()
    if (!isRealDate(datedOn)) return this.#fail(`--dated-on is no day: ${datedOn}`)
    const template = await this.#template()
    const content = await readFile(this.data).catch(() => null)
    if (!content) return this.#fail(`${this.data}: there is no such file`)
    if (!template) return
    const { isNumbered } = await import('#app/replies/letter')
    if (product.numbered && isNumbered(template) && !this.documentNumber)
      return this.#fail('The template bears a document number: --document-number gives it')
    const { openList } = await import('#app/replies/compose/open_list')
    const list = await openList(content, template)
    if (!list.ok) {
      const where = [list.reason, list.columns, list.row && `row ${list.row}`].filter(Boolean)
      if (this.json) console.log(JSON.stringify({ file: this.data, refused: where.join(': ') }))
      return this.#fail(`${this.data}: ${where.join(': ')}`)
    }
    const { composeRows } = await import('#app/replies/compose/compose_rows')
    const counts = { composed: 0, held: 0, pages: 0 }
    const options = { template, product, size, datedOn, out: this.out }
    const documentNumber = this.documentNumber ?? null
    try {
      for await (const one of composeRows(list.rows(), { ...options, documentNumber })) {
        counts[one.state] += 1
        counts.pages += one.pages
        if (this.json) console.log(JSON.stringify(one))
        else if (one.state === 'held')
          this.logger.warning(`row ${one.row}: ${one.reasons.join(', ')}`)
      }
    } catch (error) {
      if (!isOfFile(error)) throw error
      return this.#fail(`${this.out} can’t be written: ${error.message}`)
    }
    const { composed, held, pages } = counts
    const said = `${composed} composed (${pages} pages), ${held} held`
    if (composed === 0) return this.#fail(`${said}: there is nothing to print`)
    if (!this.json) this.logger.success(`${this.out}: ${said}`)
  }

  async #template() {
    const { readTemplate } = await import('#app/replies/templates/letter_template')
    const shipped = this.app.makePath('resources/letters', `${this.template}.json`)
    const json =
      (await readFile(this.template, 'utf8').catch(() => null)) ??
      (/^[\w-]+$/.test(this.template) ? await readFile(shipped, 'utf8').catch(() => null) : null)
    if (json === null) return this.#fail(`There is no template ${this.template}`)
    const read = await readTemplate(json)
    if (!read.ok) return this.#fail(`${this.template}: ${read.problems.join('; ')}`)
    return read.template
  }

  #fail(message: string): undefined {
    this.logger.error(message)
    this.exitCode = 1
  }
}
