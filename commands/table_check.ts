import { readFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { ReadTable } from '#app/shared/tables/read_table'

const KINDS = ['register', 'ledger', 'postcodes'] as const

/** Says of every row of a table what would be taken of it. Nothing is taken. */
export default class TableCheck extends BaseCommand {
  static commandName = 'table:check'
  static description = 'Say what of a register, a ledger or a file of postcodes would be taken'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'the file' })
  declare file: string

  @flags.string({ description: `what it is: ${KINDS.join(', ')}`, required: true })
  declare as: string

  @flags.string({ description: 'slug of the service whose ledger it is', default: 'onestop' })
  declare service: string

  @flags.boolean({ description: 'print JSON: a line for each row, the last one for the file' })
  declare json: boolean

  override async run() {
    const kind = KINDS.find((one) => one === this.as)
    if (!kind) return this.#fail(`--as is one of ${KINDS.join(', ')}`)
    const content = await readFile(this.file).catch(() => null)
    if (!content) return this.#fail(`${this.file}: there is no such file`)
    const table = await this.#read(kind, content)
    if (!table) return this.#fail(`The service "${this.service}" has no ledger`)
    const print = (line: object) => console.log(JSON.stringify(line, null, this.json ? 0 : 2))
    if (table.ok)
      for (const { row, values, reasons } of table.rows)
        print({
          row,
          taken: reasons.length === 0,
          values,
          reasons: reasons.map(({ column, problem }) => `${column}: ${problem}`),
        })
    const refusal = table.ok ? null : [table.reason, table.columns, table.row && `row ${table.row}`]
    print({
      file: this.file,
      refused: !table.ok,
      reason: refusal && refusal.filter(Boolean).join(': '),
    })
  }

  async #read(kind: (typeof KINDS)[number], content: Buffer): Promise<ReadTable | null> {
    if (kind === 'postcodes') {
      const { readPostcodes } = await import('#app/addresses/read_postcodes')
      return readPostcodes(content)
    }
    if (kind === 'register') {
      const { readRegister } = await import('#app/register/read_register')
      const register = readRegister(content)
      return register.ok
        ? {
            ...register,
            rows: register.rows.map(({ person, ...row }) => ({ ...row, values: { ...person } })),
          }
        : register
    }
    const { readLedger } = await import('#app/ledger/read_ledger')
    const { ledgerOf } = await import('#app/ledger/ledger_of')
    const ledger = await ledgerOf(this.service)
    return ledger && readLedger(content, ledger.groups, ledger.rules)
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
