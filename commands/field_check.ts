import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Says what keying a value would keep, show and ask. */
export default class FieldCheck extends BaseCommand {
  static commandName = 'field:check'
  static description =
    'Say what keying a value would keep, how it is shown, and what would be asked'
  static options: CommandOptions = { startApp: true, allowUnknownFlags: true }

  @args.string({ description: 'kind of the field: kana, phone, era_date …' })
  declare kind: string

  @args.string({ description: 'what is typed', allowEmptyValue: true })
  declare value: string

  @flags.string({ description: 'more of the field, as JSON: {"cells":10,"check":"luhn"}' })
  declare field?: string

  @flags.boolean({ description: 'print JSON' })
  declare json: boolean

  override async run() {
    const { fieldKinds } = await import('#app/catalog/fields/field_kind')
    const { fieldOf, normalize, show } = await import('#app/catalog/field_values')
    const { kind } = this
    if (!fieldKinds.has(kind)) {
      const known = fieldKinds.all().map(({ name }) => name)
      return this.#fail(`There is no kind "${kind}": ${known.join(', ')}`)
    }
    let more: object
    try {
      more = JSON.parse(this.field ?? '{}')
    } catch {
      return this.#fail(`--field is no JSON: ${this.field}`)
    }
    const field = fieldOf(kind, { ...more, kind })
    const { value, problem } = normalize(field, this.value)
    const checked = { value, shown: show(field, value), problem: problem ?? null }
    console.log(JSON.stringify(checked, null, this.json ? 0 : 2))
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
