import { readFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { RegisterRow } from '#app/registry/open_register'
import type { OpenedTable } from '#app/core/tables/open_table'
import type { TableRow } from '#app/core/tables/table'

const KINDS = ['register', 'ledger', 'postcodes'] as const

type ShownRow = Omit<TableRow, 'cells'>

type Checked =
  | { ok: true; rows: () => AsyncIterable<ShownRow> | ShownRow[] }
  | Extract<OpenedTable, { ok: false }>

async function* peopleOf(rows: AsyncIterable<RegisterRow>): AsyncGenerator<ShownRow> {
  for await (const { row, person, reasons } of rows) yield { row, values: { ...person }, reasons }
}

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
      for await (const { row, values, reasons } of table.rows())
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

  async #read(kind: (typeof KINDS)[number], content: Buffer): Promise<Checked | null> {
    if (kind === 'postcodes') {
      const { readPostcodes } = await import('#app/catalog/addresses/read_postcodes')
      const postcodes = await readPostcodes(content)
      return postcodes.ok ? { ok: true, rows: () => postcodes.rows } : postcodes
    }
    if (kind === 'register') {
      const { openRegister } = await import('#app/registry/open_register')
      const register = await openRegister(content)
      return register.ok ? { ok: true, rows: () => peopleOf(register.people()) } : register
    }
    const { openLedger } = await import('#app/registry/ledger/open_ledger')
    const { ledgerOf } = await import('#app/registry/ledger/ledger_of')
    const ledger = await ledgerOf(this.service)
    return ledger && openLedger(content, ledger.groups, ledger.rules)
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
